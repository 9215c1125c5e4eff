import { useNavigate } from "@tanstack/react-router";
import { Plus, Siren } from "lucide-react";
import { useMemo } from "react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, dayDatum, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { IncidentRow } from "@/core/types";
import { DeclareDialog } from "./DeclareDialog";
import { SEVERITY_TONE } from "./kinds";

export function IncidentsPage({ adding }: { adding: boolean }) {
  const t = useText();
  const navigate = useNavigate();
  const incidents = useRpc("incidents", null);
  const columns = useMemo<Column<IncidentRow>[]>(
    () => [
      { id: "number", header: t("incident-number"), width: 80, cell: (row) => row.code, data: numberDatum((row) => row.number), find: (row) => row.code, sort: true },
      { id: "title", header: t("incident"), min: 200, cell: (row) => <Clip>{row.title}</Clip>, data: textDatum((row) => row.title), sort: true },
      { id: "severity", header: t("incident-severity"), term: "severity", width: 86, cell: (row) => <Badge tone={SEVERITY_TONE[row.severity]}>{row.severityText}</Badge>, data: textDatum((row) => row.severityText), sort: true },
      { id: "status", header: t("incident-status"), width: t.lang === "en" ? 134 : 92, cell: (row) => <Badge tone={row.tone}>{row.statusText}</Badge>, data: textDatum((row) => row.statusText), sort: true },
      { id: "kind", header: t("incident-kind"), width: 150, optional: true, cell: (row) => <Clip>{row.kindText}</Clip>, data: textDatum((row) => row.kindText), sort: true },
      { id: "day", header: t("incident-day"), width: t.lang === "en" ? 106 : 128, cell: (row) => row.dayText, data: dayDatum((row) => row.day), find: (row) => row.dayText, sort: true },
      { id: "resolve", header: t("incident-resolve"), term: "ttr", width: t.lang === "en" ? 104 : 132, align: "right", cell: (row) => row.resolveText, data: numberDatum((row) => row.resolve), sort: true },
      { id: "vendors", header: t("nav-vendors"), width: 120, optional: true, cell: (row) => <Clip>{row.vendors || "—"}</Clip>, data: textDatum((row) => row.vendors), sort: true },
      { id: "commander", header: t("incident-commander"), width: 130, optional: true, cell: (row) => <Clip>{row.commander || "—"}</Clip>, data: textDatum((row) => row.commander), sort: true },
    ],
    [t],
  );
  const ask = (open: boolean): void => void navigate({ to: "/incidents", search: open ? { add: true } : {} });
  const add = <Button look="primary" icon={<Plus />} onClick={() => ask(true)} data-testid="incident-add">{t("incident-declare")}</Button>;
  return (
    <div className="page">
      <PageHeader crumb={t("group-reliability")} title={t("nav-incidents")} actions={add} />
      <div className="page-body">
        {incidents.data ? (
          incidents.data.length === 0 ? (
            <EmptyState icon={<Siren />} title={t("incidents-empty-title")} text={t("incidents-empty-text")} action={<>{add}<SampleLink /></>} />
          ) : (
            <DataTable label={t("nav-incidents")} columns={columns} rows={incidents.data} rowKey={(row) => row.id} storageKey="incidents" initialSort={{ id: "number", desc: true }} onOpen={(row) => void navigate({ to: "/incidents/$id", params: { id: row.id }, search: {} })} testid="incidents-table" />
          )
        ) : incidents.error ? (
          <ErrorState error={incidents.error} onRetry={() => void incidents.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      {adding ? <DeclareDialog onClose={() => ask(false)} /> : null}
    </div>
  );
}
