import { useNavigate } from "@tanstack/react-router";
import { FileInput, FileOutput, Gauge, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, dayDatum, shareDatum, textDatum, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { SloRow } from "@/core/types";
import { BudgetBar } from "./BudgetBar";
import { NewSloDialog } from "./NewSloDialog";
import { SloExportDialog, SloFileDialog } from "./SloFileDialogs";
import "./slos.css";

export function SlosPage({ adding }: { adding: boolean }) {
  const t = useText();
  const navigate = useNavigate();
  const slos = useRpc("slos", null);
  const [asked, setAsked] = useState<"import" | "export" | null>(null);
  const columns = useMemo<Column<SloRow>[]>(
    () => [
      { id: "name", header: t("slo"), min: 200, cell: (row) => <Clip>{row.name}</Clip>, data: textDatum((row) => row.name), sort: true },
      { id: "kind", header: t("slo-kind"), width: t.lang === "en" ? 150 : 110, optional: true, cell: (row) => <Clip>{row.kindText}</Clip>, data: textDatum((row) => row.kindText), sort: true },
      { id: "objective", header: t("slo-objective"), term: "slo", width: 92, align: "right", cell: (row) => row.objectiveText, data: textDatum((row) => row.objectiveText) },
      { id: "sli", header: t("slo-sli"), term: "sli", width: 92, align: "right", cell: (row) => row.sliText, data: textDatum((row) => row.sliText) },
      { id: "left", header: t("slo-left"), term: "error-budget", width: 168, align: "right", cell: (row) => <BudgetBar row={row} />, data: shareDatum((row) => row.left), find: (row) => row.leftText, sort: true },
      { id: "burn", header: t("slo-burn"), term: "burn-rate", width: 96, optional: true, align: "right", cell: (row) => row.burnText, data: textDatum((row) => row.burnText) },
      { id: "gone", header: t("slo-gone"), term: "slo-gone", width: t.lang === "en" ? 136 : 146, optional: true, cell: (row) => row.goneText, data: dayDatum((row) => row.gone), find: (row) => row.goneText, sort: true },
      { id: "state", header: t("slo-state"), width: t.lang === "en" ? 156 : 138, cell: (row) => <Badge tone={row.tone}>{row.stateText}</Badge>, data: textDatum((row) => row.stateText), sort: true },
      { id: "owner", header: t("owner"), width: 130, optional: true, cell: (row) => <Clip>{row.owner || "—"}</Clip>, data: textDatum((row) => row.owner), sort: true },
    ],
    [t],
  );
  const ask = (open: boolean): void => void navigate({ to: "/slos", search: open ? { add: true } : {} });
  const add = <Button look="primary" icon={<Plus />} onClick={() => ask(true)} data-testid="slo-add">{t("slo-new")}</Button>;
  const bring = <Button icon={<FileInput />} onClick={() => setAsked("import")} data-testid="slo-import">{t("slo-import")}</Button>;
  const some = (slos.data ?? []).length > 0;
  const warnings = (slos.data ?? []).filter((row) => row.warning !== "");
  return (
    <div className="page">
      <PageHeader crumb={t("group-reliability")} title={t("nav-slos")} actions={<>{bring}{some ? <Button icon={<FileOutput />} onClick={() => setAsked("export")} data-testid="slo-export">{t("slo-export")}</Button> : null}{add}</>} />
      <div className="page-body stack">
        {slos.data ? (
          some ? (
            <>
              <DataTable label={t("nav-slos")} columns={columns} rows={slos.data} rowKey={(row) => row.id} storageKey="slos" initialSort={{ id: "left", desc: false }} onOpen={(row) => void navigate({ to: "/slos/$id", params: { id: row.id }, search: {} })} testid="slos-table" />
              {warnings.map((row) => <p key={row.id} className="section-note">{row.name}: {row.warning}</p>)}
            </>
          ) : (
            <EmptyState icon={<Gauge />} title={t("slos-empty-title")} text={t("slos-empty-text")} action={<>{add}<SampleLink /></>} />
          )
        ) : slos.error ? (
          <ErrorState error={slos.error} onRetry={() => void slos.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      {adding ? <NewSloDialog onClose={() => ask(false)} /> : null}
      {asked === "import" ? <SloFileDialog onClose={() => setAsked(null)} /> : null}
      {asked === "export" ? <SloExportDialog onClose={() => setAsked(null)} /> : null}
    </div>
  );
}
