/** Clauses and scorecards of the fixtures. */
import type { Clauses, ClausesDraft, DataTermsView, DimensionView, ScoreDimension, ScoreDraft, ScorecardView, ScorecardsView } from "../types";

const UNSAID: Clauses = {
  data: { retentionDays: 30, zeroRetention: null, training: "never", humanReview: null, storageRegions: ["EU"], processingRegions: ["EU"], subprocessorNoticeDays: 30, subprocessorVeto: null, breachNoticeHours: 72, deletionDays: null, outputOwnership: "customer" },
  limits: { requestsPerMinute: 20_000, inputTokensPerMinute: null, outputTokensPerMinute: null, tokensPerDay: null, provisionedUnits: null },
  sla: { uptime: 0.999, p95Ms: 4000, credits: [{ below: 0.999, credit: 0.1 }], claimDays: 30 },
  lifecycle: { pinning: true, changeNoticeDays: 30, deprecationNoticeDays: null },
};

const kept = new Map<string, Clauses>();

export const clauses = (id: string): ClausesDraft => ({ id, clauses: kept.get(id) ?? UNSAID });

export function keepClauses(draft: ClausesDraft): ClausesDraft {
  kept.set(draft.id, draft.clauses);
  return draft;
}

export const dataTerms = (contractId: string, vendorId: string): DataTermsView => ({
  rows: [{ contractId, contract: "Order form 3", vendorId, vendor: "Northwind AI", texts: ["never", "30 days", "—", "EU", "EU", "30 days", "72 hours", "—", "ours"] }],
});

const NAMES: [ScoreDimension, string][] = [["quality", "Quality"], ["latency", "Latency"], ["safety", "Safety"], ["price", "Price"], ["data-terms", "Data terms"], ["support", "Support"]];

const given = new Map<string, ScoreDraft>();

function row(vendorId: string, dimension: ScoreDimension, name: string): DimensionView {
  const mark = given.get(`${vendorId}/${dimension}`);
  const link = { area: "bakeoff", id: "0197a1c0-0000-7000-8000-000000000514" };
  const proposes = dimension === "quality" || dimension === "price";
  return {
    dimension, name,
    mark: mark ? { mark: mark.mark, anchor: "No difference that can be told", quarterText: "Q3 2026", current: true, author: mark.author, dayText: "23 Sep 2026", reason: mark.reason, evidence: [] } : dimension === "quality" ? { mark: 4, anchor: "Better than the incumbent, perhaps by less than matters", quarterText: "Q2 2026", current: false, author: "Ines Marino", dayText: "2 Jun 2026", reason: "", evidence: [{ link, title: "Assistant renewal" }] } : null,
    proposal: proposes ? { mark: 3, exactText: "3.0", basis: "Northwind 4: −0.5 to +1.9 points against Lumen Pro", evidence: { link, title: "Assistant renewal" } } : null,
    noProposal: proposes ? "" : "No bake-off with results of this vendor yet.",
    anchors: ["Worse than the incumbent", "Rather worse", "No difference that can be told", "Better, perhaps by less than matters", "Better by more than matters"],
  };
}

export const scorecard = (vendorId: string, vendor: string): ScorecardView => ({ vendorId, vendor, quarterText: "Q3 2026", rows: NAMES.map(([dimension, name]) => row(vendorId, dimension, name)), history: null });

export const scorecards = (vendors: { id: string; name: string }[]): ScorecardsView => ({
  quarterText: "Q3 2026",
  dimensions: NAMES.map(([, name]) => name),
  rows: vendors.map(({ id, name }, at) => ({ vendorId: id, vendor: name, marks: [4, null, 3, null, at === 0 ? 5 : null, null], stale: [true, false, false, false, false, false], proposed: [3, null, null, 3, null, null] })),
});

export function giveMark(draft: ScoreDraft): null {
  given.set(`${draft.vendorId}/${draft.dimension}`, draft);
  return null;
}
