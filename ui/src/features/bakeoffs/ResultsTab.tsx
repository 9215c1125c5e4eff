import { useNavigate } from "@tanstack/react-router";
import { FileInput, Undo2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Tag } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Clip, DataTable, instantDatum, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { AlertDialog } from "@/components/Dialog";
import { EmptyState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffView, ResultImportView } from "@/core/types";
import { ScorersSection } from "./ScorersSection";

/** What came in, the newest first, each import to be taken back as a whole; below it the rules that score what came in. */
export function ResultsTab({ view }: { view: BakeoffView }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const revert = useMutate("results_revert");
  const undo = useMutate("undo");
  const [asked, setAsked] = useState<ResultImportView | null>(null);
  const columns = useMemo<Column<ResultImportView>[]>(
    () => [
      { id: "name", header: t("file"), min: 200, cell: (row) => <Clip note={row.reverted ? <Tag>{t("results-reverted-tag")}</Tag> : null}>{row.name}</Clip>, data: textDatum((row) => row.name), sort: true },
      { id: "format", header: t("results-format"), width: 170, cell: (row) => <Clip>{t.has(`bakeoff-format-${row.format}`) ? t(`bakeoff-format-${row.format}`) : row.format}</Clip>, data: textDatum((row) => row.format) },
      { id: "at", header: t("results-at"), width: 176, cell: (row) => format.instant(row.at), data: instantDatum((row) => row.at), sort: true },
      { id: "results", header: t("results"), width: 92, align: "right", cell: (row) => format.count(row.results), data: numberDatum((row) => row.results), sort: true },
      { id: "unmatched", header: t("results-unmatched"), term: "results-unmatched", width: 100, align: "right", cell: (row) => (row.unmatched === 0 ? <span className="faint">—</span> : format.count(row.unmatched)), data: numberDatum((row) => row.unmatched), sort: true },
      { id: "actions", header: "", width: 60, align: "right", cell: (row) => (row.reverted ? null : <IconButton label={t("results-revert", { name: row.name })} onClick={() => setAsked(row)}><Undo2 /></IconButton>) },
    ],
    [t, format],
  );
  const bring = <Button look="primary" icon={<FileInput />} onClick={() => void navigate({ to: "/bakeoffs/$id/import", params: { id: view.row.id }, search: {} })}>{t("results-import")}</Button>;
  if (view.imports.length === 0) return <EmptyState inline icon={<FileInput />} title={t("results-empty-title")} text={t("results-empty-text")} action={bring} />;
  return (
    <>
      <DataTable label={t("results")} columns={columns} rows={view.imports} rowKey={(row) => row.id} storageKey="bakeoff-results" compact testid="results-table" />
      <ScorersSection view={view} />
      <AlertDialog
        open={asked !== null}
        danger
        onClose={() => setAsked(null)}
        onConfirm={() => asked && revert.mutate({ id: asked.id }, { onSuccess: () => toast.say(t("results-reverted", { name: asked.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail })}
        title={t("results-revert-title", { name: asked?.name ?? "" })}
        text={`${t("results-revert-text", { count: asked?.results ?? 0, results: format.count(asked?.results ?? 0) })}${view.row.stage === "signed" ? ` ${t("rests-on-signed")}` : ""}`}
        confirm={t("results-revert-go")}
      />
    </>
  );
}
