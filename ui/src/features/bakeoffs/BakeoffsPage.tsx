import { useNavigate } from "@tanstack/react-router";
import { Plus, Scale } from "lucide-react";
import { useMemo } from "react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, dayDatum, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffRow, Stage, Tone } from "@/core/types";
import { NewBakeoffDialog } from "./NewBakeoffDialog";
import "./bakeoffs.css";

export const STAGE_TONE: Record<Stage, Tone> = { planned: "muted", results: "plain", scoring: "plain", scored: "good", signed: "good" };

/** `suite`: the one a new bake-off is on, where somebody comes from it. */
export function BakeoffsPage({ adding, suite }: { adding: boolean; suite: string }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const bakeoffs = useRpc("bakeoffs", null);
  const columns = useMemo<Column<BakeoffRow>[]>(
    () => [
      { id: "name", header: t("bakeoff"), min: 190, cell: (row) => <Clip>{row.name || t("unnamed")}</Clip>, data: textDatum((row) => row.name), sort: true },
      { id: "suite", header: t("suite"), term: "frozen-version", width: 168, cell: (row) => <Clip>{row.suite}</Clip>, data: textDatum((row) => row.suite), sort: true },
      { id: "cases", header: t("cases"), width: 72, align: "right", cell: (row) => format.count(row.cases), data: numberDatum((row) => row.cases), sort: true },
      { id: "candidates", header: t("candidates"), width: 92, optional: true, align: "right", cell: (row) => format.count(row.candidates), data: numberDatum((row) => row.candidates), sort: true },
      { id: "results", header: t("results"), width: 84, align: "right", cell: (row) => format.count(row.results), data: numberDatum((row) => row.results), sort: true },
      { id: "stage", header: t("stage"), term: "bakeoff-stage", width: t.lang === "en" ? 118 : 128, cell: (row) => <Badge tone={STAGE_TONE[row.stage]}>{row.stageText}</Badge>, data: textDatum((row) => row.stageText), sort: true },
      { id: "begin", header: t("bakeoff-begin"), term: "bakeoff-begin", width: 124, cell: (row) => (row.begin === null ? <span className="faint">—</span> : row.beginText), data: dayDatum((row) => row.begin), find: (row) => row.beginText, sort: true },
      { id: "owner", header: t("owner"), width: 130, optional: true, cell: (row) => <Clip>{row.owner || "—"}</Clip>, data: textDatum((row) => row.owner), sort: true },
    ],
    [t, format],
  );
  const ask = (open: boolean): void => void navigate({ to: "/bakeoffs", search: open ? { add: true } : {} });
  const add = <Button look="primary" icon={<Plus />} onClick={() => ask(true)} data-testid="bakeoff-add">{t("bakeoff-new")}</Button>;
  return (
    <div className="page">
      <PageHeader crumb={t("group-vendors")} title={t("nav-bakeoffs")} actions={add} />
      <div className="page-body">
        {bakeoffs.data ? (
          bakeoffs.data.length === 0 ? (
            <EmptyState icon={<Scale />} title={t("bakeoffs-empty-title")} text={t("bakeoffs-empty-text")} action={<>{add}<SampleLink /></>} />
          ) : (
            <DataTable label={t("nav-bakeoffs")} columns={columns} rows={bakeoffs.data} rowKey={(row) => row.id} storageKey="bakeoffs" initialSort={{ id: "begin", desc: false }} onOpen={(row) => void navigate({ to: "/bakeoffs/$id", params: { id: row.id }, search: {} })} testid="bakeoffs-table" />
          )
        ) : bakeoffs.error ? (
          <ErrorState error={bakeoffs.error} onRetry={() => void bakeoffs.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      {adding ? <NewBakeoffDialog suite={suite} onClose={() => ask(false)} /> : null}
    </div>
  );
}
