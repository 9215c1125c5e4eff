/** Rules that score, of the fixtures. */
import type { Rule, ScorerDraft, ScorerRun, ScorerView } from "../types";
import { RENEWAL } from "./bakeoffs";

const ALL = { case: true, space: true, punctuation: true, compatibility: true };

let kept: ScorerView[] = [];

export const freshScorers = (): void => {
  kept = [
    { criterion: "Names a dose", version: 2, rule: { kind: "pattern", pattern: "\\b\\d+ ?(mg|ml|g)\\b", ignoreCase: true }, runAt: "2026-09-18T14:52:00Z", scored: 6_165, runs: true },
    { criterion: "Names a dose", version: 1, rule: { kind: "contains", texts: ["mg", "ml"], all: false, normalise: ALL }, runAt: "2026-09-14T09:05:00Z", scored: 0, runs: true },
    { criterion: "Short enough", version: 1, rule: { kind: "length", unit: "words", least: 20, most: 200 }, runAt: "2026-09-18T14:53:00Z", scored: 6_165, runs: true },
    { criterion: "Visit as JSON", version: 1, rule: { kind: "json-schema", schema: '{ "type": "object", "required": ["diagnosis", "medication", "follow_up"] }' }, runAt: null, scored: 0, runs: true },
  ];
};
freshScorers();

export const scorers = (bakeoff: string): ScorerView[] => (bakeoff === RENEWAL ? kept : []);

/** As the core words it; enough of it for what a person is likely to get wrong. */
export function brokenBy(rule: Rule): string | null {
  if (rule.kind === "pattern") {
    try {
      new RegExp(rule.pattern);
    } catch {
      return "the pattern cannot be read: unclosed group";
    }
  }
  if (rule.kind === "json-schema") {
    try {
      JSON.parse(rule.schema);
    } catch {
      return "the schema is not JSON: line 1, column 1: expected value";
    }
  }
  if (rule.kind === "expression" && /\blatency\b/.test(rule.source)) return "the expression names “latency”, which does not exist";
  if (rule.kind === "contains" && rule.texts?.length === 0) return "no text is given to look for";
  if (rule.kind === "length" && ((rule.least === null && rule.most === null) || (rule.least ?? 0) > (rule.most ?? Infinity))) return "a length has a bound, and its lower one is not above its upper one";
  return null;
}

/** Cases without a reference cannot be compared with one. */
const outcome = (criterion: string, rule: Rule): ScorerRun =>
  rule.kind === "exact" || rule.kind === "number" ? { criterion, scored: 6_093, unscored: 72, firstReason: "the case has no reference to compare with" } : { criterion, scored: 6_165, unscored: 0, firstReason: "" };

export function saveScorer({ criterion, rule }: ScorerDraft): ScorerRun {
  const before = kept.find((one) => one.criterion.toLowerCase() === criterion.toLowerCase());
  kept = [{ criterion, version: (before?.version ?? 0) + 1, rule, runAt: "2026-09-23T18:00:00Z", scored: outcome(criterion, rule).scored, runs: true }, ...kept];
  return outcome(criterion, rule);
}

export function runScorer(criterion: string): ScorerRun {
  const newest = kept.find((one) => one.criterion === criterion);
  if (newest) kept = kept.map((one) => (one === newest ? { ...one, runAt: "2026-09-23T18:00:00Z", scored: 6_165 } : one));
  return outcome(criterion, newest?.rule ?? { kind: "valid-json" });
}
