import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button";
import { FieldGrid, NumberField, TextArea, TextField } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import type { Draft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { SloDraft } from "@/core/types";
import { PersonField } from "@/record/PersonField";
import { IndicatorFields, WindowField } from "./fields";

/** What is aimed at, kept as it is typed. */
export function ObjectiveTab({ draft }: { draft: Draft<SloDraft> }) {
  const t = useText();
  const { value, change, error } = draft;
  const blur = (): void => void draft.flush();
  const wrong = (field: string): string | undefined => fieldSentence(t, error, field);
  return (
    <div className="stack">
      <ErrorNote error={error && error.fields.length === 0 ? error : null} />
      <FieldGrid>
        <TextField wide label={t("slo-name")} value={value.name} onChange={(name) => change({ name })} onBlur={blur} error={wrong("name")} data-testid="slo-name" />
        <TextField label={t("slo-service")} value={value.service} onChange={(service) => change({ service })} onBlur={blur} data-testid="slo-service" />
        <PersonField label={t("owner")} value={value.owner} onChange={(owner) => change({ owner })} onBlur={blur} data-testid="slo-owner" />
        <IndicatorFields value={value} change={change} blur={blur} wrong={wrong} />
        <TextField label={t("slo-objective")} term="slo" value={value.objective} onChange={(objective) => change({ objective })} onBlur={blur} error={wrong("objective")} end={<span className="input-unit">%</span>} data-testid="slo-objective" />
        <WindowField value={value.window} onChange={(window) => change({ window })} error={wrong("window")} />
        <TextField label={t("slo-promised")} hint={t("slo-promised-hint")} value={value.promised ?? ""} onChange={(promised) => change({ promised: promised.trim() === "" ? null : promised })} onBlur={blur} error={wrong("promised")} end={<span className="input-unit">%</span>} data-testid="slo-promised" />
        <NumberField label={t("slo-fewest")} hint={t("slo-fewest-hint")} value={value.fewestEvents} onChange={(fewest) => change({ fewestEvents: fewest ?? 0 })} onBlur={blur} error={wrong("fewestEvents")} data-testid="slo-fewest" />
        <TextArea wide label={t("slo-description")} value={value.description} onChange={(description) => change({ description })} onBlur={blur} rows={2} data-testid="slo-description" />
      </FieldGrid>
      <Proposals draft={draft} />
      <Policy draft={draft} wrong={wrong("policy")} />
    </div>
  );
}

/** What the last quarter would have held; one of them is taken with a click. */
function Proposals({ draft }: { draft: Draft<SloDraft> }) {
  const t = useText();
  const { value, change } = draft;
  const found = useRpc("slo_proposals", value);
  if (!found.data || found.data.length === 0) return null;
  return (
    <section className="stack tight">
      <h2 className="section-title">{t("slo-proposals")}</h2>
      <p className="section-note">{t("slo-proposals-note")}</p>
      <div className="slo-proposals" data-testid="slo-proposals">
        {found.data.map((one) => <Button key={one.objective} look={one.best ? "primary" : "plain"} aria-pressed={value.objective === one.objective} title={one.text} onClick={() => change({ objective: one.objective })}>{one.objectiveText} · {one.text}</Button>)}
      </div>
    </section>
  );
}

function Policy({ draft, wrong }: { draft: Draft<SloDraft>; wrong: string | undefined }) {
  const t = useText();
  const { value, change } = draft;
  const steps = value.policy;
  const set = (at: number, patch: Partial<(typeof steps)[number]>): void => change({ policy: steps.map((step, index) => (index === at ? { ...step, ...patch } : step)) });
  return (
    <section className="stack tight">
      <h2 className="section-title">{t("slo-policy")}</h2>
      <p className="section-note">{t("slo-policy-note")}</p>
      <div className="slo-steps">
        {steps.map((step, at) => (
          <div key={at} className="slo-step">
            <NumberField label={t("slo-step-percent")} value={step.percent} onChange={(percent) => set(at, { percent: percent ?? 0 })} error={at === steps.length - 1 ? wrong : undefined} data-testid={`slo-step-${at}`} />
            <TextField label={t("slo-step-action")} value={step.action} onChange={(action) => set(at, { action })} onBlur={() => void draft.flush()} data-testid={`slo-step-action-${at}`} />
            <IconButton label={t("slo-step-remove")} onClick={() => change({ policy: steps.filter((_, index) => index !== at) })}><Trash2 /></IconButton>
          </div>
        ))}
      </div>
      <div><Button icon={<Plus />} onClick={() => change({ policy: [...steps, { percent: Math.min(1000, (steps[steps.length - 1]?.percent ?? 25) + 25), action: "" }] })} data-testid="slo-step-add">{t("slo-step-add")}</Button></div>
    </section>
  );
}
