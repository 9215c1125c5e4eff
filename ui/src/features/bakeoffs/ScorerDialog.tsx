import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextField } from "@/components/Field";
import { ProgressPanel } from "@/components/ProgressPanel";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { fieldSentence } from "@/core/errors";
import type { useJob } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffView, Rule, ScorerView } from "@/core/types";
import { RuleFields } from "./RuleFields";
import { RULE_KINDS, blankRule, boundProblem, ready, type RuleKind } from "./rules";

interface ScorerDialogProps {
  view: BakeoffView;
  rules: ScorerView[];
  /** The rule to change; without one a rule is added. */
  of: ScorerView | null;
  /** Of the page, so that a dialog closed meanwhile takes nothing with it. */
  job: ReturnType<typeof useJob<"scorer_save">>;
  onSave: (criterion: string, rule: Rule) => void;
  onClose: () => void;
}

/** No criterion can be called this: names are trimmed. */
const NEW = " ";

export function ScorerDialog({ view, rules, of, job, onSave, onClose }: ScorerDialogProps) {
  const t = useText();
  const [chosen, setChosen] = useState(of?.criterion ?? NEW);
  const [typed, setTyped] = useState("");
  const [rule, setRule] = useState<Rule>(of?.rule ?? blankRule("exact"));
  const { unreadable, mark } = useReadableFields();
  const criterion = (chosen === NEW ? typed : chosen).trim();
  const has = (name: string): boolean => rules.some((one) => one.criterion.toLowerCase() === name.toLowerCase());
  const names = view.details.criteria.map((one) => one.name);
  const offered = [...names, ...rules.map((one) => one.criterion).filter((name) => !names.some((other) => other.toLowerCase() === name.toLowerCase()))];
  const unfit = rule.kind === "length" && (boundProblem(rule.least) ?? boundProblem(rule.most)) !== null;
  const can = criterion !== "" && !unreadable && !unfit && !job.running;
  const wrong = (field: string): string | undefined => fieldSentence(t, job.error, field);
  const kind = (next: string): void => {
    // What was wrong with the rule of before is not wrong with this one.
    job.reset();
    setRule(of?.rule.kind === next ? of.rule : blankRule(next as RuleKind));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={of ? t("scorer-edit", { name: of.criterion }) : t("scorer-add")}
      note={t(of ? "scorer-edit-note" : "scorer-add-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="scorer" disabled={!can} data-testid="scorer-save">{t("scorer-save")}</Button>
        </>
      }
    >
      <form
        id="scorer"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (can) onSave(criterion, ready(rule));
        }}
      >
        <ErrorNote error={job.error && job.error.fields.length === 0 ? job.error : null} />
        {of ? null : (
          <FieldGrid>
            <SelectField
              label={t("criterion")}
              options={[...offered.map((name) => ({ value: name, label: name, ...(has(name) ? { note: t("scorer-has-rule") } : {}) })), { value: NEW, label: t("scorer-criterion-new") }]}
              value={chosen}
              onChange={(next) => {
                job.reset();
                setChosen(next);
              }}
              hint={t("scorer-criterion-hint")}
              error={chosen === NEW ? undefined : wrong("criterion")}
              data-testid="scorer-criterion"
            />
            {chosen === NEW ? <TextField label={t("scorer-criterion-name")} value={typed} onChange={setTyped} autoComplete="off" hint={has(criterion) ? t("scorer-replaces") : undefined} error={wrong("criterion")} data-testid="scorer-name" /> : null}
          </FieldGrid>
        )}
        {chosen !== NEW && !of && has(chosen) ? <p className="section-note">{t("scorer-replaces")}</p> : null}
        <SelectField label={t("rule-kind")} options={RULE_KINDS.map((one) => ({ value: one, label: t(`rule-kind-${one}`) }))} value={rule.kind} onChange={kind} hint={t(`rule-about-${rule.kind}`)} data-testid="rule-kind" />
        <WithReadableFields value={mark}>
          <RuleFields key={rule.kind} rule={rule} onChange={setRule} error={wrong("rule")} />
        </WithReadableFields>
        {job.running ? <ProgressPanel title={t("scorer-running", { name: criterion })} event={job.event} onCancel={job.cancel} /> : null}
      </form>
    </Dialog>
  );
}
