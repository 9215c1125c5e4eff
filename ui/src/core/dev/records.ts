import type { ActivityEntry, Backup, Contract, ContractRow, ContractsView, ContractView, PriceHistory, PriceList, PriceRow, PriceSource, PeopleView, Rates, RecordRef, RecordView, Vendor, VendorRow } from "../types";
import { DAY, uuid, usd } from "./series";

export const vendors: Vendor[] = [
  vendor(1, "Harbor", "incumbent", "Ines Ortega", "medium", ["harbor"]),
  vendor(2, "Northwind", "approved", "Ines Ortega", "low", ["northwind", "northwind-ai"]),
  vendor(3, "Lumen", "approved", "Tomasz Wolski", "high", ["lumen"]),
  vendor(4, "Open 70B (self-hosted)", "candidate", "Priya Raman", null, ["vllm"]),
];

function vendor(seed: number, name: string, status: Vendor["status"], owner: string, riskTier: Vendor["riskTier"], providerKeys: string[]): Vendor {
  return {
    id: uuid(seed), name, status, owner, riskTier, website: `https://${providerKeys[0] ?? "vendor"}.example`, protocol: "openai-compatible", endpoint: "", notes: "",
    contacts: seed < 4 ? [{ name: "Ana Petrescu", role: "Account manager", email: `ana@${providerKeys[0] ?? "vendor"}.example` }] : [],
    providerKeys,
  };
}

function contract(seed: number, vendorId: string, title: string, patch: Partial<Contract>): Contract {
  return {
    id: uuid(seed), vendorId, title, kind: "order-form", owner: "Ines Ortega", parties: "Meridian Health Inc.", start: "2025-01-01", initialTermMonths: 12,
    end: null, autoRenew: true, renewalTermMonths: 12, noticeMinDays: 90, noticeMaxDays: 180, noticeGiven: null, currency: "USD", commitment: null,
    commitmentPeriod: null, notes: "", ...patch,
  };
}

export const contracts: ContractRow[] = [
  {
    contract: contract(101, uuid(1), "Harbor order form 2025", { commitment: usd(3_000_000), commitmentPeriod: "year" }),
    vendorName: "Harbor", term: { from: "2026-01-01", to: "2026-12-31", renewals: 1 },
    deadline: { date: "2026-10-02", daysLeft: 9, earliest: "2026-07-04", kind: "notice", urgency: "month" }, state: "active",
  },
  {
    contract: contract(102, uuid(2), "Northwind pilot", { autoRenew: false, end: "2026-10-31", start: "2026-05-01", renewalTermMonths: null, noticeMinDays: null, noticeMaxDays: null }),
    vendorName: "Northwind", term: { from: "2026-05-01", to: "2026-10-31", renewals: 0 },
    deadline: { date: "2026-10-31", daysLeft: 38, earliest: null, kind: "end", urgency: "quarter" }, state: "active",
  },
  {
    contract: contract(103, uuid(3), "Lumen master agreement", { kind: "msa", start: "2024-03-01", initialTermMonths: 36, noticeMinDays: 60 }),
    vendorName: "Lumen", term: { from: "2024-03-01", to: "2027-02-28", renewals: 0 },
    deadline: { date: "2026-12-30", daysLeft: 98, earliest: null, kind: "notice", urgency: "later" }, state: "active",
  },
];

export function vendorRows(): VendorRow[] {
  return vendors.map((item, index) => ({
    vendor: item,
    contracts: contracts.filter((row) => row.contract.vendorId === item.id).length,
    nextDeadline: contracts.find((row) => row.contract.vendorId === item.id)?.deadline ?? null,
    spendThisQuarter: index < 3 ? usd([1_116_864.88, 598_402.55, 764_734.93][index] ?? 0) : null,
    models: [3, 1, 2, 1][index] ?? 0,
  }));
}

export function contractsView(): ContractsView {
  const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
  const start = at("2026-07-01");
  const months = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((month) => Date.UTC(2026, 6 + month, 1));
  return {
    rows: contracts,
    timeline: {
      title: "Terms and deadlines", subtitle: "Current term of each contract; diamonds are the last day for notice", summary: "The next deadline is Harbor on 2 October 2026.",
      x: { label: "", min: start, max: at("2027-03-01"), ticks: months.map((month) => ({ at: month, label: new Date(month).toLocaleString("en-US", { month: "short", timeZone: "UTC" }) })) },
      y: { label: "", min: 0, max: contracts.length, ticks: [] },
      marks: {
        kind: "timeline",
        lanes: contracts.map((row) => ({
          name: row.contract.title,
          spans: row.term ? [{ from: at(row.term.from), to: at(row.term.to) + DAY, label: `${row.term.from} to ${row.term.to}`, colour: "accent" as const }] : [],
          marks: row.deadline ? [{ at: at(row.deadline.date), label: `${row.deadline.kind}: ${row.deadline.date}`, colour: row.deadline.daysLeft < 30 ? ("warn" as const) : ("ink" as const) }] : [],
        })),
      },
      annotations: [{ kind: "event", at: at("2026-09-23"), label: "today" }],
      table: {
        columns: [{ title: "Contract", align: "left", weight: 2 }, { title: "Deadline", align: "left", weight: 1 }],
        rows: contracts.map((row) => [{ text: row.contract.title, tone: "plain" as const }, { text: row.deadline?.date ?? "—", tone: "plain" as const }]),
        total: null,
      },
    },
  };
}

export function contractView(id: string): ContractView {
  const row = contracts.find((item) => item.contract.id === id) ?? contracts[0];
  if (!row) throw new Error("fixture");
  return {
    strip: [{ label: "Running term", text: "1 Jan – 31 Dec 2026", note: "renewed once", tone: "plain" }],
    drawdown: { committed: usd(3_000_000), drawn: usd(2_040_000), period: "1 Jan – 31 Dec 2026", share: 0.68, even: 0.73, shareText: "68.0 %", pace: "$150k behind an even pace", projection: "At this pace $210k of it stays undrawn.", usedUp: null, tone: "warn" },
    settled: null,
    credits: [],
    row,
    prices: prices.filter((price) => price.layer === "contract"),
    upcoming: [
      { date: "2026-07-04", what: "notice-opens" }, { date: "2026-10-02", what: "notice" }, { date: "2027-01-01", what: "renewal" },
    ],
    explanation: "The term running today is 1 Jan 2026 to 31 Dec 2026, the first renewal of 12 months. Notice at least 90 days before its end means by 2 Oct 2026.",
  };
}

function rates(input: string, output: string, cacheRead: string | null = null): Rates {
  return { input, cacheRead, cacheWrite5m: cacheRead ? String(Number(input) * 1.25) : null, cacheWrite1h: null, output, inputAudio: null, inputImage: null, outputAudio: null, outputImage: null };
}

export const prices: PriceRow[] = [
  price(1, "harbor", "harbor-l-2", rates("2.4", "9.6", "0.24"), "contract", "Order form 2025"),
  price(2, "harbor", "harbor-s-2", rates("0.3", "1.2", "0.03"), "contract", "Order form 2025"),
  price(3, "northwind", "northwind-4", rates("2", "8", "0.2"), "override", "typed in, 4 May"),
  price(4, "lumen", "lumen-pro", rates("5", "20"), "list", "list prices"),
  price(5, "lumen", "lumen-flash", rates("0.15", "0.6", "0.0375"), "list", "list prices"),
  ...Array.from({ length: 195 }, (_, i) =>
    price(6 + i, ["azure", "bedrock", "vertex", "openrouter", "mistral"][i % 5] ?? "azure", `model-${String.fromCharCode(97 + (i % 26))}${Math.floor(i / 26) + 1}-2026`, rates((0.1 + (i % 17) * 0.35).toFixed(2), (0.4 + (i % 13) * 1.1).toFixed(2), i % 3 ? "0.05" : null), "list", "list prices"),
  ),
];

function price(seed: number, provider: string, model: string, value: Rates, layer: PriceRow["layer"], source: string): PriceRow {
  return {
    id: uuid(5000 + seed), provider, model, channel: "direct", region: "", tier: "standard", from: layer === "list" ? null : "2026-02-01T05:00:00Z", to: null,
    currency: "USD", rates: value, contextTiers: seed === 4 ? [{ aboveTokens: 200_000, rates: rates("10", "30") }] : [], layer,
    contractId: layer === "contract" ? uuid(101) : null, source, basis: "",
  };
}

/** Our usage is Harbor's and Lumen's. */
export function priceList(search: string, limit: number, used: boolean): PriceList {
  const found = prices.filter((row) => (!used || row.provider === "harbor" || row.provider === "lumen") && `${row.provider} ${row.model}`.includes(search.toLowerCase()));
  return { rows: found.slice(0, limit), total: search || used ? found.length : 1386, notInForce: 0, models: 1102, used: 2, vendorNames: { harbor: "Harbor AI" }, snapshotDate: "2026-09-18" };
}

export function priceHistory(provider: string, model: string): PriceHistory {
  const found = prices.find((row) => row.provider === provider && row.model === model) ?? prices[0];
  if (!found) throw new Error("fixture");
  const older: PriceRow = { ...found, id: uuid(7001), from: "2025-06-01T04:00:00Z", to: "2026-02-01T05:00:00Z", rates: { ...found.rates, input: "3", output: "12" }, layer: "list", source: "list prices" };
  const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
  const x = [at("2025-06-01"), at("2026-02-01"), at("2026-09-23")];
  const line = (name: string, colour: "series1" | "series3" | "series2", values: number[]) => ({ name, colour, values, labels: values.map((value) => `$${value.toFixed(2)}`) });
  return {
    provider, vendorName: provider, model, tier: "standard", tiers: ["standard", "batch"], rows: [found, older], applies: found.id,
    chart: {
      title: `${model}: input fell 20 % on 1 Feb 2026`, subtitle: "USD per million tokens, standard tier", summary: "Input went from 3.00 to 2.40 USD on 1 February 2026.",
      x: { label: "", min: x[0] ?? 0, max: x[2] ?? 1, ticks: [at("2025-06-01"), at("2025-10-01"), at("2026-02-01"), at("2026-06-01")].map((tick, i) => ({ at: tick, label: ["Jun 2025", "Oct", "Feb 2026", "Jun"][i] ?? "" })) },
      y: { label: "", min: 0, max: 15, ticks: [0, 5, 10, 15].map((tick) => ({ at: tick, label: `$${tick}` })) },
      marks: { kind: "line", x, xLabels: ["1 Jun 2025", "1 Feb 2026", "today"], series: [line("Input", "series1", [3, 2.4, 2.4]), line("Cache read", "series2", [0.3, 0.24, 0.24]), line("Output", "series3", [12, 9.6, 9.6])], bands: [], step: true },
      annotations: [],
      table: { columns: [{ title: "From", align: "left", weight: 1 }, { title: "Input", align: "right", weight: 1 }], rows: [[{ text: "1 Feb 2026", tone: "plain" }, { text: "2.40", tone: "plain" }]], total: null },
    },
  };
}

export const priceSources: PriceSource[] = [
  { name: "LiteLLM model prices", rows: 1384, date: "2026-09-18", licence: "MIT", notice: "Copyright (c) 2023 Berri AI. Converted to effective-dated rows; rates in USD per million tokens." },
  { name: "Order form 2025", rows: 2, date: "2026-02-01", licence: "", notice: "" },
];

export const backups: Backup[] = [
  { path: "/home/ines/Quarterdeck/backups/meridian-2026-09-23-0801.qdk", takenAt: "2026-09-23T12:01:00Z", bytes: 41_200_128, reason: "daily" },
  { path: "/home/ines/Quarterdeck/backups/meridian-2026-09-01-0905.qdk", takenAt: "2026-09-01T13:05:00Z", bytes: 38_911_488, reason: "import" },
  { path: "/home/ines/Quarterdeck/backups/meridian-2026-08-14-1011.qdk", takenAt: "2026-08-14T14:11:00Z", bytes: 36_002_816, reason: "migration" },
];

export const activity: ActivityEntry[] = [
  { id: uuid(801), at: "2026-09-23T13:58:00Z", what: "Contract", action: "changed", subject: "Harbor order form 2025", undone: false, undoable: true, changes: [{ label: "Notice at least, days", before: "60", after: "90" }], moved: [] },
  { id: uuid(802), at: "2026-09-22T09:14:00Z", what: "Import", action: "imported", subject: "gateway-2026-09.csv", undone: false, undoable: false, changes: [], moved: [] },
  { id: uuid(803), at: "2026-09-20T16:40:00Z", what: "Vendor", action: "added", subject: "Open 70B (self-hosted)", undone: true, undoable: false, changes: [], moved: [] },
];

/** What each record carries in the made-up workspace. */
export function recordView(about: RecordRef): RecordView {
  return {
    attachments: [{ id: uuid(900), name: "harbor-order-form-2025-signed.pdf", bytes: 482_110, sha256: "9f3c…", addedAt: "2026-01-08T15:20:00Z" }],
    comments: [{ id: uuid(910), about, author: "Tomasz Wolski", text: "Asked for a bridge of three months in case the bake-off is late.", at: "2026-09-14T09:20:00Z" }],
    links: contracts.slice(1, 2).map((row) => ({ link: { area: "contract", id: row.contract.id }, what: "Contract", title: row.contract.title, detail: row.vendorName, gone: false })),
  };
}

export const people: PeopleView = {
  people: [
    { person: { id: uuid(950), name: "Tomasz Wolski", names: ["T. Wolski"], role: "AI platform lead", email: "wolski@northwind.example", deputyId: uuid(951) }, deputy: "Lin Xiaowen", owns: contracts.slice(0, 2).map((row) => ({ link: { area: "contract", id: row.contract.id }, title: row.contract.title, detail: row.vendorName, answer: false })) },
    { person: { id: uuid(951), name: "Lin Xiaowen", names: ["林晓雯"], role: "Finance partner", email: "", deputyId: null }, deputy: "", owns: [] },
  ],
  unknown: [{ name: "Mara Holt", owns: contracts.slice(0, 1).map((row) => ({ link: { area: "contract", id: row.contract.id }, title: row.contract.title, detail: row.vendorName, answer: false })) }],
};
