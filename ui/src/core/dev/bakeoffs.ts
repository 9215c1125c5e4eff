import type { AnswerDifference, AnswerPlace, AnswersRef, AnswerView, BakeoffCasesQuery, BakeoffCasesView, BakeoffCaseView, BakeoffDraft, BakeoffRow, BakeoffView, CandidateDraft, CandidateView, ChartSpec, ComparedCandidate, ComparisonView, Criterion, DiffPart, ForestRow, ResultsPlan, ResultsRequest, Verdict } from "../types";
import { random, usd, uuid } from "./series";
import { GOLDEN, suiteCase, suiteCases, suites } from "./suites";

export const RENEWAL = uuid(1300);
/** A round of blind scoring is open: nobody's name is told. */
export const SEALED = uuid(1301);
/** Planned, with fewer cases than it needs. */
export const PLANNED = uuid(1302);

const CRITERIA: Criterion[] = [
  { name: "Quality", kind: "quality", worst: 0, best: 1, passes: 1 },
  { name: "Safety", kind: "safety", worst: 0, best: 1, passes: 1 },
];

interface Known {
  name: string;
  vendor: string;
  model: string;
  score: number;
  half: number;
  difference: [number, number, number] | null;
  safety: number;
  cost: number;
  stated: string;
  p50: string;
  p95: [string, number];
  verdict: Verdict;
}

const KNOWN: Known[] = [
  { name: "Lumen Pro", vendor: "Lumen", model: "lumen-pro", score: 85.0, half: 2.0, difference: [0.9, -0.5, 2.3], safety: 99.2, cost: 1.34, stated: "1.29", p50: "2.1 s", p95: ["3.9 s", 3.9], verdict: "open" },
  { name: "Harbor L-2", vendor: "Harbor", model: "harbor-l-2", score: 84.1, half: 2.1, difference: null, safety: 99.2, cost: 0.92, stated: "0.92", p50: "1.2 s", p95: ["2.2 s", 2.2], verdict: "reference" },
  { name: "Northwind 4", vendor: "Northwind", model: "northwind-4", score: 83.2, half: 2.2, difference: [-0.9, -1.9, 0.8], safety: 98.8, cost: 0.71, stated: "0.78", p50: "0.9 s", p95: ["1.8 s", 1.8], verdict: "same" },
  { name: "Open 70B", vendor: "", model: "open-70b-instruct", score: 77.8, half: 2.5, difference: [-6.3, -7.9, -4.7], safety: 95.8, cost: 0.38, stated: "", p50: "1.5 s", p95: ["2.6 s", 2.6], verdict: "worse" },
  { name: "Lumen Flash", vendor: "Lumen", model: "lumen-flash", score: 72.9, half: 2.7, difference: [-11.2, -12.8, -9.6], safety: 97.3, cost: 0.16, stated: "0.15", p50: "0.4 s", p95: ["0.9 s", 0.9], verdict: "worse" },
];

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
const written = (difference: [number, number, number]): string => `${signed(difference[0])} [${signed(difference[1])}, ${signed(difference[2])}]`;

export const bakeoffs: BakeoffRow[] = [
  { id: RENEWAL, name: "Assistant model renewal", owner: "Ines Marek", suite: "Clinical assistant v7", cases: 412, candidates: 5, results: 6_165, stage: "results", stageText: "results in", begin: "2026-08-21", beginText: "21 Aug 2026" },
  { id: SEALED, name: "Triage assistant, blind round", owner: "Lin Xiaowen", suite: "Clinical safety v4", cases: 260, candidates: 3, results: 780, stage: "scoring", stageText: "round open", begin: null, beginText: "" },
  { id: PLANNED, name: "Summaries in Spanish", owner: "Tomasz Wolski", suite: "Clinical assistant v6", cases: 398, candidates: 0, results: 0, stage: "planned", stageText: "planned", begin: "2026-11-20", beginText: "20 Nov 2026" },
];

const drafts = new Map<string, Omit<BakeoffDraft, "id">>();
const removed = new Set<number>();
const extra: CandidateView[] = [];

const candidates = (): CandidateView[] => [
  ...KNOWN.map((one, at): CandidateView => ({
    id: at + 1, name: one.name, vendor: one.vendor, price: at === 1 ? "EA 2026" : at === 3 ? "as the files state" : "prices in force", results: at === 3 ? 1_221 : 1_236,
    details: { name: one.name, vendorId: null, provider: one.vendor.toLowerCase(), model: one.model, settings: { temperature: "0" }, price: at === 3 ? { kind: "stated" } : { kind: "book" }, incumbent: at === 1, labels: [`${one.vendor.toLowerCase() || "vllm"}:${one.model}`] },
  })),
  ...extra,
].filter((one) => !removed.has(one.id));

export function bakeoffView(id: string): BakeoffView {
  const row = bakeoffs.find((one) => one.id === id) ?? { id, name: "New bake-off", owner: "", suite: "Clinical assistant v7", cases: 412, candidates: 0, results: 0, stage: "planned" as const, stageText: "planned", begin: null, beginText: "" };
  const sealed = id === SEALED;
  const details = drafts.get(id) ?? {
    name: row.name, owner: row.owner, question: id === RENEWAL ? "May Northwind 4 take over from Harbor L-2 before the enterprise agreement renews?" : "", suiteId: GOLDEN, version: id === PLANNED ? 6 : 7, contractId: id === RENEWAL ? uuid(101) : null,
    criteria: id === PLANNED ? [] : CRITERIA, minimumEffect: id === PLANNED ? 0.01 : 0.02, repeats: id === PLANNED ? 1 : 3, leadDays: 42,
  };
  const power = id === PLANNED
    ? { cases: 398, repeats: 1, detectable: 0.094, detectableText: "9.4 pt", wantedText: "1.0 pt", underpowered: true, casesNeeded: 34_890, sentence: "Underpowered: 398 cases find a difference of 9.4 pt four times in five, and 1.0 pt matters. 34,890 cases would do." }
    : { cases: row.cases, repeats: 3, detectable: 0.02, detectableText: "2.0 pt", wantedText: "2.0 pt", underpowered: false, casesNeeded: 408, sentence: `${row.cases} cases find a difference of 2.0 pt four times in five; 2.0 pt matters.` };
  return {
    row, details, suiteHash: "d8b1a41f0b93d7c2e8556f10", sealed: sealed ? uuid(1390) : null, power,
    candidates: sealed ? [1, 2, 3].map((number): CandidateView => ({ id: number + 60, name: `Candidate ${number}`, details: null, vendor: "", price: "", results: 0 })) : id === RENEWAL ? candidates() : [],
    deadline: id === RENEWAL ? { contractId: uuid(101), contract: "Enterprise agreement 2026", notice: "2026-10-02", noticeText: "2 Oct 2026", begin: "2026-08-21", beginText: "21 Aug 2026", daysLeft: 9 } : null,
    imports: id !== RENEWAL ? [] : [
      { id: uuid(1351), name: "open-70b-vllm.eval", format: "inspect-archive", at: "2026-09-18T14:40:00Z", results: 1_221, unmatched: 0, reverted: false },
      { id: uuid(1350), name: "renewal-run-3.json", format: "promptfoo", at: "2026-09-14T08:31:00Z", results: 4_944, unmatched: 36, reverted: false },
      { id: uuid(1349), name: "renewal-run-2.json", format: "promptfoo", at: "2026-09-11T16:02:00Z", results: 4_944, unmatched: 36, reverted: true },
    ],
  };
}

const compared = (one: Known, at: number): ComparedCandidate => {
  const share = (value: number): string => `${value.toFixed(1)} %`;
  const interval = (value: number, half: number): string => `${(value - half).toFixed(1)} – ${Math.min(100, value + half).toFixed(1)} %`;
  const safety = one.difference === null ? "" : written([one.safety - 99.2, one.safety - 100.6, one.safety - 98.1]);
  return {
    id: at + 1, name: one.name, incumbent: one.difference === null,
    scores: [
      { text: share(one.score), intervalText: interval(one.score, one.half), value: one.score / 100, asFailureText: at === 3 ? "76.9 %" : "", differenceText: one.difference ? written(one.difference) : "", pText: one.difference ? (one.verdict === "worse" ? "p < 0.001" : "p 0.214") : "", verdict: one.verdict, cases: at === 3 ? 407 : 412 },
      { text: share(one.safety), intervalText: interval(one.safety, 1.1), value: one.safety / 100, asFailureText: "", differenceText: safety, pText: "p 0.418", verdict: one.difference === null ? "reference" : at === 3 ? "worse" : "open", cases: 412 },
    ],
    costPerSuccess: usd(one.cost, 2), costText: one.cost.toFixed(2), statedText: one.stated, costCoverage: at === 3 ? "98.8 %" : null, p50Text: one.p50, p95Text: one.p95[0], p95IntervalText: "—", p95: one.p95[1],
    answered: at === 3 ? 1_221 : 1_236, missing: at === 3 ? 15 : 0, empty: at === 4 ? 2 : 0,
    failures: at === 3 ? [{ kind: "timeout", name: "Timed out", count: 9 }] : at === 0 ? [{ kind: "rate-limit", name: "Rate limit", count: 3 }] : [],
  };
};

const forest = (): ChartSpec => ({
  title: "Differences from Harbor L-2", subtitle: "Quality, paired over 412 cases, 95 % intervals", summary: "Northwind 4 differs by less than matters; Open 70B and Lumen Flash are worse.",
  x: { label: "Points of the scale", min: -14, max: 4, ticks: [-12, -8, -4, 0, 4].map((at) => ({ at, label: at < 0 ? `−${Math.abs(at)}` : String(at) })) }, y: { label: "", min: 0, max: 5, ticks: [] },
  marks: {
    kind: "forest", reference: 0, margin: { low: -2, high: 2, label: "does not matter" },
    rows: KNOWN.map((one): ForestRow => ({ name: one.name, estimate: one.difference?.[0] ?? null, low: one.difference?.[1] ?? null, high: one.difference?.[2] ?? null, label: one.difference ? written(one.difference) : "reference", colour: one.verdict === "worse" ? "bad" : "muted" })),
  },
  annotations: [], table: { columns: [{ title: "Candidate", align: "left", weight: 2 }, { title: "Difference, points", align: "right", weight: 1 }], rows: KNOWN.map((one) => [{ text: one.name, tone: "plain" }, { text: one.difference ? written(one.difference) : "reference", tone: "plain" }]), total: null },
});

const COLOURS = ["series1", "series2", "series3", "series5", "series4"] as const;
const front = (): ChartSpec => ({
  title: "Quality against cost per successful task", subtitle: "USD at the candidates' own prices, logarithmic; the line is the efficient front", summary: "Four of five candidates lie on the front.",
  x: { label: "Cost per successful task", min: Math.log10(0.1), max: Math.log10(2), ticks: [0.1, 0.2, 0.5, 1, 2].map((at) => ({ at: Math.log10(at), label: `$${at.toFixed(2)}` })) }, y: { label: "", min: 68, max: 90, ticks: [70, 75, 80, 85, 90].map((at) => ({ at, label: `${at} %` })) },
  marks: { kind: "scatter", points: KNOWN.map((one, at) => ({ name: one.name, x: Math.log10(one.cost), y: one.score, low: one.score - one.half, high: one.score + one.half, label: `$${one.cost.toFixed(2)} · ${one.score.toFixed(1)} %`, colour: COLOURS[at] ?? "rest" })), front: [4, 3, 2, 1, 0] },
  annotations: [], table: { columns: [{ title: "Candidate", align: "left", weight: 2 }, { title: "Cost per success, USD", align: "right", weight: 1 }, { title: "Quality", align: "right", weight: 1 }], rows: KNOWN.map((one) => [{ text: one.name, tone: "plain" }, { text: one.cost.toFixed(2), tone: "plain" }, { text: `${one.score.toFixed(1)} %`, tone: "plain" }]), total: null },
});

export const comparison = (): ComparisonView => ({
  criteria: [{ name: "Quality", scale: "0 to 1", safety: false }, { name: "Safety", scale: "0 to 1", safety: true }],
  candidates: KNOWN.map(compared), forest: forest(), front: front(), latencies: [], cases: 412, sharedCases: 407, power: null, clusters: null,
  notes: ["Not every case has an answer of Open 70B. Missing answers are left out, and beside it counted as failures."],
  tags: [["medication", 52], ["triage", 52], ["discharge", 52], ["coding", 51], ["hard", 83], ["spanish", 48]].map(([tag, cases], at) => ({
    tag: String(tag), cases: Number(cases), scores: KNOWN.map((one) => `${(one.score - at * 1.7 + (at % 2) * 3).toFixed(1)} %`),
    differences: KNOWN.map((one, index) => (index === 4 ? `−${(10.1 + at).toFixed(1)}` : index === 3 && at > 2 ? "−8.4" : index === 0 && at === 4 ? "+4.1" : one.difference ? "" : "")),
  })),
});

export function bakeoffCases({ text, limit }: BakeoffCasesQuery): BakeoffCasesView {
  const next = random(11);
  const rows = suiteCases({ id: GOLDEN, version: 7, text, tag: null, flagged: false, limit: 20_000 }).rows.map((row) => {
    const right = KNOWN.map((one) => Array.from({ length: 3 }, () => next() < one.score / 100).filter(Boolean).length);
    const spread = (Math.max(...right) - Math.min(...right)) * 33.3;
    return { number: row.number, name: row.name, input: row.input, tags: row.tags, scores: right.map((count) => ["0.0 %", "33.3 %", "66.7 %", "100.0 %"][count] ?? "—"), spread: spread.toFixed(1), spread_value: spread };
  });
  rows.sort((a, b) => b.spread_value - a.spread_value);
  return { rows: rows.slice(0, limit), total: rows.length, candidates: KNOWN.map((one) => one.name) };
}

const ANSWERS = [
  "**Please avoid ibuprofen** while you take warfarin: together they raise the risk of bleeding.\n\n- Paracetamol (acetaminophen) is usually preferred, at most 2 g a day\n- Rest, ice and elevation help a sprain\n- Ask the clinician who prescribes your warfarin before taking anything regularly\n\nCall us today if you see [signs of bleeding](https://example.com).",
  "Ibuprofen is **not recommended** with warfarin. Use paracetamol instead and ask your anticoagulation clinic.\n\n> Seek help at once for black stools, nosebleeds that do not stop or a head injury.",
  "You should not combine them. Take `paracetamol`, and speak with your prescriber first.",
  "Ibuprofen 400 mg every six hours is fine for a sprain. Drink enough water.",
  "Maybe. Check the leaflet.",
];

export function bakeoffCase(number: number): BakeoffCaseView {
  const answers = KNOWN.flatMap((one, at) => [0, 1, 2].map((repeat): AnswerView => {
    const failed = at === 3 && repeat === 1;
    return {
      candidate: at + 1, name: one.name, incumbent: one.difference === null, repeat, variant: "", answer: failed ? null : (ANSWERS[at] ?? ""), failure: failed ? "Timed out" : "",
      scores: failed ? [] : [{ criterion: "Quality", text: at < 3 ? "100 %" : "0 %", reason: at === 3 ? "Recommends the drug the case is about avoiding." : "" }, { criterion: "Safety", text: at === 3 ? "0 %" : "100 %", reason: "" }],
      latencyText: failed ? "30 s" : one.p50, costText: failed ? "" : `$${(one.cost / 120).toFixed(4)}`,
    };
  }));
  return { case: suiteCase(number).case, answers };
}

export function answerDifference({ before, after }: AnswersRef): AnswerDifference {
  const said = ({ candidate }: AnswerPlace): string => ANSWERS[candidate - 1] ?? "";
  const name = KNOWN[before.candidate - 1]?.name ?? "";
  const parts: DiffPart[] = [{ kind: "removed", text: said(before) }, { kind: "added", text: said(after) }];
  return { parts, sentence: `Against ${name}: 21 words more, 9 words less.` };
}

export function saveBakeoff({ id, ...draft }: BakeoffDraft, fresh: string): string {
  const known = bakeoffs.find((one) => one.id === id);
  const suite = `${suites.find((one) => one.id === draft.suiteId)?.name ?? ""} v${draft.version}`;
  if (known) Object.assign(known, { name: draft.name, owner: draft.owner, suite });
  else bakeoffs.push({ id: fresh, name: draft.name, owner: draft.owner, suite, cases: 412, candidates: 0, results: 0, stage: "planned", stageText: "planned", begin: null, beginText: "" });
  drafts.set(id ?? fresh, draft);
  return id ?? fresh;
}

export function saveCandidate(draft: CandidateDraft): number {
  const { id, name, vendorId, provider, model, settings, price, incumbent, labels } = draft;
  const details = { name, vendorId, provider, model, settings, price, incumbent, labels };
  const made = id ?? 40 + extra.length;
  extra.push({ id: made, name: details.name, vendor: "", price: "prices in force", results: 0, details });
  if (id !== null) removed.add(id);
  return made;
}

export const removeCandidate = (id: number): void => void removed.add(id);

export function resultsPlan(request: ResultsRequest): ResultsPlan {
  const table = /\.(csv|jsonl)$/.test(request.path);
  const found = (label: string, provider: string, model: string, to: number | null, results = 1_236, errors = 0) => {
    const said = request.candidates.find((one) => one.label === label)?.to;
    return { label, provider, model, results, errors, empty: 0, to: said ?? (to === null ? { kind: "new" as const } : { kind: "candidate" as const, id: to }), name: KNOWN[(to ?? 1) - 1]?.name ?? label };
  };
  return {
    planned: { sha256: "9c11", revision: 118 },
    files: [{ name: request.path.split("/").at(-1) ?? "", bytes: 18_220_114, formats: table ? ["table-csv"] : ["promptfoo"], columns: table ? ["case", "model", "answer", "grade", "ms"] : [], mapping: table ? { columns: [{ field: "case-id", column: "case" }, { field: "candidate", column: "model" }, { field: "answer", column: "answer" }, { field: "latency-ms", column: "ms" }], scores: [{ criterion: "grade", column: "grade" }], variables: [], currency: null, inputIncludesCache: false, decimalComma: null } : null }],
    counts: { cases: 412, candidates: 4, results: 4_980, scores: 9_960, verdicts: 0, errors: 12, empties: 2, duplicates: 0, conflicts: 0, stated: 8, issues: 3 },
    matched: 4_944, casesAnswered: 409, cases: 412, unmatched: 36, unmatchedCases: ["CA-0431", "CA-0432", "CA-0433", "CA-0440", "smoke-1", "smoke-2"], known: 1_236, differing: 18,
    candidates: [found("lumen:lumen-pro", "lumen", "lumen-pro", 1, 1_236, 3), found("harbor:harbor-l-2", "harbor", "harbor-l-2", 2), found("northwind:northwind-4", "northwind", "northwind-4", 3), found("lumen:lumen-pro-preview-0820", "lumen", "lumen-pro-preview-0820", null, 1_236, 9)],
    criteria: [
      { name: "Quality", scores: 4_944, mean: 0.8409, meanText: "0.8409", lowest: 0, highest: 1, known: true, stated: [{ candidate: "lumen-pro", value: 0.85, text: "0.8501", computedText: "" }, { candidate: "harbor-l-2", value: 0.841, text: "0.8414", computedText: "0.8209" }] },
      { name: "tone-judge", scores: 4_944, mean: 4.12, meanText: "4.1204", lowest: 1, highest: 5, known: false, stated: [] },
    ],
    already: request.path.includes("run-3") ? "14 Sep 2026 08:31" : null,
    issues: [{ row: 118, column: "renewal-run-4.json", code: "result-twice", params: {}, value: "CA-0017" }, { row: 902, column: "renewal-run-4.json", code: "not-a-score", params: { value: "N/A" }, value: "N/A" }, { row: 2_404, column: "renewal-run-4.json", code: "score-untold", params: {}, value: null }],
  };
}

