import { Checkbox, Segmented } from "@/components/Checks";
import { DecimalField, FieldGrid, NumberField, TextArea, TextField } from "@/components/Field";
import { movePoint } from "@/core/decimal";
import { useText } from "@/core/text";
import type { LengthUnit, Normalise, Rule, Which } from "@/core/types";
import { NORMALISED, boundProblem } from "./rules";

interface RuleFieldsProps {
  rule: Rule;
  onChange: (rule: Rule) => void;
  /** Why the core will not take the rule: said at the field it can only have meant. */
  error: string | undefined;
}

const UNITS: readonly LengthUnit[] = ["characters", "words", "sentences"];

export function RuleFields({ rule, onChange, error }: RuleFieldsProps) {
  const t = useText();
  switch (rule.kind) {
    case "exact":
      return <NormaliseFields value={rule.normalise} onChange={(normalise) => onChange({ ...rule, normalise })} />;
    case "contains":
      return (
        <>
          <Choice label={t("rule-sought")} value={rule.texts ? "texts" : "references"} of={["references", "texts"]} word={(one) => t(`rule-sought-${one}`)} onChange={(sought) => onChange({ ...rule, texts: sought === "texts" ? (rule.texts ?? [""]) : null })} testid="rule-sought" />
          {rule.texts ? <TextArea label={t("rule-texts")} hint={t("rule-texts-hint")} value={rule.texts.join("\n")} onChange={(typed) => onChange({ ...rule, texts: typed.split("\n") })} rows={3} error={error} data-testid="rule-texts" /> : null}
          <Choice label={t("rule-holds")} value={rule.all ? "all" : "any"} of={["any", "all"]} word={(one) => t(`rule-holds-${one}`)} onChange={(holds) => onChange({ ...rule, all: holds === "all" })} testid="rule-holds" />
          <NormaliseFields value={rule.normalise} onChange={(normalise) => onChange({ ...rule, normalise })} />
        </>
      );
    case "pattern":
      return (
        <>
          <div className="rule-source">
            <TextField label={t("rule-pattern")} hint={t("rule-pattern-hint")} value={rule.pattern} onChange={(pattern) => onChange({ ...rule, pattern })} spellCheck={false} autoComplete="off" error={error} data-testid="rule-pattern" />
          </div>
          <Checkbox label={t("rule-ignore-case")} checked={rule.ignoreCase} onChange={(ignoreCase) => onChange({ ...rule, ignoreCase })} data-testid="rule-ignore-case" />
        </>
      );
    case "valid-json":
      return null;
    case "json-schema":
      return (
        <div className="rule-source">
          <TextArea label={t("rule-schema")} hint={t("rule-schema-hint")} value={rule.schema} onChange={(schema) => onChange({ ...rule, schema })} rows={8} error={error} data-testid="rule-schema" />
        </div>
      );
    case "number": {
      const ofRelative = (rule.relative ?? 0) < 0 && (rule.absolute ?? 0) >= 0;
      return (
        <>
          <Choice label={t("rule-which")} value={rule.which} of={["first", "last"]} word={(one) => t(`rule-which-${one}`)} onChange={(which) => onChange({ ...rule, which: which as Which })} testid="rule-which" />
          <FieldGrid>
            <DecimalField label={t("rule-absolute")} hint={t("rule-absolute-hint")} value={rule.absolute === null ? null : String(rule.absolute)} onChange={(typed) => onChange({ ...rule, absolute: typed === null ? null : Number(typed) })} error={ofRelative ? undefined : error} data-testid="rule-absolute" />
            <DecimalField label={t("rule-relative")} hint={t("rule-relative-hint")} unit="%" value={rule.relative === null ? null : movePoint(String(rule.relative), 2)} onChange={(typed) => onChange({ ...rule, relative: typed === null ? null : Number(movePoint(typed, -2)) })} error={ofRelative ? error : undefined} data-testid="rule-relative" />
          </FieldGrid>
        </>
      );
    }
    case "length": {
      const wrong = (bound: number | null): string | undefined => {
        const problem = boundProblem(bound);
        return problem ? t(`field-${problem}`) : undefined;
      };
      return (
        <>
          <Choice label={t("rule-unit")} value={rule.unit} of={UNITS} word={(one) => t(`rule-unit-${one}`)} hint={t("rule-unit-hint")} onChange={(unit) => onChange({ ...rule, unit: unit as LengthUnit })} testid="rule-unit" />
          <FieldGrid>
            <NumberField label={t("rule-least")} hint={t("rule-bound-hint")} value={rule.least} onChange={(least) => onChange({ ...rule, least })} error={wrong(rule.least) ?? error} data-testid="rule-least" />
            <NumberField label={t("rule-most")} hint={t("rule-bound-hint")} value={rule.most} onChange={(most) => onChange({ ...rule, most })} error={wrong(rule.most)} data-testid="rule-most" />
          </FieldGrid>
        </>
      );
    }
    case "refusal":
      return <Choice label={t("rule-wanted")} value={rule.wanted ? "yes" : "no"} of={["yes", "no"]} word={(one) => t(`rule-wanted-${one}`)} onChange={(wanted) => onChange({ ...rule, wanted: wanted === "yes" })} testid="rule-wanted" />;
    case "expression":
      return (
        <div className="rule-source">
          <TextArea label={t("rule-source")} hint={t("rule-source-hint")} value={rule.source} onChange={(source) => onChange({ ...rule, source })} rows={4} error={error} data-testid="rule-source" />
        </div>
      );
  }
}

interface ChoiceProps {
  label: string;
  value: string;
  of: readonly string[];
  word: (one: string) => string;
  onChange: (value: string) => void;
  hint?: string;
  testid: string;
}

/** A few choices under a label, as every other field has one. */
function Choice({ label, value, of, word, onChange, hint, testid }: ChoiceProps) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <Segmented label={label} value={value} onChange={onChange} choices={of.map((one) => ({ value: one, label: word(one) }))} testid={testid} />
      {hint ? <div className="field-hint">{hint}</div> : null}
    </div>
  );
}

function NormaliseFields({ value, onChange }: { value: Normalise; onChange: (value: Normalise) => void }) {
  const t = useText();
  return (
    <div className="field" role="group" aria-label={t("rule-normalise")}>
      <span className="field-label">{t("rule-normalise")}</span>
      <FieldGrid>
        {NORMALISED.map((part) => <Checkbox key={part} label={t(`rule-normalise-${part}`)} note={t(`rule-normalise-${part}-note`)} checked={value[part]} onChange={(counts) => onChange({ ...value, [part]: counts })} data-testid={`rule-normalise-${part}`} />)}
      </FieldGrid>
    </div>
  );
}
