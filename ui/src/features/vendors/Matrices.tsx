import { useNavigate } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { useMemo } from "react";
import { Clip, DataTable, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { DataTermsRow, ScorecardRow } from "@/core/types";
import { MarkDots } from "./MarkDots";

/** Every vendor by the six dimensions. */
export function ScorecardMatrix() {
  const t = useText();
  const navigate = useNavigate();
  const cards = useRpc("scorecards", null);
  const dimensions = cards.data?.dimensions;
  const columns = useMemo<Column<ScorecardRow>[]>(
    () => [
      { id: "vendor", header: t("vendor"), min: 140, cell: (row) => <Clip>{row.vendor || t("unnamed")}</Clip>, data: textDatum((row) => row.vendor), sort: true },
      ...(dimensions ?? []).map((name, at): Column<ScorecardRow> => ({
        id: `mark-${at}`, header: name, width: 128, sort: true, data: numberDatum((row) => row.marks[at] ?? null),
        cell: (row) => <Cell mark={row.marks[at] ?? null} stale={row.stale[at] ?? false} proposed={row.proposed[at] ?? null} />,
      })),
    ],
    [t, dimensions],
  );
  if (cards.error) return <ErrorState inline error={cards.error} onRetry={() => void cards.refetch()} />;
  if (!cards.data) return <LoadingState />;
  return (
    <div className="stack">
      <p className="section-note">{t("scorecards-note", { quarter: cards.data.quarterText })}</p>
      <DataTable label={t("scorecards")} columns={columns} rows={cards.data.rows} rowKey={(row) => row.vendorId} storageKey="scorecards" onOpen={(row) => void navigate({ to: "/vendors/$id", params: { id: row.vendorId }, search: { tab: "scorecard" } })} testid="scorecards-table" />
    </div>
  );
}

function Cell({ mark, stale, proposed }: { mark: number | null; stale: boolean; proposed: number | null }) {
  const t = useText();
  return (
    <>
      {mark === null ? <span className="faint">—</span> : <MarkDots mark={mark} faint={stale} />}
      {proposed === null ? null : <span className="section-note" title={t("scorecard-proposes", { mark: proposed })}> → {proposed}</span>}
    </>
  );
}

/** In the order in which the core gives their texts. */
const CLAUSES = ["training", "retention", "review", "storage", "processing", "subprocessors", "breach", "deletion", "ownership"] as const;

/** What contracts in force say of our data, side by side. */
export function DataTermsMatrix() {
  const t = useText();
  const navigate = useNavigate();
  const terms = useRpc("data_terms", null);
  const columns = useMemo<Column<DataTermsRow>[]>(
    () => [
      { id: "vendor", header: t("vendor"), min: 110, cell: (row) => <Clip>{row.vendor}</Clip>, data: textDatum((row) => row.vendor), sort: true },
      { id: "contract", header: t("contract"), min: 140, cell: (row) => <Clip>{row.contract}</Clip>, data: textDatum((row) => row.contract), sort: true, optional: true },
      ...CLAUSES.map((clause, at): Column<DataTermsRow> => ({ id: clause, header: t(`contract-clause-${clause}`), min: 104, sort: true, data: textDatum((row) => row.texts[at] ?? ""), cell: (row) => <Clip>{row.texts[at] ?? "—"}</Clip> })),
    ],
    [t],
  );
  if (terms.error) return <ErrorState inline error={terms.error} onRetry={() => void terms.refetch()} />;
  if (!terms.data) return <LoadingState />;
  if (terms.data.rows.length === 0) return <EmptyState inline icon={<ScrollText />} title={t("data-terms-empty")} text={t("data-terms-empty-text")} />;
  return (
    <div className="stack">
      <p className="section-note">{t("data-terms-note")}</p>
      <DataTable label={t("data-terms")} columns={columns} rows={terms.data.rows} rowKey={(row) => row.contractId} storageKey="data-terms" onOpen={(row) => void navigate({ to: "/contracts/$id", params: { id: row.contractId }, search: { tab: "clauses" } })} testid="data-terms-table" />
    </div>
  );
}
