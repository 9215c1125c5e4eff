import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/Button";
import { DecimalField, FieldGrid, NumberField, TextField } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useDraft } from "@/core/autosave";
import { movePoint } from "@/core/decimal";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Clauses, ClausesDraft, CreditStep, DataTerms, Sla } from "@/core/types";

/** Nobody has said: another answer than no. */
const UNSAID = "unsaid";

/** What a contract says where we have read it: compared across vendors, held against gates, proposed to scorecards. */
export function ClausesTab({ id, onStatus }: { id: string; onStatus: (status: ReturnType<typeof useDraft>["status"]) => void }) {
  const clauses = useRpc("contract_clauses", { id }, { keep: false });
  if (clauses.error) return <ErrorState inline error={clauses.error} onRetry={() => void clauses.refetch()} />;
  if (!clauses.data) return <LoadingState />;
  return <Loaded key={id} start={clauses.data} onStatus={onStatus} />;
}

function Loaded({ start, onStatus }: { start: ClausesDraft; onStatus: (status: ReturnType<typeof useDraft>["status"]) => void }) {
  const t = useText();
  const save = useMutate("contract_clauses_save");
  const draft = useDraft<Clauses>(start.clauses, `clauses/${start.id}`, async (clauses) => {
    onStatus("saving");
    try {
      const saved = await save.mutateAsync({ id: start.id, clauses });
      onStatus("saved");
      return saved;
    } catch (error) {
      onStatus("failed");
      throw error;
    }
  });
  const { value, error } = draft;
  const blur = (): void => void draft.flush();
  const wrong = (field: string): string | undefined => fieldSentence(t, error, field);
  const data = (patch: Partial<DataTerms>): void => draft.change({ data: { ...value.data, ...patch } });
  const limits = (patch: Partial<Clauses["limits"]>): void => draft.change({ limits: { ...value.limits, ...patch } });
  const sla = (patch: Partial<Sla>): void => draft.change({ sla: { ...value.sla, ...patch } });
  const lifecycle = (patch: Partial<Clauses["lifecycle"]>): void => draft.change({ lifecycle: { ...value.lifecycle, ...patch } });
  const days = { unit: t("days"), onBlur: blur };
  return (
    <div className="stack clauses">
      <p className="section-note">{t("clauses-note")}</p>
      <ErrorNote error={error && error.fields.length === 0 ? error : null} />
      <h2 className="section-title">{t("clauses-data")}</h2>
      <FieldGrid columns={3}>
        <Choice label={t("contract-clause-training")} says={(one) => t(`training-${one}`)} values={["never", "opt-in", "opt-out", "by-default"]} value={value.data.training} onChange={(training) => data({ training })} testid="clause-training" />
        <YesNo label={t("contract-clause-zero-retention")} value={value.data.zeroRetention} onChange={(zeroRetention) => data({ zeroRetention })} testid="clause-zero-retention" />
        <NumberField label={t("contract-clause-retention")} value={value.data.retentionDays} onChange={(retentionDays) => data({ retentionDays })} error={wrong("retentionDays")} data-testid="clause-retention" {...days} />
        <Regions label={t("contract-clause-storage")} value={value.data.storageRegions} onChange={(storageRegions) => data({ storageRegions })} onBlur={blur} testid="clause-storage" />
        <Regions label={t("contract-clause-processing")} value={value.data.processingRegions} onChange={(processingRegions) => data({ processingRegions })} onBlur={blur} testid="clause-processing" />
        <Choice label={t("contract-clause-review")} says={(one) => t(`review-${one}`)} values={["never", "on-cause", "sampled"]} value={value.data.humanReview} onChange={(humanReview) => data({ humanReview })} testid="clause-review" />
        <NumberField label={t("contract-clause-subprocessor-notice")} value={value.data.subprocessorNoticeDays} onChange={(subprocessorNoticeDays) => data({ subprocessorNoticeDays })} data-testid="clause-subprocessor-notice" {...days} />
        <YesNo label={t("contract-clause-subprocessor-veto")} value={value.data.subprocessorVeto} onChange={(subprocessorVeto) => data({ subprocessorVeto })} testid="clause-subprocessor-veto" />
        <NumberField label={t("contract-clause-breach")} value={value.data.breachNoticeHours} onChange={(breachNoticeHours) => data({ breachNoticeHours })} onBlur={blur} unit={t("hours")} data-testid="clause-breach" />
        <NumberField label={t("contract-clause-deletion")} value={value.data.deletionDays} onChange={(deletionDays) => data({ deletionDays })} data-testid="clause-deletion" {...days} />
        <Choice label={t("contract-clause-ownership")} says={(one) => t(`ownership-${one}`)} values={["customer", "shared", "vendor"]} value={value.data.outputOwnership} onChange={(outputOwnership) => data({ outputOwnership })} testid="clause-ownership" />
      </FieldGrid>
      <h2 className="section-title">{t("clauses-limits")}</h2>
      <FieldGrid columns={3}>
        <NumberField label={t("contract-clause-rpm")} value={value.limits.requestsPerMinute} onChange={(requestsPerMinute) => limits({ requestsPerMinute })} onBlur={blur} data-testid="clause-rpm" />
        <NumberField label={t("contract-clause-itpm")} value={value.limits.inputTokensPerMinute} onChange={(inputTokensPerMinute) => limits({ inputTokensPerMinute })} onBlur={blur} data-testid="clause-itpm" />
        <NumberField label={t("contract-clause-otpm")} value={value.limits.outputTokensPerMinute} onChange={(outputTokensPerMinute) => limits({ outputTokensPerMinute })} onBlur={blur} data-testid="clause-otpm" />
        <NumberField label={t("contract-clause-tpd")} value={value.limits.tokensPerDay} onChange={(tokensPerDay) => limits({ tokensPerDay })} onBlur={blur} data-testid="clause-tpd" />
        <DecimalField unsigned label={t("contract-clause-units")} value={value.limits.provisionedUnits === null ? null : String(value.limits.provisionedUnits)} onChange={(units) => limits({ provisionedUnits: units === null ? null : Number(units) })} onBlur={blur} error={wrong("provisionedUnits")} data-testid="clause-units" />
      </FieldGrid>
      <h2 className="section-title">{t("clauses-sla")}</h2>
      <FieldGrid columns={3}>
        <Percent label={t("contract-clause-uptime")} value={value.sla.uptime} onChange={(uptime) => sla({ uptime })} onBlur={blur} error={wrong("uptime")} testid="clause-uptime" />
        <DecimalField unsigned label={t("contract-clause-p95")} unit="ms" value={value.sla.p95Ms === null ? null : String(value.sla.p95Ms)} onChange={(ms) => sla({ p95Ms: ms === null ? null : Number(ms) })} onBlur={blur} error={wrong("p95Ms")} data-testid="clause-p95" />
        <NumberField label={t("contract-clause-claim")} value={value.sla.claimDays} onChange={(claimDays) => sla({ claimDays })} data-testid="clause-claim" {...days} />
      </FieldGrid>
      <Credits value={value.sla.credits ?? []} onChange={(credits) => sla({ credits: credits.length === 0 ? null : credits })} onBlur={blur} error={wrong("credits")} />
      <h2 className="section-title">{t("clauses-lifecycle")}</h2>
      <FieldGrid columns={3}>
        <YesNo label={t("contract-clause-pinning")} value={value.lifecycle.pinning} onChange={(pinning) => lifecycle({ pinning })} testid="clause-pinning" />
        <NumberField label={t("contract-clause-change-notice")} value={value.lifecycle.changeNoticeDays} onChange={(changeNoticeDays) => lifecycle({ changeNoticeDays })} data-testid="clause-change-notice" {...days} />
        <NumberField label={t("contract-clause-deprecation-notice")} value={value.lifecycle.deprecationNoticeDays} onChange={(deprecationNoticeDays) => lifecycle({ deprecationNoticeDays })} data-testid="clause-deprecation-notice" {...days} />
      </FieldGrid>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  says: (value: T) => string;
  values: readonly T[];
  value: T | null;
  onChange: (value: T | null) => void;
  testid: string;
}

function Choice<T extends string>({ label, says, values, value, onChange, testid }: ChoiceProps<T>) {
  const t = useText();
  const options = [{ value: UNSAID, label: t("contract-clause-unsaid") }, ...values.map((one) => ({ value: one, label: says(one) }))];
  return <SelectField label={label} options={options} value={value ?? UNSAID} onChange={(next) => onChange(values.find((one) => one === next) ?? null)} data-testid={testid} />;
}

function YesNo({ label, value, onChange, testid }: { label: string; value: boolean | null; onChange: (value: boolean | null) => void; testid: string }) {
  const t = useText();
  const options = [{ value: UNSAID, label: t("contract-clause-unsaid") }, { value: "true", label: t("answer-true") }, { value: "false", label: t("answer-false") }];
  return <SelectField label={label} options={options} value={value === null ? UNSAID : String(value)} onChange={(next) => onChange(next === UNSAID ? null : next === "true")} data-testid={testid} />;
}

/** Regions as the contract names them; a star where it says: anywhere. */
function Regions({ label, value, onChange, onBlur, testid }: { label: string; value: string[] | null; onChange: (value: string[] | null) => void; onBlur: () => void; testid: string }) {
  const t = useText();
  const shown = value === null ? "" : value.length === 0 ? "*" : value.join(", ");
  const read = (text: string): string[] | null => {
    if (text.trim() === "") return null;
    if (text.trim() === "*") return [];
    return text.split(",").map((one) => one.trimStart()).filter((one, at, all) => one !== "" || at === all.length - 1);
  };
  return <TextField label={label} hint={t("contract-clause-regions-hint")} value={shown} onChange={(text) => onChange(read(text))} onBlur={onBlur} data-testid={testid} />;
}

/** A share, typed as a percentage. */
function Percent({ label, value, onChange, onBlur, error, testid }: { label: string; value: number | null; onChange: (share: number | null) => void; onBlur: () => void; error?: string | undefined; testid: string }) {
  return <DecimalField unsigned label={label} unit="%" value={value === null ? null : movePoint(String(value), 2)} onChange={(percent) => onChange(percent === null ? null : Number(movePoint(percent, -2)))} onBlur={onBlur} error={error} data-testid={testid} />;
}

/** Below so much uptime so much of the fee comes back. */
function Credits({ value, onChange, onBlur, error }: { value: CreditStep[]; onChange: (value: CreditStep[]) => void; onBlur: () => void; error: string | undefined }) {
  const t = useText();
  const set = (at: number, patch: Partial<CreditStep>): void => onChange(value.map((step, index) => (index === at ? { ...step, ...patch } : step)));
  return (
    <section className="stack tight" aria-label={t("contract-clause-credits")}>
      {value.map((step, at) => (
        <div key={at} className="row clause-step">
          <Percent label={t("contract-clause-credit-below")} value={step.below} onChange={(below) => set(at, { below: below ?? 0 })} onBlur={onBlur} testid={`credit-below-${at}`} />
          <Percent label={t("contract-clause-credit-back")} value={step.credit} onChange={(credit) => set(at, { credit: credit ?? 0 })} onBlur={onBlur} testid={`credit-back-${at}`} />
          <IconButton label={t("contract-clause-credit-remove")} onClick={() => onChange(value.filter((_, index) => index !== at))}><X /></IconButton>
        </div>
      ))}
      {error ? <div className="field-error">{error}</div> : null}
      <div><Button icon={<Plus />} onClick={() => onChange([...value, { below: 0.999, credit: 0.1 }])} data-testid="credit-add">{t("contract-clause-credit-add")}</Button></div>
    </section>
  );
}
