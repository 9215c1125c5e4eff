import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/Button";
import { DecimalField, FieldGrid, NumberField, TextArea, TextField } from "@/components/Field";
import { NativeSelect } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { Term } from "@/components/Tooltip";
import type { Draft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useText } from "@/core/text";
import type { BakeoffDraft, BakeoffView, Criterion, CriterionKind } from "@/core/types";
import { PersonField } from "@/record/PersonField";
import { freeName, problemsOf } from "./criteria";
import { ContractField, EffectField, RepeatsField, VersionFields } from "./fields";

const KINDS: readonly CriterionKind[] = ["quality", "safety"];

/** Saved as it is typed; what is detectable follows. */
export function SetupTab({ draft, view, power }: { draft: Draft<BakeoffDraft>; view: BakeoffView; power: BakeoffView["power"] }) {
  const t = useText();
  const { value, change, error } = draft;
  const blur = (): void => void draft.flush();
  const wrong = (field: string): string | undefined => fieldSentence(t, error, field);
  return (
    <div className="setup">
      <div className="stack">
        {view.row.stage === "signed" ? <p className="call" role="note" data-testid="setup-signed">{t("setup-signed")}</p> : null}
        <ErrorNote error={error && error.fields.length === 0 ? error : null} />
        <FieldGrid>
          <TextField wide label={t("name")} value={value.name} onChange={(name) => change({ name })} onBlur={blur} error={wrong("name")} data-testid="setup-name" />
          <TextArea wide label={t("bakeoff-question")} hint={t("bakeoff-question-hint")} value={value.question} onChange={(question) => change({ question })} onBlur={blur} rows={2} data-testid="setup-question" />
          <VersionFields suiteId={value.suiteId} version={value.version} onChange={(suiteId, version) => change({ suiteId, version })} wrong={wrong} />
          <ContractField label={t("bakeoff-contract")} value={value.contractId} onChange={(contractId) => change({ contractId })} error={wrong("contractId")} />
          <PersonField label={t("owner")} value={value.owner} onChange={(owner) => change({ owner })} onBlur={blur} data-testid="setup-owner" />
        </FieldGrid>
        <FieldGrid columns={3}>
          <EffectField value={value.minimumEffect} onChange={(minimumEffect) => change({ minimumEffect })} onBlur={blur} error={wrong("minimumEffect")} />
          <RepeatsField value={value.repeats} onChange={(repeats) => change({ repeats })} onBlur={blur} error={wrong("repeats")} />
          <NumberField label={t("lead-days")} term="lead-days" hint={t("days-before-deadline")} value={value.leadDays} onChange={(leadDays) => leadDays !== null && change({ leadDays })} onBlur={blur} error={wrong("leadDays")} data-testid="setup-lead" />
        </FieldGrid>
        <Criteria value={value.criteria} onChange={(criteria) => change({ criteria })} onBlur={blur} />
      </div>
      <aside className="stack">
        <section className="stack tight">
          <h2 className="section-title">{t("power-title")}</h2>
          <p className={power.underpowered ? "call" : "call info"} data-testid="power-sentence">{power.sentence}</p>
          <p className="section-note">{t("power-note")}</p>
        </section>
      </aside>
    </div>
  );
}

interface CriteriaProps {
  value: Criterion[];
  onChange: (criteria: Criterion[]) => void;
  onBlur: () => void;
}

function Criteria({ value, onChange, onBlur }: CriteriaProps) {
  const t = useText();
  const problems = problemsOf(value);
  const put = (at: number, patch: Partial<Criterion>): void => onChange(value.map((one, index) => (index === at ? { ...one, ...patch } : one)));
  const add = (): void => onChange([...value, { name: freeName(value, t("criterion-new")), kind: "quality", worst: 0, best: 1, passes: 1 }]);
  const number = (at: number, part: "worst" | "best" | "passes", name: string): React.ReactNode => (
    <td>
      <DecimalField label={t(`criterion-${part}-of`, { name })} value={String(value[at]?.[part] ?? 0)} onChange={(text) => text !== null && put(at, { [part]: Number(text) })} onBlur={onBlur} data-testid={`criterion-${part}-${at}`} />
    </td>
  );
  return (
    <section className="stack tight">
      <div className="row">
        <h2 className="section-title">{t("criteria")}</h2>
        <span className="section-note grow">{t("criteria-note")}</span>
        <Button look="quiet" icon={<Plus />} onClick={add} data-testid="criterion-add">{t("criterion-add")}</Button>
      </div>
      {value.length === 0 ? <p className="section-note">{t("criteria-none")}</p> : (
        <table className="criteria">
          <thead>
            <tr>
              <th scope="col">{t("criterion")}</th>
              <th scope="col"><Term id="criterion-kind">{t("criterion-kind")}</Term></th>
              <th scope="col"><Term id="criterion-scale">{t("criterion-worst")}</Term></th>
              <th scope="col"><Term id="criterion-scale">{t("criterion-best")}</Term></th>
              <th scope="col"><Term id="criterion-passes">{t("criterion-passes")}</Term></th>
              <td />
            </tr>
          </thead>
          <tbody>
            {value.map((one, at) => {
              const problem = problems[at] ?? null;
              return (
                <tr key={at}>
                  <td>
                    <input className="input" aria-label={t("criterion")} aria-invalid={problem !== null} aria-describedby={problem ? `criterion-wrong-${at}` : undefined} value={one.name} onChange={(event) => put(at, { name: event.target.value })} onBlur={onBlur} data-testid={`criterion-name-${at}`} />
                    {problem ? <div id={`criterion-wrong-${at}`} className="field-error" role="alert" data-testid={`criterion-wrong-${at}`}>{t(`field-${problem}`)}</div> : null}
                  </td>
                  <td><NativeSelect label={t("criterion-kind-of", { name: one.name })} options={KINDS.map((kind) => ({ value: kind, label: t(`criterion-kind-${kind}`) }))} value={one.kind} onChange={(kind) => put(at, { kind: kind as CriterionKind })} /></td>
                  {number(at, "worst", one.name)}
                  {number(at, "best", one.name)}
                  {number(at, "passes", one.name)}
                  <td><IconButton label={t("criterion-remove", { name: one.name })} onClick={() => onChange(value.filter((_, index) => index !== at))}><X /></IconButton></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
