import type { ChartSpec, CommitRequest, FileInspection, ImportCoverage, ImportEffect, ImportPlan, ImportRequest, ImportRow, ModelRow } from "../types";
import { grouped, usd, uuid } from "./series";

export const imports: ImportRow[] = [
  row(1, "gateway-2026-09.csv", "2026-09-22T09:14:00Z", 1_288_431, 12, "2026-09-01T04:00:00Z", "2026-09-22T03:59:59Z", "keep"),
  row(2, "gateway-2026-08.csv", "2026-09-01T09:05:00Z", 1_311_907, 0, "2026-08-01T04:00:00Z", "2026-09-01T03:59:59Z"),
  row(3, "gateway-2026-07.csv", "2026-08-01T09:12:00Z", 1_204_118, 3, "2026-07-01T04:00:00Z", "2026-08-01T03:59:59Z"),
];

function row(seed: number, name: string, importedAt: string, rows: number, bad: number, from: string, to: string, answer: ImportRow["answer"] = null): ImportRow {
  return { id: uuid(300 + seed), name, format: "generic-csv", source: "prod gateway", importedAt, bytes: rows * 118, rows, bad, period: { from, to }, days: [from.slice(0, 10), to.slice(0, 10)], sample: false, answer };
}

export function inspection(path: string): FileInspection {
  const names = ["TIMESTAMP", "provider", "model", "feature", "customer", "session_id", "ContextTokens", "cached_tokens", "GeneratedTokens", "ok"];
  const sample = Array.from({ length: 8 }, (_, i) => [
    `2026-09-22 1${i}:0${i}:31.0420000`, ["harbor", "northwind"][i % 2] ?? "", ["harbor-l-2", "northwind-4"][i % 2] ?? "", ["support-chat", "doc-search", "code-review"][i % 3] ?? "",
    ["st-aldhelm", "kestrel"][i % 2] ?? "", `s-${48_211 + i}`, String(3_120 + i * 417), String(i % 2 ? 2_048 : 0), String(211 + i * 31), i === 5 ? "false" : "true",
  ]);
  return {
    path, name: path.split("/").at(-1) ?? path, bytes: 152_034_858, format: "generic-csv", formatGuessed: ["generic-csv"], encoding: "UTF-8", delimiter: ",",
    columns: names.map((name, index) => ({ name, samples: sample.map((line) => line[index] ?? ""), localTimes: index === 0 })), sample,
    mapping: {
      columns: [
        { field: "timestamp", column: "TIMESTAMP" }, { field: "vendor", column: "provider" }, { field: "model", column: "model" }, { field: "feature", column: "feature" },
        { field: "tenant", column: "customer" }, { field: "session", column: "session_id" }, { field: "input-tokens", column: "ContextTokens" }, { field: "cache-read-tokens", column: "cached_tokens" },
        { field: "output-tokens", column: "GeneratedTokens" }, { field: "success", column: "ok" },
      ],
      constants: [{ field: "environment", value: "production" }], timeZone: "America/New_York", inputIncludesCache: true, costCurrency: null, dayFirst: null, decimalComma: null,
    },
    remembered: path.includes("remembered"), rowsEstimate: 1_288_000, alreadyImported: null, knownProviders: ["harbor", "northwind", "lumen"], source: path.includes("remembered") ? "prod gateway" : "gateway",
  };
}

export function plan(request: ImportRequest): ImportPlan {
  const asks = !/console|again/.test(request.path);
  return {
    id: uuid(400), name: request.path.split("/").at(-1) ?? "", bytes: 152_034_858, sha256: "4f0d2c", alreadyImported: null, overruled: 0, replaces: request.path.includes("again") ? "2026-09-22T09:14:00Z" : null, format: request.format, source: request.source,
    rows: { read: 1_288_443, good: 1_288_431, bad: 12, skipped: 0, duplicate: 204 },
    period: { from: "2026-09-01T04:00:00Z", to: "2026-09-22T03:59:59Z" }, cells: { new: 10_982, same: 0, conflict: asks ? 3 : 0 },
    conflict: !asks ? null : { hours: 2, period: { from: "2026-09-03T10:00:00Z", to: "2026-09-03T12:00:00Z" }, requestsBefore: "1204", requestsAfter: "1310", tokensBefore: "4110220", tokensAfter: "4480031", statedBefore: null, statedAfter: null, disjoint: false },
    overlaps: request.path.includes("console")
      ? [{ source: "prod gateway", sourceId: 1, vendors: ["harbor"], days: 54, first: "2026-07-31", last: "2026-09-22", tokensHere: "29230118004", tokensThere: "29140554871" }]
      : [],
    totals: {
      requests: "1288431", sessions: "402118",
      tokens: { input: "8821044120", cacheRead: "3912004410", cacheWrite5m: "0", cacheWrite1h: "0", output: "1190433018", reasoning: "0", audio: null, image: null },
      computed: [usd(901_114.2)], reported: [],
    },
    models: [
      model("harbor", "harbor-l-2", 912_004, 9_120_118_220, 690_110.5, [{ kind: "price", layer: "contract", name: "EA 2026" }]),
      model("northwind", "northwind-4", 363_947, 4_762_162_010, 211_003.7, [{ kind: "price", layer: "list", name: "list of July" }]),
      { ...model("lumen", "lumen-pro-preview-0820", 12_480, 41_200_318, null, [{ kind: "unpriced" }]), unpricedTokens: "41200318" },
    ],
    volume: volume(),
    issues: [
      { row: 41_882, column: "ContextTokens", code: "not-a-number", params: {}, value: "n/a" },
      { row: 91_204, column: "TIMESTAMP", code: "not-a-timestamp", params: {}, value: "2026-13-01" },
      { row: 1_020_551, column: "cached_tokens", code: "cache-exceeds-input", params: { cached: "4096", input: "3120" }, value: "4096" },
    ],
    issuesTotal: 12, unpriced: [{ vendor: "lumen", vendorName: "Lumen", model: "lumen-pro-preview-0820", requests: "12480", tokens: "41200318" }],
    notes: ["input-includes-cache"],
    revision: 118,
  };
}

function model(vendor: string, name: string, requests: number, tokens: number, cost: number | null, sources: ModelRow["sources"]): ModelRow {
  const vendorName = vendor.slice(0, 1).toUpperCase() + vendor.slice(1);
  return { vendor, vendorName, model: name, requests: String(requests), tokens: String(tokens), unpricedTokens: "0", cost: cost === null ? [] : [usd(cost)], sources };
}

/** Three weeks of requests; on two of its days nothing came. */
function volume(): ChartSpec {
  const first = 739_860;
  const counts = Array.from({ length: 21 }, (_, day) => (day === 8 || day === 9 ? null : 52_000 + ((day * 7919) % 23_000)));
  const labels = counts.map((count) => (count === null ? "—" : grouped(count)));
  const xLabels = counts.map((_, day) => `${day + 1} Sep 2026`);
  return {
    title: "Requests by day: 2 of 21 days have no rows", subtitle: "1 – 21 Sep 2026", summary: "Requests by day: 2 of 21 days have no rows. 1 – 21 Sep 2026",
    x: { label: "", min: first - 0.5, max: first + 20.5, ticks: [0, 7, 14].map((day) => ({ at: first + day, label: `${day + 1} Sep` })) },
    y: { label: "", min: 0, max: 80_000, ticks: [0, 40_000, 80_000].map((at) => ({ at, label: at === 0 ? "0" : `${at / 1000}K` })) },
    marks: { kind: "stacked-area", x: counts.map((_, day) => first + day), xLabels, series: [{ name: "Requests", colour: "series1", values: counts, labels }], step: true },
    annotations: [],
    table: { columns: [{ title: "Day", align: "left", weight: 1 }, { title: "Requests", align: "right", weight: 1 }], rows: counts.map((_, day) => [{ text: xLabels[day] ?? "", tone: "plain" }, { text: labels[day] ?? "", tone: "plain" }]), total: null },
  };
}

export function effect(request: CommitRequest): ImportEffect {
  const answered = request.onConflict !== null;
  const after = answered ? 901_114.2 : 898_330.1;
  return { months: [{ key: "2026-09", label: "Sep 2026", before: usd(0), after: usd(after), difference: usd(after), change: null }], undecided: !answered };
}

export function coverage(id: string): ImportCoverage {
  const found = imports.find((item) => item.id === id) ?? imports[0];
  if (!found) throw new Error("no import");
  return {
    id: found.id, name: found.name, source: found.source, format: found.format, sha256: "4f0d2c".padEnd(64, "a"), bytes: found.bytes, importedAt: found.importedAt, rows: found.rows, bad: found.bad, sample: false, answer: found.answer,
    span: found.period, exact: true, daily: false, days: null, told: 452, missing: 52,
    gaps: [
      { units: 48, period: { from: "2026-09-09T04:00:00Z", to: "2026-09-11T04:00:00Z" }, days: null },
      { units: 4, period: { from: "2026-09-15T02:00:00Z", to: "2026-09-15T06:00:00Z" }, days: null },
    ],
    gapsTotal: 2, counts: 450, givesWay: 2,
    shares: [{ id: uuid(302), name: "gateway-2026-08.csv", importedAt: "2026-09-01T09:05:00Z", hours: 3, counts: 1, period: { from: "2026-09-01T01:00:00Z", to: "2026-09-01T04:00:00Z" } }],
    feeds: [{ source: "Console", vendors: ["Harbor"], days: 21, first: "2026-09-01", last: "2026-09-21", basis: "this" }],
    volume: volume(), mapping: inspection("x").mapping,
  };
}
