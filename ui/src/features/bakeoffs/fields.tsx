import { DecimalField, NumberField } from "@/components/Field";
import { Combobox, SelectField, type Option } from "@/components/Select";
import { movePoint } from "@/core/decimal";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";

interface VersionFieldsProps {
  suiteId: string;
  version: number;
  onChange: (suiteId: string, version: number) => void;
  wrong: (field: string) => string | undefined;
}

/** The suite and which of its frozen versions is asked. Drafts change, so none is offered. */
export function VersionFields({ suiteId, version, onChange, wrong }: VersionFieldsProps) {
  const t = useText();
  const suites = useRpc("suites", null);
  const chosen = useRpc("suite", { id: suiteId }, { enabled: suiteId !== "", keep: false });
  const offered = (suites.data ?? []).filter((row) => row.frozen !== null || row.id === suiteId);
  const frozen = (chosen.data?.versions ?? []).filter((one) => one.frozenAt !== null);
  return (
    <>
      <Combobox
        label={t("suite")}
        options={offered.map((row) => ({ value: row.id, label: row.name, note: t(`suite-kind-${row.kind}`) }))}
        value={suiteId}
        onChange={(id) => onChange(id, suites.data?.find((row) => row.id === id)?.frozen ?? 0)}
        error={wrong("suiteId")}
        data-testid="bakeoff-suite"
      />
      <SelectField
        label={t("version-label")}
        term="frozen-version"
        options={frozen.map((one) => ({ value: String(one.number), label: t("version-of-cases", { version: one.number, count: one.cases }) }))}
        value={version === 0 ? "" : String(version)}
        onChange={(next) => onChange(suiteId, Number(next))}
        error={wrong("version")}
        data-testid="bakeoff-version"
      />
    </>
  );
}

const NO_CONTRACT = "none";

export function ContractField({ value, onChange, error, label }: { value: string | null; onChange: (id: string | null) => void; error: string | undefined; label: string }) {
  const t = useText();
  const contracts = useRpc("contracts", null);
  const options: Option[] = [{ value: NO_CONTRACT, label: t("bakeoff-no-contract") }, ...(contracts.data?.rows ?? []).map(({ contract, vendorName }) => ({ value: contract.id, label: contract.title, note: vendorName }))];
  return <Combobox label={label} term="bakeoff-contract" options={options} value={value ?? NO_CONTRACT} onChange={(id) => onChange(id === NO_CONTRACT ? null : id)} error={error} data-testid="bakeoff-contract" />;
}

/** A share, typed as a percentage. */
export function EffectField({ value, onChange, onBlur, error }: { value: number; onChange: (share: number) => void; onBlur?: () => void; error: string | undefined }) {
  const t = useText();
  return (
    <DecimalField
      label={t("minimum-effect")}
      term="minimum-effect"
      unit="%"
      value={movePoint(String(value), 2)}
      onChange={(percent) => percent !== null && onChange(Number(movePoint(percent, -2)))}
      {...(onBlur ? { onBlur } : {})}
      error={error}
      data-testid="bakeoff-effect"
    />
  );
}

export function RepeatsField({ value, onChange, onBlur, error }: { value: number; onChange: (repeats: number) => void; onBlur?: () => void; error: string | undefined }) {
  const t = useText();
  return <NumberField label={t("repeats")} term="repeats" value={value} onChange={(repeats) => repeats !== null && onChange(repeats)} {...(onBlur ? { onBlur } : {})} error={error} data-testid="bakeoff-repeats" />;
}
