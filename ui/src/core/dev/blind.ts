/** Rounds, tasks and decisions of the fixtures. */
import type { AdjudicateRequest, Choice, DecisionContent, DecisionView, DisputeView, RoundResultsView, RoundRow, TaskView } from "../types";
import { RENEWAL, SEALED } from "./bakeoffs";
import { uuid } from "./series";

export const ROUND = uuid(1400);

const ANSWERS = [
  ["**Visit summary**\n\n6-week follow-up after NSTEMI, one stent to the LAD.\n\n- No chest pain since discharge.\n- BP 108/64, 92/60 standing.", "**Cardiology follow-up**\n\n67-year-old seen six weeks after a heart attack. Lightheaded when standing, so metoprolol is reduced from 50 mg to **25 mg** daily."],
  ["Take the medicine with food.", "Take one tablet twice a day, with food, for seven days."],
];

let open: DisputeView[] = [];

export const freshDisputes = (): void => {
  open = [12, 31].map((token, index) => ({ token, task: { name: String(token), input: [{ role: "user", content: "Summarise the visit." }], rubric: "", reference: [], tags: ["cardiology"], left: ANSWERS[index]![0]!, right: ANSWERS[index]![1]!, repeat: false }, verdicts: ["Priya Raman: left is better", "Tomás Herrera: tie"], settled: "" }));
};
freshDisputes();

export const disputes = (): DisputeView[] => open;

export function settle({ token, by, reason }: AdjudicateRequest): null {
  open = open.map((one) => (one.token === token ? { ...one, settled: `left is better, settled by ${by}: ${reason}` } : one));
  return null;
}

export function rounds(bakeoff: string): RoundRow[] {
  if (bakeoff === SEALED) {
    return [{ id: ROUND, question: "Which summary would you put into the record?", mode: "pairs", open: true, fromFile: false, openedText: "20 Sep 2026", openedBy: "Ines Marino", closedText: "", closedBy: "", target: 200, raters: [{ rater: "Priya Raman", judged: 137, target: 412, skipped: 2, paceText: "41 s", leftText: "3 h 08 min" }], judged: 137, agreementText: "—", disputed: open.length }];
  }
  if (bakeoff !== RENEWAL) return [];
  return [{ id: uuid(1401), question: "Which summary would you put into the record?", mode: "pairs", open: false, fromFile: false, openedText: "2 Sep 2026", openedBy: "Ines Marino", closedText: "14 Sep 2026", closedBy: "Ines Marino", target: 200, raters: [{ rater: "Priya Raman", judged: 200, target: 200, skipped: 0, paceText: "41 s", leftText: "0 s" }], judged: 486, agreementText: "α 0.68 over 118 tasks judged by two or more", disputed: 2 }];
}

export const roundResults: RoundResultsView = {
  ratings: [
    { name: "Lumen Pro", text: "58 % [52 %, 64 %]", logStrengthText: "0.32 ± 0.12", value: 0.32 },
    { name: "Harbor L-2", text: "51 % [46 %, 57 %]", logStrengthText: "0.05 ± 0.11", value: 0.05 },
  ],
  marks: [], agreementLow: "",
  noRatings: "",
  pairs: [{ first: "Lumen Pro", second: "Harbor L-2", firstWins: 41, secondWins: 29, ties: 18, bothBad: 4 }],
  agreement: [{ name: "Krippendorff’s α", text: "0.68 [0.59, 0.76]" }],
  disputed: [{ number: 138, name: "visit-138", verdicts: ["Priya Raman: Lumen Pro", "Tomás Herrera: tie"], settled: "" }],
};

let keys: string[] = [];

export function task(rater: string): TaskView {
  const step = keys.length;
  const [left = "", right = ""] = ANSWERS[step % ANSWERS.length] ?? [];
  return {
    question: "Which summary would you put into the record?",
    rubric: "Every medicine change right (must) · nothing invented (must)",
    mode: "pairs",
    step,
    task: step >= 4 ? null : { name: String(138 + step), input: [{ role: "user", content: "Summarize this visit for the record, at most 200 words." }], rubric: "", reference: [], tags: ["cardiology"], left, right, repeat: false },
    progress: { rater, judged: step, target: 4, skipped: 0, paceText: "41 s", leftText: "3 min" },
    last: keys.slice(-10),
  };
}

const KEY: Record<Choice["kind"], string> = { left: "1", right: "2", tie: "3", "both-bad": "4", score: "3", skip: "s" };

export function judged(rater: string, choice: Choice): TaskView {
  keys = [...keys, KEY[choice.kind]];
  return task(rater);
}

export function takenBack(rater: string): TaskView {
  keys = keys.slice(0, -1);
  return task(rater);
}

let content: DecisionContent = { weights: { correctness: 0.6, cost: 0.25, latency: 0.15 }, pairwise: [], anchors: {}, gates: [{ kind: "latency", mostMs: 4000 }], plusMinus: null, choice: null, rationale: "", dissent: "", approvers: [] };

const WEIGHED = [
  { key: "correctness", name: "Correctness", anchorsText: "0.00 is worth nothing, 1.00 everything", anchors: [0, 1] as [number, number], rangeText: "22 % – 100 %" },
  { key: "cost", name: "Cost per successful task", anchorsText: "1.38 is worth nothing, 0.55 everything", anchors: [1.38, 0.55] as [number, number], rangeText: "19 % – 78 %" },
  { key: "latency", name: "Latency, p95 in seconds", anchorsText: "4.40 is worth nothing, 1.10 everything", anchors: [4.4, 1.1] as [number, number], rangeText: "0 % – 61 %" },
];

/** By geometric means of the rows, which for three is what the core's eigenvector comes to. */
function weighed({ weights, pairwise }: DecisionContent): { shares: number[]; consistency: string } {
  const keys = WEIGHED.map((one) => one.key);
  const share = (all: number[]): number[] => all.map((one) => one / (all.reduce((sum, next) => sum + next, 0) || 1));
  if (pairwise.length === 0) return { shares: share(keys.map((key) => weights[key] ?? 0)), consistency: "" };
  const ratio = (a: string, b: string): number => {
    const found = pairwise.find((pair) => [pair.first, pair.second].includes(a) && [pair.first, pair.second].includes(b));
    return a === b ? 1 : !found ? NaN : found.first === a ? found.ratio : 1 / found.ratio;
  };
  const means = keys.map((a) => Math.cbrt(keys.reduce((product, b) => product * ratio(a, b), 1)));
  if (means.some(Number.isNaN)) return { shares: keys.map(() => 0), consistency: "criteria 0 and 1 are not compared" };
  const off = Math.abs(Math.log((ratio("correctness", "cost") * ratio("cost", "latency")) / ratio("correctness", "latency")));
  // The greatest eigenvalue of a reciprocal matrix of three, over Saaty's index of random ones.
  const consistency = (Math.exp(off / 3) + Math.exp(-off / 3) - 2) / 2 / 0.58;
  return { shares: share(means), consistency: consistency > 0.1 ? `Consistency ratio ${consistency.toFixed(2)}: above 0.10 the pairs contradict each other.` : `Consistency ratio ${consistency.toFixed(2)}: the pairs fit together.` };
}

export function decision(next?: DecisionContent): DecisionView {
  const gate = { name: "Latency", standing: "passed" as const, text: "p95 2.2 s, at most 4.0 s" };
  const { shares, consistency } = weighed(next ?? content);
  return {
    missing: [...((next ?? content).choice === null ? ["choice" as const] : []), ...((next ?? content).rationale === "" ? ["why" as const] : [])],
    version: 1,
    content: next ?? content,
    criteria: WEIGHED.map((one, at) => ({ ...one, weight: shares[at] ?? 0, weightText: `${Math.round((shares[at] ?? 0) * 100)} %` })),
    candidates: [
      { id: 1, name: "Harbor L-2", incumbent: true, gates: [gate], passed: true, scoreText: "0.74", score: 0.74, worth: [0.84, 0.55, 0.67], firstText: "24 %", first: 0.24, ranks: ["24 %", "61 %", "15 %"] },
      { id: 2, name: "Northwind 4", incumbent: false, gates: [gate], passed: true, scoreText: "0.78", score: 0.78, worth: [0.83, 0.81, 0.79], firstText: "58 %", first: 0.58, ranks: ["58 %", "30 %", "12 %"] },
      { id: 3, name: "Lumen Pro", incumbent: false, gates: [{ name: "Latency", standing: "failed", text: "p95 4.3 s, at most 4.0 s" }], passed: false, scoreText: "—", score: null, worth: [null, null, null], firstText: "—", first: null, ranks: [] },
    ],
    consistency,
    undecided: "",
    against: "", findings: ["Northwind 4 stays first while Correctness weighs 22 % to 100 %."],
    signed: null,
    versions: [],
  };
}

export function keepDecision(next: DecisionContent): DecisionView {
  content = next;
  return decision();
}
