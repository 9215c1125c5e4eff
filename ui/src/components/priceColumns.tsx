import type { Format } from "@/core/format";
import type { Text } from "@/core/text";
import type { PriceRow, Rates } from "@/core/types";
import { Tag } from "./Badge";
import { Clip, instantDatum, numberDatum, textDatum, type Column } from "./DataTable";

const RATE_KEYS: { key: keyof Rates; id: string; width: number; optional?: boolean }[] = [
  { key: "input", id: "input", width: 76 },
  { key: "cacheRead", id: "cache-read", width: 88 },
  { key: "cacheWrite5m", id: "cache-write-5m", width: 92, optional: true },
  { key: "cacheWrite1h", id: "cache-write-1h", width: 84, optional: true },
  { key: "output", id: "output", width: 80 },
];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Rates per million tokens, one column per kind; a kind that is not offered is a dash. A contract shows its dates, the book its layers. */
export function priceColumns(t: Text, format: Format, where: "book" | "contract", names: Partial<Record<string, string>> = {}): Column<PriceRow>[] {
  const vendor = (row: PriceRow): string => names[row.provider] ?? row.provider;
  return [
    { id: "model", header: t("model"), cell: (row) => <Clip note={row.contextTiers.length > 0 ? <span title={t("price-context-tiers-note")}><Tag>{t("price-context-tiers")}</Tag></span> : undefined}>{row.model}</Clip>, data: textDatum((row) => row.model), sort: true },
    ...(where === "book"
      ? [{ id: "provider", header: t("vendor"), width: 104, cell: (row: PriceRow) => <Clip>{vendor(row)}</Clip>, data: textDatum(vendor), sort: true as const }]
      : []),
    { id: "tier", header: t("price-tier"), term: "service-tier", width: 84, cell: (row) => <span className="mut">{t.has(`tier-${row.tier}`) ? t(`tier-${row.tier}`) : row.tier}</span>, data: textDatum((row) => (t.has(`tier-${row.tier}`) ? t(`tier-${row.tier}`) : row.tier)), sort: true },
    ...RATE_KEYS.map(({ key, id, width, optional = false }): Column<PriceRow> => ({
      optional,
      id, header: t(`rate-${id}`), term: `rate-${id}`, width, align: "right",
      cell: (row) => (row.rates[key] === null ? <span className="faint">—</span> : format.decimal(row.rates[key], 2)),
      data: numberDatum((row) => row.rates[key]), sort: true, digits: (row) => format.decimal(row.rates[key], 2),
    })),
    { id: "currency", header: t("currency"), width: 80, cell: (row) => <span className="mut">{row.currency}</span>, data: textDatum((row) => row.currency) },
    ...(where === "contract"
      ? [
          { id: "from", header: t("price-from"), term: "effective-from", width: 104, cell: (row: PriceRow) => (row.from ? format.instantDay(row.from) : <span className="mut">{t("since-ever")}</span>), data: instantDatum((row: PriceRow) => row.from), sort: (a: PriceRow, b: PriceRow) => byText(a.from ?? "", b.from ?? "") },
          { id: "to", header: t("price-to"), width: 104, cell: (row: PriceRow) => (row.to ? format.instantDay(row.to) : <span className="mut">{t("price-in-force")}</span>), data: instantDatum((row: PriceRow) => row.to), sort: true as const },
        ]
      : [{ id: "layer", header: t("price-layer"), term: "price-layer", width: 80, cell: (row: PriceRow) => <Tag accent={row.layer !== "list"}>{t(`layer-${row.layer}`)}</Tag>, data: textDatum((row: PriceRow) => t(`layer-${row.layer}`)), sort: true as const }]),
  ];
}
