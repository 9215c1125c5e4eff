import type { Format } from "@/core/format";
import { movePoint } from "@/core/decimal";
import type { Text } from "@/core/text";
import type { Normalise, Rule, ScorerView } from "@/core/types";

export type RuleKind = Rule["kind"];

export const RULE_KINDS: readonly RuleKind[] = ["exact", "contains", "pattern", "valid-json", "json-schema", "number", "length", "refusal", "expression"];
export const NORMALISED: readonly (keyof Normalise)[] = ["case", "space", "punctuation", "compatibility"];

/** What most want: a model that writes “Paris.” for “paris” is right. */
const EVERYTHING: Normalise = { case: true, space: true, punctuation: true, compatibility: true };

const BLANK: { [K in RuleKind]: Extract<Rule, { kind: K }> } = {
  exact: { kind: "exact", normalise: EVERYTHING },
  contains: { kind: "contains", texts: null, all: false, normalise: EVERYTHING },
  pattern: { kind: "pattern", pattern: "", ignoreCase: false },
  "valid-json": { kind: "valid-json" },
  "json-schema": { kind: "json-schema", schema: "" },
  number: { kind: "number", which: "last", absolute: null, relative: null },
  length: { kind: "length", unit: "words", least: null, most: null },
  refusal: { kind: "refusal", wanted: true },
  expression: { kind: "expression", source: "" },
};

export const blankRule = (kind: RuleKind): Rule => BLANK[kind];

/** Of the versions of each rule the one that runs; the core sends the newest first. */
export function newestRules(kept: ScorerView[]): ScorerView[] {
  const seen = new Set<string>();
  return kept.filter(({ criterion }) => {
    const key = criterion.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The most a bound may be: beyond it the core could not even read what is sent. */
const MOST = 4_294_967_295;

/** What is wrong with a bound of a length, as the message `field-<code>`. */
export const boundProblem = (bound: number | null): string | null => (bound === null ? null : bound < 0 ? "number-not-negative" : bound > MOST ? "invalid" : null);

/** Lines left empty on the way are no texts to look for. */
export const ready = (rule: Rule): Rule => (rule.kind === "contains" && rule.texts ? { ...rule, texts: rule.texts.filter((text) => text !== "") } : rule);

/** A rule in one line, for a table. */
export function ruleText(t: Text, format: Format, rule: Rule): string {
  const decimal = (value: number): string => format.decimal(String(value));
  switch (rule.kind) {
    case "exact":
      return t("rule-says-exact");
    case "contains": {
      const all = rule.all ? "yes" : "no";
      return rule.texts ? t("rule-says-contains-texts", { all, texts: rule.texts.map((text) => t("rule-quoted", { text })).join(t("rule-comma")) }) : t("rule-says-contains-references", { all });
    }
    case "pattern":
      return t(rule.ignoreCase ? "rule-says-pattern-any-case" : "rule-says-pattern", { pattern: rule.pattern });
    case "valid-json":
      return t("rule-says-valid-json");
    case "json-schema":
      return t("rule-says-json-schema", { schema: rule.schema.replace(/\s+/g, " ") });
    case "number": {
      const { which } = rule;
      const absolute = rule.absolute ? decimal(rule.absolute) : "";
      const relative = rule.relative ? format.decimal(movePoint(String(rule.relative), 2)) : "";
      if (absolute && relative) return t("rule-says-number-both", { which, absolute, relative });
      if (absolute) return t("rule-says-number-absolute", { which, absolute });
      return relative ? t("rule-says-number-relative", { which, relative }) : t("rule-says-number", { which });
    }
    case "length": {
      const { least, most } = rule;
      const unit = t(`rule-says-unit-${rule.unit}`, { count: most ?? least ?? 0 });
      if (least !== null && most !== null) return t("rule-says-length", { least: format.count(least), most: format.count(most), unit });
      return least !== null ? t("rule-says-length-least", { least: format.count(least), unit }) : t("rule-says-length-most", { most: format.count(most), unit });
    }
    case "refusal":
      return t(rule.wanted ? "rule-says-refuses" : "rule-says-answers");
    case "expression":
      return rule.source.replace(/\s+/g, " ");
  }
}
