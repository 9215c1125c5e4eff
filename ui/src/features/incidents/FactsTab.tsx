import { Link } from "@tanstack/react-router";
import { Plus, Trash2 } from "lucide-react";
import { Badge } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Checkbox } from "@/components/Checks";
import { FieldGrid, NumberField, TextArea, TextField } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import type { Draft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { IncidentDraft, IncidentFactor, IncidentImpact, IncidentKind, IncidentScope, IncidentSeverity, IncidentView, RegulatoryClock } from "@/core/types";
import { PersonField } from "@/record/PersonField";
import { InstantField } from "@/record/InstantField";
import { FACTORS, IMPACTS, KINDS, SCOPES, SEVERITIES, STAGES } from "./kinds";
import { NamesField } from "./NamesField";

const without = <T,>(all: readonly T[], one: T): T[] => all.filter((other) => other !== one);

/** What is known of an incident, kept as it is typed. */
export function FactsTab({ draft, view }: { draft: Draft<IncidentDraft>; view: IncidentView }) {
  const t = useText();
  const { value, change, error } = draft;
  const blur = (): void => void draft.flush();
  const wrong = (field: string): string | undefined => fieldSentence(t, error, field);
  const suggested = useRpc("incident_severity", { kind: value.kind, impact: value.impact, scope: value.scope });
  const reason = suggested.data?.reason ?? view.suggestion.reason;
  const differs = suggested.data !== undefined && suggested.data.severity !== value.severity;
  return (
    <div className="stack">
      <ErrorNote error={error && error.fields.length === 0 ? error : null} />
      <FieldGrid>
        <TextField wide label={t("incident-title")} value={value.title} onChange={(title) => change({ title })} onBlur={blur} error={wrong("title")} data-testid="incident-title" />
        <SelectField label={t("incident-kind")} options={KINDS.map((kind) => ({ value: kind, label: t(`incident-kind-${kind}`) }))} value={value.kind} onChange={(kind) => change({ kind: kind as IncidentKind })} data-testid="incident-kind" />
        <SelectField label={t("incident-severity")} term="severity" options={SEVERITIES.map((one) => ({ value: one, label: t(`severity-${one}`) }))} value={value.severity} onChange={(severity) => change({ severity: severity as IncidentSeverity })} hint={reason} data-testid="incident-severity" />
        <SelectField label={t("incident-impact")} term="impact" options={IMPACTS.map((one) => ({ value: one, label: t(`incident-impact-${one}`) }))} value={value.impact} onChange={(impact) => change({ impact: impact as IncidentImpact })} data-testid="incident-impact" />
        <SelectField label={t("incident-scope")} options={SCOPES.map((one) => ({ value: one, label: t(`incident-scope-${one}`) }))} value={value.scope} onChange={(scope) => change({ scope: scope as IncidentScope })} data-testid="incident-scope" />
        <TextField wide label={t("incident-severity-why")} value={value.severityReason} onChange={(severityReason) => change({ severityReason })} onBlur={blur} error={wrong("severityReason")} hint={differs ? t("incident-severity-other") : undefined} data-testid="incident-severity-why" />
        <TextArea wide label={t("incident-summary")} value={value.summary} onChange={(summary) => change({ summary })} onBlur={blur} rows={3} data-testid="incident-summary" />
      </FieldGrid>
      <h2 className="section-title">{t("incident-part-times")}</h2>
      <FieldGrid columns={3}>
        {STAGES.map((stage) => (
          <InstantField key={stage} label={t(`change-${stage}`)} value={value[stage]} onChange={(at) => change({ [stage]: at })} onBlur={blur} error={wrong(stage)} data-testid={`incident-${stage}`} />
        ))}
      </FieldGrid>
      <h2 className="section-title">{t("incident-part-people")}</h2>
      <FieldGrid columns={3}>
        <PersonField label={t("incident-commander")} value={value.commander} onChange={(commander) => change({ commander })} onBlur={blur} data-testid="incident-commander" />
        <PersonField label={t("incident-scribe")} value={value.scribe} onChange={(scribe) => change({ scribe })} onBlur={blur} data-testid="incident-scribe" />
        <PersonField label={t("incident-comms")} value={value.comms} onChange={(comms) => change({ comms })} onBlur={blur} data-testid="incident-comms" />
      </FieldGrid>
      <h2 className="section-title">{t("incident-part-affected")}</h2>
      <FieldGrid columns={3}>
        <NamesField label={t("change-features")} value={value.features} onChange={(features) => change({ features })} onBlur={blur} testid="incident-features" />
        <NamesField label={t("change-tenants")} value={value.tenants} onChange={(tenants) => change({ tenants })} onBlur={blur} testid="incident-tenants" />
        <NamesField label={t("change-models")} value={value.models} onChange={(models) => change({ models })} onBlur={blur} testid="incident-models" />
      </FieldGrid>
      <fieldset className="incident-vendors">
        <legend className="field-label">{t("nav-vendors")}</legend>
        {view.vendors.map((vendor) => (
          <Checkbox key={vendor.id} label={vendor.name} checked={value.vendors.includes(vendor.id)} onChange={(is) => change({ vendors: is ? [...value.vendors, vendor.id] : without(value.vendors, vendor.id) })} data-testid={`incident-vendor-${vendor.id}`} />
        ))}
        {view.vendors.length === 0 ? <span className="section-note">{t("incident-no-vendors")}</span> : null}
      </fieldset>
      <fieldset className="incident-vendors">
        <legend className="field-label">{t("change-factors")}</legend>
        {FACTORS.map((factor: IncidentFactor) => (
          <Checkbox key={factor} label={t(`incident-factor-${factor}`)} checked={value.factors.includes(factor)} onChange={(is) => change({ factors: is ? [...value.factors, factor] : without(value.factors, factor) })} data-testid={`incident-factor-${factor}`} />
        ))}
      </fieldset>
      {view.taken.length > 0 ? (
        <section className="stack" data-testid="incident-taken">
          <h2 className="section-title">{t("incident-taken")}</h2>
          <p className="section-note">{t("incident-taken-note")}</p>
          <dl className="incident-taken">
            {view.taken.map((one) => <div key={one.id}><dt>{one.label}</dt><dd><b className="num">{one.actual}</b> <span className={one.within ? "mut" : ""}>{one.text}</span></dd></div>)}
          </dl>
        </section>
      ) : null}
      {view.burnt.length > 0 ? (
        <section className="stack" data-testid="incident-burnt">
          <h2 className="section-title">{t("incident-burnt")}</h2>
          <dl className="incident-taken">
            {view.burnt.map((one) => <div key={one.id}><dt><Link to="/slos/$id" params={{ id: one.id }} search={{}}>{one.name}</Link></dt><dd>{one.text}</dd></div>)}
          </dl>
        </section>
      ) : null}
      <Clocks draft={draft} view={view} wrong={wrong("clocks")} />
    </div>
  );
}

const USUAL: readonly { key: string; hours: number }[] = [{ key: "gdpr", hours: 72 }, { key: "nis2", hours: 24 }, { key: "ai-act", hours: 360 }];

/** What law or a contract wants told, by when, and how much of the time is left. */
function Clocks({ draft, view, wrong }: { draft: Draft<IncidentDraft>; view: IncidentView; wrong: string | undefined }) {
  const t = useText();
  const format = useFormat();
  const { value, change } = draft;
  const blur = (): void => void draft.flush();
  const set = (at: number, patch: Partial<RegulatoryClock>): void => change({ clocks: value.clocks.map((clock, place) => (place === at ? { ...clock, ...patch } : clock)) });
  const add = (clock: RegulatoryClock): void => change({ clocks: [...value.clocks, clock] });
  return (
    <section className="stack">
      <h2 className="section-title">{t("change-clocks")}</h2>
      {wrong ? <div className="field-error" role="alert">{wrong}</div> : null}
      {value.clocks.map((clock, at) => {
        const kept = view.clocks[at];
        return (
          // What is half typed goes with its clock when another is taken away.
          <div key={`${value.clocks.length}/${at}`} className="incident-clock">
            <TextField label={t("clock-name")} value={clock.name} onChange={(name) => set(at, { name })} onBlur={blur} data-testid={`clock-name-${at}`} />
            <TextField label={t("clock-due")} value={clock.due} onChange={(due) => set(at, { due })} onBlur={blur} data-testid={`clock-due-${at}`} />
            <NumberField label={t("clock-hours")} value={clock.hours} onChange={(hours) => set(at, { hours: hours ?? 0 })} onBlur={blur} data-testid={`clock-hours-${at}`} />
            <IconButton label={t("clock-remove")} onClick={() => change({ clocks: value.clocks.filter((_, place) => place !== at) })}><Trash2 /></IconButton>
            <div className="incident-clock-end">
              <InstantField label={t("clock-done")} value={clock.done} onChange={(done) => set(at, { done })} onBlur={blur} data-testid={`clock-done-${at}`} />
              {kept ? <div className="incident-clock-standing"><Badge tone={kept.tone}>{kept.standing}</Badge><span className="mut">{t("clock-deadline", { at: format.instant(kept.deadline) })}</span></div> : null}
            </div>
          </div>
        );
      })}
      <div className="row">
        {USUAL.map(({ key, hours }) => (
          <Button key={key} look="quiet" icon={<Plus />} onClick={() => add({ name: t(`clock-${key}`), due: t(`clock-${key}-due`), hours, done: null })} data-testid={`clock-add-${key}`}>{t(`clock-${key}`)}</Button>
        ))}
        <Button look="quiet" icon={<Plus />} onClick={() => add({ name: t("clock-new"), due: "", hours: 72, done: null })} data-testid="clock-add">{t("clock-add")}</Button>
      </div>
    </section>
  );
}
