import { useNavigate } from "@tanstack/react-router";
import { Check, Ellipsis, Import, Undo2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { Badge, Tag } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Clip, DataTable, dayDatum, instantDatum, numberDatum, textDatum, type BulkAction, type Column } from "@/components/DataTable";
import { DataNav } from "@/components/DataNav";
import { AlertDialog } from "@/components/Dialog";
import { Menu } from "@/components/Menu";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { Tooltip } from "@/components/Tooltip";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Answer, ImportRow } from "@/core/types";
import { CoveragePanel } from "./CoveragePanel";
import "./imports.css";

const ANSWERS: Answer[] = ["keep", "replace", "add"];

export function ImportsPage() {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const imports = useRpc("imports", null);
  const revert = useMutate("import_revert");
  const undo = useMutate("undo");
  const revertAll = useMutate("imports_revert");
  const undoAll = useMutate("undo_together");
  const [asked, setAsked] = useState<ImportRow | null>(null);
  const [chosen, setChosen] = useState<ImportRow | null>(null);
  const [askedAll, setAskedAll] = useState<{ rows: ImportRow[]; done: () => void } | null>(null);
  const bulk = useMemo<BulkAction<ImportRow>[]>(() => [{ key: "revert", label: t("imports-revert"), icon: <Undo2 />, danger: true, run: (rows, done) => setAskedAll({ rows, done }) }], [t]);
  const { mutate: answer } = useMutate("import_answer");
  const { mutate: takeBack } = undo;
  const change = useCallback(
    (row: ImportRow, onConflict: Answer): void =>
      answer({ id: row.id, onConflict }, {
        onSuccess: () => toast.say(t("import-answer-changed", { name: row.name }), { note: t(`import-answered-${onConflict}-note`), action: { label: t("undo"), run: () => takeBack(null) } }),
        onError: toast.fail,
      }),
    [answer, takeBack, toast, t],
  );

  const columns = useMemo<Column<ImportRow>[]>(
    () => [
      { id: "name", header: t("import-file"), min: 190, cell: (row) => <Clip note={row.answer ? <Answered answer={row.answer} /> : undefined}>{row.name}</Clip>, data: textDatum((row) => row.name), sort: true },
      { id: "source", header: t("import-source"), term: "source", width: 140, optional: true, cell: (row) => <Clip>{row.source}</Clip>, data: textDatum((row) => row.source), sort: true },
      {
        id: "period", header: t("period"), width: t.lang === "en" ? 198 : 232,
        cell: (row) => (row.days ? `${format.day(row.days[0])} – ${format.day(row.days[1])}` : "—"),
        data: [dayDatum((row) => row.days?.[0], t("import-first-day")), dayDatum((row) => row.days?.[1], t("import-last-day"))],
        find: (row) => (row.days ? `${format.day(row.days[0])} ${format.day(row.days[1])}` : ""), sort: true,
      },
      { id: "rows", header: t("rows"), width: 102, align: "right", cell: (row) => format.count(row.rows), data: numberDatum((row) => row.rows), sort: true, total: {} },
      {
        id: "bad", header: t("import-refused"), term: "refused-rows", width: 78, align: "right",
        cell: (row) => (row.bad > 0 ? <Badge tone="warn">{format.count(row.bad)}</Badge> : <span className="faint">0</span>),
        data: numberDatum((row) => row.bad), sort: true, total: {},
      },
      { id: "at", header: t("import-when"), width: t.lang === "en" ? 152 : 172, optional: true, cell: (row) => <span className="mut">{format.instant(row.importedAt)}</span>, data: instantDatum((row) => row.importedAt), find: (row) => format.instant(row.importedAt), sort: true },
      { id: "format", header: t("import-format"), width: 104, optional: true, cell: (row) => <span className="mut">{t.has(`format-${row.format}`) ? t(`format-${row.format}`) : row.format}</span>, data: textDatum((row) => (t.has(`format-${row.format}`) ? t(`format-${row.format}`) : row.format)) },
      { id: "bytes", header: t("size"), width: 84, optional: true, align: "right", cell: (row) => <span className="mut">{format.bytes(row.bytes)}</span>, data: { ...numberDatum((row) => row.bytes), title: t("import-bytes") }, sort: true },
      {
        id: "actions", header: "", width: 48,
        cell: (row) => (
          <Menu
            trigger={<IconButton label={t("import-actions", { name: row.name })} data-testid="import-actions"><Ellipsis /></IconButton>}
            items={[
              ...(row.answer ? ANSWERS.map((answer) => ({
                key: answer, label: t(`import-answer-${answer}`), icon: row.answer === answer ? <Check /> : <span className="menu-gap" />, disabled: row.answer === answer,
                onSelect: () => change(row, answer),
              })) : []),
              { key: "revert", label: t("import-revert"), icon: <Undo2 />, danger: true, onSelect: () => setAsked(row) },
            ]}
          />
        ),
      },
    ],
    [t, format, change],
  );

  const start = (
    <Button look="primary" icon={<Import />} onClick={() => void navigate({ to: "/imports/new", search: {} })} data-testid="import-start">{t("import-usage")}</Button>
  );
  return (
    <div className="page">
      <PageHeader crumb={`${t("group-library")} · ${t("nav-data")}`} title={t("nav-imports")} actions={start} />
      <DataNav current="imports" />
      <div className="page-body">
        {imports.data ? (
          imports.data.length === 0 ? (
            <EmptyState icon={<Import />} title={t("imports-empty-title")} text={t("imports-empty-text")} action={<>{start}<SampleLink /></>} />
          ) : (
            <DataTable label={t("nav-imports")} columns={columns} rows={imports.data} rowKey={keyOf} storageKey="imports" testid="imports-table" bulk={bulk} selected={chosen?.id ?? null} onOpen={setChosen} />
          )
        ) : imports.error ? (
          <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      <CoveragePanel chosen={chosen} onClose={() => setChosen(null)} />
      <AlertDialog
        open={asked !== null}
        danger
        onClose={() => setAsked(null)}
        onConfirm={() =>
          asked &&
          revert.mutate(
            { id: asked.id },
            {
              onSuccess: () => toast.say(t("import-reverted", { name: asked.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } }),
              onError: toast.fail,
            },
          )
        }
        title={t("import-revert-title", { name: asked?.name ?? "" })}
        text={t("import-revert-text", { rows: format.count(asked?.rows ?? 0) })}
        confirm={t("import-revert")}
      />
      <AlertDialog
        open={askedAll !== null}
        danger
        onClose={() => setAskedAll(null)}
        onConfirm={() =>
          askedAll &&
          revertAll.mutate(
            { ids: askedAll.rows.map(keyOf) },
            {
              onSuccess: (batch) => {
                askedAll.done();
                toast.say(t("imports-reverted", { count: batch.ids.length }), { action: { label: t("undo"), run: () => undoAll.mutate(batch) } });
              },
              onError: toast.fail,
            },
          )
        }
        title={t("imports-revert-title", { count: askedAll?.rows.length ?? 0 })}
        text={t("imports-revert-text", { names: new Intl.ListFormat(t.lang).format((askedAll?.rows ?? []).map((row) => row.name)) })}
        confirm={t("imports-revert-confirm")}
      />
    </div>
  );
}

const keyOf = (row: ImportRow): string => row.id;

/** What became of hours another import of the feed had told differently. */
function Answered({ answer }: { answer: Answer }) {
  const t = useText();
  return (
    <Tooltip text={t(`import-answered-${answer}-note`)}>
      <span className="answered" tabIndex={0}><Tag>{t(`import-answered-${answer}`)}</Tag></span>
    </Tooltip>
  );
}
