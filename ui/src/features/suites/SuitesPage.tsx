import { useNavigate } from "@tanstack/react-router";
import { FileInput, FlaskConical, Plus } from "lucide-react";
import { useMemo } from "react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { SuiteRow } from "@/core/types";
import { NewSuiteDialog } from "./NewSuiteDialog";
import "./suites.css";

export function SuitesPage({ adding }: { adding: boolean }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const suites = useRpc("suites", null);
  const columns = useMemo<Column<SuiteRow>[]>(
    () => [
      { id: "name", header: t("suite"), min: 200, cell: (row) => <Clip>{row.name || t("unnamed")}</Clip>, data: textDatum((row) => row.name), sort: true },
      { id: "kind", header: t("suite-kind"), term: "suite-kind", width: 96, cell: (row) => t(`suite-kind-${row.kind}`), data: textDatum((row) => t(`suite-kind-${row.kind}`)), sort: true },
      { id: "cases", header: t("cases"), width: 90, align: "right", cell: (row) => row.casesText, data: numberDatum((row) => row.cases), sort: true, total: {} },
      { id: "frozen", header: t("suite-frozen"), term: "frozen-version", width: 158, cell: (row) => (row.frozen === null ? <span className="faint">{t("suite-not-frozen")}</span> : t("suite-frozen-at", { version: row.frozen, date: row.frozenAt ?? "—" })), data: numberDatum((row) => row.frozen), find: (row) => row.frozenAt ?? "", sort: true },
      { id: "draft", header: t("suite-draft"), term: "suite-draft", width: 130, cell: (row) => (row.hasDraft ? <Badge tone="plain">{t("suite-has-draft")}</Badge> : <span className="faint">—</span>), data: textDatum((row) => (row.hasDraft ? t("suite-has-draft") : null)), sort: true },
      { id: "bakeoffs", header: t("nav-bakeoffs"), width: 92, align: "right", cell: (row) => format.count(row.bakeoffs), data: numberDatum((row) => row.bakeoffs), sort: true },
      { id: "owner", header: t("owner"), width: 140, optional: true, cell: (row) => <Clip>{row.owner || "—"}</Clip>, data: textDatum((row) => row.owner), sort: true },
      { id: "purpose", header: t("suite-purpose"), min: 160, hidden: true, cell: (row) => <Clip>{row.purpose || "—"}</Clip>, data: textDatum((row) => row.purpose) },
    ],
    [t, format],
  );
  const ask = (open: boolean): void => void navigate({ to: "/suites", search: open ? { add: true } : {} });
  const bring = <Button look="primary" icon={<FileInput />} onClick={() => void navigate({ to: "/suites/import", search: {} })} data-testid="cases-import">{t("cases-import")}</Button>;
  return (
    <div className="page">
      <PageHeader crumb={t("group-vendors")} title={t("nav-suites")} actions={<><Button icon={<Plus />} onClick={() => ask(true)} data-testid="suite-add">{t("suite-new")}</Button>{bring}</>} />
      <div className="page-body">
        {suites.data ? (
          suites.data.length === 0 ? (
            <EmptyState icon={<FlaskConical />} title={t("suites-empty-title")} text={t("suites-empty-text")} action={<>{bring}<SampleLink /></>} />
          ) : (
            <DataTable label={t("nav-suites")} columns={columns} rows={suites.data} rowKey={(row) => row.id} storageKey="suites" onOpen={(row) => void navigate({ to: "/suites/$id", params: { id: row.id }, search: {} })} testid="suites-table" />
          )
        ) : suites.error ? (
          <ErrorState error={suites.error} onRetry={() => void suites.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      {adding ? <NewSuiteDialog onClose={() => ask(false)} /> : null}
    </div>
  );
}
