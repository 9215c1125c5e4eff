import type { DayPriced, FeedPairView, Money, ModelAlias, ReconciliationQuery, ReconciliationView, VendorMonthView } from "../types";
import { changeText, usd } from "./series";

export const aliases: ModelAlias[] = [
  { vendor: "harbor", alias: "harbor large 2", provider: "harbor", model: "harbor-l-2" },
  { vendor: "", alias: "northwind 4 (latest)", provider: "northwind", model: "northwind-4" },
];

export const feeds: FeedPairView[] = [
  { a: "prod gateway", aId: 1, b: "harbor console", bId: 2, basis: "this" },
  { a: "prod gateway", aId: 1, b: "batch jobs", bId: 3, basis: "both" },
];

export const priced: DayPriced[] = [
  { day: "2026-08-20", cost: usd(81.4), tokens: "8120400" },
  { day: "2026-08-21", cost: usd(140.02), tokens: "14002118" },
  { day: "2026-08-22", cost: usd(190.78), tokens: "19077800" },
];

const money = (value: number | null): Money | null => (value === null ? null : usd(value));

interface Evidence {
  computed: number | null;
  reported: number | null;
  billed: number | null;
  difference: number | null;
  share: number | null;
  causes: [VendorMonthView["causes"][number]["kind"], number][];
  remainder: number | null;
  unrecognised?: number;
  unpricedTokens?: string;
}

function month(vendor: string, key: string, label: string, it: Evidence): VendorMonthView {
  return {
    vendor, vendorName: vendor, month: key, monthLabel: label, computed: money(it.computed), reported: money(it.reported), billed: money(it.billed),
    metered: usd(it.computed ?? 0), spend: usd((it.computed ?? 0) + it.causes.reduce((sum, [, amount]) => sum + Math.max(0, amount), 0) + (it.computed === null ? (it.billed ?? 0) : 0)),
    difference: money(it.difference), share: it.share, shareText: it.share === null ? null : changeText(it.share), flagged: it.share !== null && Math.abs(it.share) > 0.02, lumpSum: false, incomplete: false, setAside: null,
    causes: it.causes.map(([kind, amount]) => ({ kind, amount: usd(amount) })), remainder: money(it.remainder),
    unrecognised: it.unrecognised === undefined ? null : usd(it.unrecognised), unpricedTokens: it.unpricedTokens ?? "0", finding: [],
  };
}

const MONTHS: VendorMonthView[] = [
  month("lumen", "2026-08", "Aug 2026", {
    computed: 64_790.12, reported: 64_810.4, billed: 66_940.55, difference: 2_150.43, share: 0.0332,
    causes: [["not-metered", 1_402.08], ["other-kinds", 612.01], ["unpriced", 412.2], ["not-billed", -314.06]], remainder: 38.2, unrecognised: 1_310.5, unpricedTokens: "41200318",
  }),
  month("harbor", "2026-09", "Sep 2026", { computed: 70_420.31, reported: 70_390.02, billed: 71_600.11, difference: 1_179.8, share: 0.0168, causes: [["other-kinds", 1_100]], remainder: 79.8 }),
  month("harbor", "2026-08", "Aug 2026", { computed: 165_820.9, reported: 181_040.77, billed: 166_480.4, difference: 659.5, share: 0.004, causes: [], remainder: 659.5 }),
  month("northwind", "2026-09", "Sep 2026", { computed: 127_590.6, reported: 139_420.18, billed: null, difference: null, share: null, causes: [], remainder: null }),
  month("open-images", "2026-09", "Sep 2026", { computed: null, reported: null, billed: 8_170.25, difference: null, share: null, causes: [], remainder: null }),
];

export function reconciliation({ period }: ReconciliationQuery): ReconciliationView {
  const known = aliases.map((item) => item.alias);
  return {
    period, label: "Q3 2026", currency: "USD", months: MONTHS, aliases, feeds,
    unresolved: [
      { vendor: "lumen", vendorName: "Lumen", model: "lumen flash ga (native)", tokens: "41200318", charged: usd(1_310.5), guess: { provider: "lumen", model: "lumen-flash" } },
      { vendor: "lumen", vendorName: "Lumen", model: "lumen-pro-preview-0820", tokens: "120480", charged: null, guess: null },
    ].filter((item) => !known.includes(item.model)),
  };
}
