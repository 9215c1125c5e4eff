import { useMemo } from "react";
import { Tag } from "@/components/Badge";
import { Clip, DataTable, moneyDatum, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { useFormat } from "@/core/format";
import { useText, type Text } from "@/core/text";
import type { CostSource, ImportPlan, ModelRow } from "@/core/types";

/** What the file's rows cost by model, each by its own evidence. */
export function Models({ plan }: { plan: ImportPlan }) {
  const t = useText();
  const format = useFormat();
  const columns = useMemo<Column<ModelRow>[]>(() => {
    const one = (row: ModelRow) => (row.cost.length === 1 ? (row.cost[0] ?? null) : null);
    const sources = (row: ModelRow): string => [...new Set(row.sources.map((source) => sourceName(t, source)))].join(", ");
    return [
      { id: "model", header: t("model"), min: 180, cell: (row) => <Clip>{row.model || t("not-given")}</Clip>, data: textDatum((row) => row.model), sort: true },
      { id: "vendor", header: t("vendor"), width: 130, optional: true, cell: (row) => <Clip>{row.vendorName || t("not-given")}</Clip>, data: textDatum((row) => row.vendorName), sort: true },
      { id: "requests", header: t("requests"), width: 110, align: "right", cell: (row) => format.count(row.requests), data: numberDatum((row) => row.requests), sort: true, total: {} },
      { id: "tokens", header: t("tile-tokens"), width: 150, align: "right", cell: (row) => format.count(row.tokens), data: numberDatum((row) => row.tokens), sort: true, total: {} },
      { id: "source", header: t("cost-source"), term: "cost-source", width: 190, cell: (row) => <Sources row={row} text={sources(row)} />, data: textDatum(sources) },
      {
        id: "cost", header: t("cost-of-model"), width: 140, align: "right",
        cell: (row) => <span title={row.cost.map(format.moneyExact).join(" + ")}>{row.cost.map((money) => format.money(money)).join(" + ") || "—"}</span>,
        data: [{ ...moneyDatum(one), title: t("cost-of-model") }, { ...textDatum<ModelRow>((row) => one(row)?.currency ?? null), title: t("currency") }],
        sort: true, total: { currency: (row) => one(row)?.currency ?? null },
      },
    ];
  }, [t, format]);
  if (plan.models.length === 0) return null;
  return (
    <section className="stack plan-models" style={{ gap: 8 }}>
      <h2 className="section-title">{t("cost-by-model")}</h2>
      <DataTable label={t("cost-by-model")} columns={columns} rows={plan.models} rowKey={(row) => `${row.vendor}/${row.model}`} storageKey="plan-models" testid="plan-models" />
    </section>
  );
}

const sourceName = (t: Text, source: CostSource): string => (source.kind === "price" ? t(`layer-${source.layer}`) : t(`cost-source-${source.kind}`));

/** Whose price it is, where it was read on hover; tokens without a price are said with their number. */
function Sources({ row, text }: { row: ModelRow; text: string }) {
  const t = useText();
  const format = useFormat();
  const read = [...new Set(row.sources.flatMap((source) => (source.kind === "price" && source.name ? [source.name] : [])))].join(", ");
  const unpriced = row.unpricedTokens !== "0";
  return (
    <span className="clip" title={[read, unpriced ? t("cost-unpriced-tokens", { tokens: format.count(row.unpricedTokens) }) : ""].filter(Boolean).join(". ")}>
      <span className={unpriced ? "truncate tone-warn" : "truncate"}>{text || "—"}</span>
      {unpriced && row.sources.some((source) => source.kind === "price") ? <Tag>{t("cost-partly")}</Tag> : null}
    </span>
  );
}
