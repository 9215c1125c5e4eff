import { DecimalField, NumberField, TextField } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { typedMoney } from "@/core/money";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { CalendarUnit, SloDraft, SloIndicator, SloScope, Window } from "@/core/types";

const KINDS = ["availability", "latency", "cost", "measured"] as const;
const UNITS: CalendarUnit[] = ["week", "month", "quarter", "year"];
const DAYS = [7, 14, 28, 30, 90];
const EVERYTHING: SloScope = { vendor: null, model: null, feature: null, tenant: null, environment: null };

const scopeOf = (indicator: SloIndicator): SloScope => (indicator.kind === "measured" ? EVERYTHING : indicator.scope);

interface Props {
  value: SloDraft;
  change: (patch: Partial<SloDraft>) => void;
  blur?: () => void;
  wrong: (field: string) => string | undefined;
}

/** What is measured, and of which part of the usage. */
export function IndicatorFields({ value, change, blur, wrong }: Props) {
  const t = useText();
  const settings = useRpc("workspace_status", null);
  const currency = settings.data?.settings?.currency ?? "USD";
  const { indicator } = value;
  const scope = scopeOf(indicator);
  const set = (next: SloIndicator): void => change({ indicator: next });
  const take = (kind: string): void => {
    if (kind === "availability") set({ kind, scope });
    else if (kind === "latency") set({ kind, thresholdMs: 4000, scope });
    else if (kind === "cost") set({ kind, most: typedMoney("1", currency), scope });
    else set({ kind: "measured", unit: "" });
  };
  const within = (patch: Partial<SloScope>): void => {
    if (indicator.kind !== "measured") set({ ...indicator, scope: { ...indicator.scope, ...patch } });
  };
  const named = (text: string): string | null => (text === "" ? null : text);
  return (
    <>
      <SelectField label={t("slo-kind")} options={KINDS.map((kind) => ({ value: kind, label: t(`slo-measure-${kind}`) }))} value={indicator.kind} onChange={take} data-testid="slo-kind" />
      {indicator.kind === "latency" ? <NumberField label={t("slo-threshold")} value={indicator.thresholdMs} onChange={(ms) => set({ ...indicator, thresholdMs: ms ?? 0 })} error={wrong("indicator")} data-testid="slo-threshold" /> : null}
      {indicator.kind === "cost" ? <DecimalField label={t("slo-most", { currency: indicator.most.currency })} value={indicator.most.amount} onChange={(amount) => set({ ...indicator, most: typedMoney(amount ?? "0", indicator.most.currency) })} unsigned error={wrong("indicator")} data-testid="slo-most" /> : null}
      {indicator.kind === "measured" ? <TextField label={t("slo-unit")} hint={t("slo-unit-hint")} value={indicator.unit} onChange={(unit) => set({ ...indicator, unit })} {...(blur ? { onBlur: blur } : {})} data-testid="slo-unit" /> : (
        <>
          <TextField label={t("slo-feature")} hint={t("slo-scope-hint")} value={scope.feature ?? ""} onChange={(feature) => within({ feature: named(feature) })} {...(blur ? { onBlur: blur } : {})} data-testid="slo-feature" />
          <TextField label={t("slo-vendor")} value={scope.vendor ?? ""} onChange={(vendor) => within({ vendor: named(vendor) })} {...(blur ? { onBlur: blur } : {})} data-testid="slo-vendor" />
          <TextField label={t("slo-model")} value={scope.model ?? ""} onChange={(model) => within({ model: named(model) })} {...(blur ? { onBlur: blur } : {})} data-testid="slo-model" />
        </>
      )}
    </>
  );
}

const keyOf = (window: Window): string => (window.kind === "rolling" ? `rolling-${window.days}` : window.unit);

export function WindowField({ value, onChange, error }: { value: Window; onChange: (window: Window) => void; error: string | undefined }) {
  const t = useText();
  const days = value.kind === "rolling" && !DAYS.includes(value.days) ? [...DAYS, value.days].sort((a, b) => a - b) : DAYS;
  const options = [
    ...days.map((count) => ({ value: `rolling-${count}`, label: t("slo-window-rolling", { days: count }) })),
    ...UNITS.map((unit) => ({ value: unit, label: t(`slo-window-${unit}`) })),
  ];
  const take = (key: string): void => {
    const rolling = /^rolling-(\d+)$/.exec(key);
    if (rolling) onChange({ kind: "rolling", days: Number(rolling[1]) });
    else onChange({ kind: "calendar", unit: key as CalendarUnit });
  };
  return <SelectField label={t("slo-window")} term="slo-window" options={options} value={keyOf(value)} onChange={take} error={error} data-testid="slo-window" />;
}
