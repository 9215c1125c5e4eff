import type { DimensionValues, DimensionValuesQuery, EconomicsQuery, EconomicsRow, EconomicsView, Explanation, ExplainQuery, HomeView, PeriodOption, Tile, Series, TokenTotals } from "../types";
import { changeText, DAY, dayLabel, grouped, percent, random, usd } from "./series";

interface Line {
  name: string;
  model: string;
  sessions: number;
  spend: number;
  success: number;
  cache: number | null;
  change: number;
}

const BY: Record<string, Line[]> = {
  feature: [
    { name: "Support chat", model: "harbor-l-2", sessions: 4_182_310, spend: 712_940.18, success: 0.9, cache: 0.612, change: -0.281 },
    { name: "Doc search", model: "northwind-4", sessions: 3_020_118, spend: 588_402.55, success: 0.911, cache: 0.384, change: 0.024 },
    { name: "Code review", model: "lumen-pro", sessions: 611_204, spend: 498_730.02, success: 0.799, cache: 0.121, change: 0.316 },
    { name: "Summaries", model: "harbor-s-2", sessions: 2_410_775, spend: 271_118.4, success: 0.949, cache: 0.441, change: -0.019 },
    { name: "Agent ops", model: "lumen-pro", sessions: 208_411, spend: 266_004.91, success: 0.627, cache: 0.088, change: 0.148 },
    { name: "", model: "", sessions: 1_467_020, spend: 142_806.3, success: 0.87, cache: null, change: 0.003 },
  ],
  model: [
    { name: "harbor-l-2", model: "", sessions: 4_501_201, spend: 801_554.2, success: 0.9, cache: 0.58, change: -0.12 },
    { name: "lumen-pro", model: "", sessions: 1_120_410, spend: 764_734.93, success: 0.77, cache: 0.11, change: 0.27 },
    { name: "northwind-4", model: "", sessions: 3_120_118, spend: 598_402.55, success: 0.91, cache: 0.38, change: 0.02 },
    { name: "harbor-s-2", model: "", sessions: 3_158_109, spend: 315_310.68, success: 0.94, cache: 0.44, change: -0.03 },
  ],
  tenant: [
    { name: "St. Aldhelm Hospitals", model: "", sessions: 3_950_111, spend: 823_004.1, success: 0.88, cache: 0.42, change: 0.09 },
    { name: "Kestrel Clinics", model: "", sessions: 3_321_540, spend: 671_220.7, success: 0.87, cache: 0.4, change: 0.05 },
    { name: "Port Union Health", model: "", sessions: 2_401_904, spend: 520_118.6, success: 0.84, cache: 0.39, change: -0.04 },
    { name: "", model: "", sessions: 2_226_283, spend: 465_658.96, success: 0.83, cache: 0.44, change: 0.21 },
  ],
};
BY.vendor = [
  { name: "Harbor", model: "", sessions: 7_659_310, spend: 1_116_864.88, success: 0.91, cache: 0.53, change: -0.1 },
  { name: "Lumen", model: "", sessions: 1_120_410, spend: 764_734.93, success: 0.77, cache: 0.11, change: 0.27 },
  { name: "Northwind", model: "", sessions: 3_120_118, spend: 598_402.55, success: 0.91, cache: 0.38, change: 0.02 },
];
BY.environment = [
  { name: "production", model: "", sessions: 11_640_020, spend: 2_402_330.2, success: 0.857, cache: 0.415, change: 0.07 },
  { name: "staging", model: "", sessions: 259_818, spend: 77_672.16, success: 0.83, cache: 0.22, change: 0.19 },
];

const COLOURS = ["series1", "series2", "series3", "series4", "series5", "series6", "series7"] as const;

function tokens(spend: number): TokenTotals {
  const input = Math.round(spend * 96_400);
  return {
    input: String(input),
    cacheRead: String(Math.round(input * 0.7)),
    cacheWrite5m: String(Math.round(input * 0.08)),
    cacheWrite1h: "0",
    output: String(Math.round(input * 0.21)),
    reasoning: String(Math.round(input * 0.06)),
    audio: null,
    image: null,
  };
}

function rowOf(line: Line, total: number, keys: string[], seed: number): EconomicsRow {
  const next = random(seed);
  const kinds = tokens(line.spend);
  const successful = Math.round(line.sessions * line.success);
  return {
    keys,
    labels: keys,
    requests: String(Math.round(line.sessions * 2.4)),
    sessions: String(line.sessions),
    successfulSessions: String(successful),
    tokens: kinds,
    tokensTotal: String(Math.round(line.spend * 96_400 * 1.99)),
    spend: usd(line.spend),
    costPerSession: usd(line.spend / line.sessions, 6),
    costPerSuccessfulSession: line.name === "" ? null : usd(line.spend / successful, 6),
    costPerRequest: usd(line.spend / line.sessions / 2.4, 6),
    costPer1kTokens: usd((line.spend / (line.spend * 96_400 * 1.99)) * 1000, 9),
    tokensPerSession: String(Math.round((line.spend * 96_400 * 1.99) / line.sessions)),
    cacheHitShare: line.cache,
    outputInputRatio: 0.21,
    change: { ratio: line.change, points: null, direction: line.change > 0 ? "up" : "down", tone: line.change > 0.1 ? "bad" : line.change < -0.1 ? "good" : "plain", text: changeText(line.change), against: "Q2 2026" },
    share: line.spend / total,
    trend: Array.from({ length: 13 }, (_, week) => 100 * (1 + (line.change * week) / 13) + next() * 14),
    unpricedTokens: "0",
    coverage: { ...COVERED, costPerSuccessfulSession: line.name === "Agent ops" ? 0.94 : null },
    texts: {
      spend: grouped(line.spend, 2), share: percent(line.spend / total), "cost-per-session": grouped(line.spend / line.sessions, 4),
      ...(line.name === "" ? {} : { "cost-per-successful-session": grouped(line.spend / successful, 4) }),
      "cost-per-request": grouped(line.spend / line.sessions / 2.4, 5), ...(line.cache === null ? {} : { "cache-hit-share": percent(line.cache) }), "output-input-ratio": "0.21",
      ...(line.name === "Agent ops" ? { "cost-per-successful-session-coverage": "94 %" } : {}),
    },
    basis: { computed: usd(line.spend * 0.97), reported: usd(line.spend * 0.03), charged: null, restated: usd(line.spend * 1.01), partlyPricedTokens: "0" },
  };
}

const COVERED = { costPerSession: null, costPerSuccessfulSession: null, costPerRequest: null, costPer1kTokens: null, tokensPerSession: null, cacheHitShare: null };

const START = Date.UTC(2026, 6, 1);
const DAYS = 92;

function dailySpend(lines: Line[], seed: number): { x: number[]; xLabels: string[]; series: Series[]; top: number } {
  const x = Array.from({ length: DAYS }, (_, day) => START + day * DAY);
  const xLabels = x.map((at) => `${new Date(at).toLocaleString("en-US", { weekday: "short", timeZone: "UTC" })} ${dayLabel(at)} 2026`);
  let colour = 0;
  const ordered = [...lines].sort((a, b) => (a.name === "" ? -1 : b.name === "" ? 1 : a.spend - b.spend));
  const series: Series[] = ordered.map((line, index) => {
    const next = random(seed + index);
    const values = x.map((at, day) => {
      const weekend = [0, 6].includes(new Date(at).getUTCDay()) ? 0.66 : 1;
      const drift = 1 + line.change * ((day - DAYS / 2) / DAYS);
      const caching = line.name === "Support chat" && day > 52 ? 0.72 : 1;
      return (line.spend / DAYS) * weekend * drift * caching * (0.97 + next() * 0.06) * 1.1;
    });
    return {
      name: line.name === "" ? "Other" : line.name,
      colour: line.name === "" ? "rest" : (COLOURS[(ordered.length - 1 - (colour++)) % 7] ?? "series1"),
      values,
      labels: values.map((value) => `$${grouped(value, 2)}`),
    };
  });
  const top = Math.max(...x.map((_, day) => series.reduce((sum, item) => sum + (item.values[day] ?? 0), 0)));
  return { x, xLabels, series, top };
}

const xTicks = [START, Date.UTC(2026, 7, 1), Date.UTC(2026, 8, 1), START + (DAYS - 1) * DAY].map((at) => ({ at, label: dayLabel(at) }));

export function periods(): PeriodOption[] {
  const month = (key: string, label: string): PeriodOption => ({ key, label, kind: "month" });
  return [
    { key: "2026-Q3", label: "Q3 2026", kind: "quarter" },
    { key: "2026-Q2", label: "Q2 2026", kind: "quarter" },
    { key: "2026-Q1", label: "Q1 2026", kind: "quarter" },
    month("2026-09", "September 2026"), month("2026-08", "August 2026"), month("2026-07", "July 2026"),
    { key: "2026", label: "2026", kind: "year" },
  ];
}

export function economics(query: EconomicsQuery): EconomicsView {
  const [first = "feature", second] = query.by;
  const lines = BY[first] ?? [];
  const wanted = query.filters.find((filter) => filter.dimension === first)?.values;
  const kept = wanted?.length ? lines.filter((line) => wanted.includes(line.name)) : lines;
  const total = kept.reduce((sum, line) => sum + line.spend, 0);
  const split = second ? (BY[second] ?? []) : null;
  const rows = split
    ? kept.flatMap((line, i) =>
        split.slice(0, 3).map((other, j) => {
          const part = 0.6 / (j + 1) / 1.1;
          return rowOf({ ...line, sessions: Math.round(line.sessions * part), spend: line.spend * part, name: `${line.name}x` }, total, [line.name, other.name], i * 10 + j);
        }),
      )
    : kept.map((line, index) => rowOf(line, total, [line.name], index));
  const day = dailySpend(kept, 11);
  const step = day.top > 20_000 ? 10_000 : 5_000;
  const max = Math.ceil(day.top / step) * step;
  return {
    period: { key: query.period, label: "Q3 2026", from: "2026-07-01T04:00:00Z", first: "2026-07-01", to: "2026-10-01T04:00:00Z", days: 92, partial: false },
    previous: { key: "2026-Q2", label: "Q2 2026" },
    timeZone: "America/New_York",
    dataTo: "2026-10-01T03:00:00Z",
    imports: 3,
    tiles: tiles(),
    chart: {
      title: `Spend per day by ${first}`,
      subtitle: "Caching cut Support chat by 28 % from 22 August; Code review grows fastest",
      summary: `Daily spend by ${first} in Q3 2026, between $21k and $38k a day.`,
      x: { label: "", min: START, max: START + (DAYS - 1) * DAY, ticks: xTicks },
      y: { label: "USD per day", min: 0, max, ticks: Array.from({ length: max / step + 1 }, (_, i) => ({ at: i * step, label: `$${(i * step) / 1000}k` })) },
      marks: { kind: "stacked-area", x: day.x, xLabels: day.xLabels, series: day.series, step: false },
      annotations: [{ kind: "target", at: 31_000, label: "budget $31k / day" }, { kind: "event", at: Date.UTC(2026, 7, 22), label: "prompt caching on, Support chat" }],
      table: {
        columns: [{ title: "Day", align: "left", weight: 2 }, ...day.series.map((item) => ({ title: `${item.name}, USD`, align: "right" as const, weight: 1 }))],
        rows: day.x.map((_, i) => [{ text: day.xLabels[i] ?? "", tone: "plain" as const }, ...day.series.map((item) => ({ text: item.labels[i] ?? "—", tone: "plain" as const }))]),
        total: null,
      },
    },
    grain: "day",
    grains: ["day", "week"],
    uncompared: null,
    waterfall: waterfall(),
    dimensions: query.by,
    rows: rows.filter((row) => row.keys[0] !== "" || split),
    other: split ? null : (rows.find((row) => row.keys[0] === "") ?? null),
    rowsTotal: rows.length,
    total: rowOf({ name: "Total", model: "", sessions: 11_899_838, spend: total, success: 0.856, cache: 0.413, change: 0.074 }, total, query.by.map(() => ""), 99),
    unpriced: [{ vendor: "lumen", vendorName: "Lumen", model: "lumen-pro-preview-0820", requests: "12480", tokens: "41200318" }],
    tokensChart: tokensChart(),
    currency: "USD",
  };
}

export function tiles(): EconomicsView["tiles"] {
  const change = (ratio: number, tone: "good" | "bad" | "plain") => ({ ratio, points: null, direction: ratio > 0 ? ("up" as const) : ("down" as const), tone, text: changeText(ratio), against: "Q2 2026, first 54 days" });
  const tile = (key: string, value: Tile["value"], text: string, exact: string, moved: Tile["change"], coverage: number | null = null): Tile => ({
    key, value, text, exact, coverage, covered: coverage === null ? null : percent(coverage, 0), change: moved, explain: { figure: key, row: null },
  });
  return [
    tile("spend", { kind: "money", money: usd(2_480_002.36) }, "$2.48M", "USD 2,480,002.36", change(0.074, "plain")),
    tile("sessions", { kind: "count", count: "11899838" }, "11.9M", "11,899,838", change(0.21, "plain")),
    tile("cost-per-session", { kind: "money", money: usd(0.208406409, 9) }, "$0.208", "USD 0.208406409", change(-0.112, "good")),
    tile("cost-per-successful-session", { kind: "money", money: usd(0.243461902, 9) }, "$0.243", "USD 0.243461902", change(-0.129, "good"), 0.94),
    tile("tokens", { kind: "count", count: "475748932118" }, "476B", "475,748,932,118", change(0.163, "plain")),
    tile("cache-hit-share", { kind: "share", share: 0.4131 }, "41.3 %", "41.3100 %", { ratio: null, points: 0.188, direction: "up", tone: "good", text: "+18.8 pt", against: "Q2 2026, first 54 days" }),
  ];
}

function waterfall(): EconomicsView["waterfall"] {
  const steps = [
    ["Q2", true, 0, 2.31, "2.31", "rest"], ["Volume", false, 2.31, 2.83, "+0.52", "series4"], ["Mix", false, 2.83, 2.97, "+0.14", "series4"],
    ["Price", false, 2.97, 2.86, "−0.11", "series2"], ["Efficiency", false, 2.86, 2.48, "−0.38", "series2"], ["Q3", true, 0, 2.48, "2.48", "rest"],
  ] as const;
  return {
    title: "Why spend changed",
    subtitle: "Q3 against Q2, million USD",
    summary: "Spend rose from 2.31 to 2.48 million USD: volume added 0.52, mix 0.14; price took away 0.11, efficiency 0.38.",
    x: { label: "", min: 0, max: 5, ticks: [] },
    y: { label: "", min: 0, max: 3.1, ticks: [{ at: 0, label: "0" }] },
    marks: { kind: "waterfall", steps: steps.map(([name, total, from, to, label, colour]) => ({ name, total, from, to, label, colour })) },
    annotations: [],
    table: {
      columns: [{ title: "Step", align: "left", weight: 1 }, { title: "Million USD", align: "right", weight: 1 }],
      rows: steps.map(([name, , , , label]) => [{ text: name, tone: "plain" }, { text: label, tone: "plain" }]),
      total: null,
    },
  };
}

function tokensChart(): EconomicsView["tokensChart"] {
  const weeks = Array.from({ length: 13 }, (_, week) => dayLabel(START + week * 7 * DAY));
  const kinds = [["Uncached input", "series1", 9.2, -0.2], ["Cache read", "series2", 6, 0.32], ["Cache write", "series7", 1.1, 0.04], ["Output", "series3", 4.1, 0.06]] as const;
  const series: Series[] = kinds.map(([name, colour, base, slope]) => {
    const values = weeks.map((_, week) => base + slope * week);
    return { name, colour, values, labels: values.map((value) => `${value.toFixed(2)} bn`) };
  });
  return {
    title: "Tokens per week by kind",
    subtitle: "Disjoint kinds, billion tokens; reasoning is part of output",
    summary: "Tokens per week by kind; cache reads overtake uncached input in week 9.",
    x: { label: "", min: 0, max: 12, ticks: [] },
    y: { label: "", min: 0, max: 30, ticks: [0, 10, 20, 30].map((at) => ({ at, label: at === 0 ? "0" : `${at} bn` })) },
    marks: { kind: "stacked-bar", categories: weeks, series, horizontal: false },
    annotations: [],
    table: {
      columns: [{ title: "Week of", align: "left", weight: 1 }, ...series.map((item) => ({ title: item.name, align: "right" as const, weight: 1 }))],
      rows: weeks.map((week, i) => [{ text: week, tone: "plain" as const }, ...series.map((item) => ({ text: item.labels[i] ?? "—", tone: "plain" as const }))]),
      total: null,
    },
  };
}

export function explain({ figure, row }: ExplainQuery): Explanation {
  return {
    title: row ? `Spend, ${row.join(" · ")}` : "Spend, Q3 2026",
    value: row ? "$712,940.18" : "$2,480,002.36",
    formula: figure === "spend" ? "Σ tokens of each kind × the price in force at that hour ÷ 1,000,000" : "spend ÷ successful sessions",
    inputs: [
      { label: "Uncached input tokens", value: "131,204,118,004" },
      { label: "Cache-read tokens", value: "92,410,554,871" },
      { label: "Cache-write tokens, 5 min", value: "10,118,220,145" },
      { label: "Output tokens", value: "31,772,901,116" },
    ],
    prices: [
      { provider: "harbor", model: "harbor-l-2", tier: "standard", rates: "in 2.40 · cache read 0.24 · out 9.60", from: "2026-02-01T05:00:00Z", layer: "contract", source: "Order form 2026-01", tokens: "190,442,118,220", cost: "$801,554.20" },
      { provider: "lumen", model: "lumen-pro", tier: "standard", rates: "in 5.00 · out 20.00", from: null, layer: "list", source: "list prices, 18 Sep 2026", tokens: "61,880,412,119", cost: "$764,734.93" },
    ],
    files: [
      { name: "gateway-2026-07.csv", sha256: "1f0c1f0c1f0c1f0c", importedAt: "2026-08-01T09:12:00Z", rows: 1_204_118, from: "2026-07-01T04:00:00Z", to: "2026-08-01T03:59:59Z" },
      { name: "gateway-2026-08.csv", sha256: "2e9d2e9d2e9d2e9d", importedAt: "2026-09-01T09:05:00Z", rows: 1_311_907, from: "2026-08-01T04:00:00Z", to: "2026-09-01T03:59:59Z" },
    ],
    caveats: ["12,480 requests on lumen-pro-preview-0820 have no price and are not part of this figure."],
    citation: "Spend, All usage, Q3 2026 (1 Jul 2026 to 23 Sep 2026, America/New_York): USD 2,480,002.36.",
  };
}

export function home(): HomeView {
  return {
    today: "2026-09-23",
    now: "2026-09-23T18:00:00Z",
    coming: [{ key: "contract/harbor/notice/1", area: "contract", kind: "notice", day: "2026-10-02", title: "Harbor · Platform agreement", detail: "Last day for notice", owner: "", urgency: "month", link: { area: "contract", id: "0197a1c0-0000-7000-8000-000000000065" } }],
    attention: [
      {
        key: "contract/101", area: "contract", kind: "notice-deadline", urgency: "month", title: "Harbor · Harbor order form 2025", detail: "Notice by 2 Oct 2026, or it renews after 31 Dec 2026.", evidence: [],
        owner: "Priya Raman", due: "2026-10-02", daysLeft: 9, money: "renews $3.00M per year", action: "Decide on renewal", link: { area: "contract", id: "0197a1c0-0000-7000-8000-000000000065" },
      },
      {
        key: "contract/102", area: "contract", kind: "contract-end", urgency: "quarter", title: "Northwind · Northwind pilot", detail: "Ends on 31 Oct 2026.", evidence: [],
        owner: "Ines Okafor", due: "2026-10-31", daysLeft: 38, money: null, action: "Decide on renewal", link: { area: "contract", id: "0197a1c0-0000-7000-8000-000000000066" },
      },
      {
        key: "economics/unpriced-usage", area: "economics", kind: "unpriced-usage", urgency: "later", title: "1 model has no price", detail: "41.2M tokens since 20 Aug are not part of spend.", evidence: [],
        owner: "", due: null, daysLeft: null, money: null, action: "Add prices", link: { area: "price", id: null },
      },
    ],
    snoozed: [],
    snoozes: [{ label: "Until tomorrow, 24 Sep", until: "2026-09-24" }, { label: "Until Monday, 28 Sep", until: "2026-09-28" }],
    quarter: { key: "2026-Q3", label: "Q3 2026", tiles: tiles().filter((tile) => tile.key !== "tokens") },
    spendChart: economics({ period: "2026-Q3", by: ["vendor"], filters: [], limit: 7 }).chart,
    empty: false,
  };
}

export function dimensionValues({ dimension, text, limit }: DimensionValuesQuery): DimensionValues {
  const values = (BY[dimension] ?? []).map((line) => line.name).filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  return { values: values.slice(0, limit), labels: values.slice(0, limit), total: values.length };
}
