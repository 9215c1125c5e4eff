import { Pencil, Plus, RotateCw } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { Tag } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Clip, DataTable, instantDatum, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { ProgressPanel } from "@/components/ProgressPanel";
import { ErrorNote, ErrorState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useJob, useRpc, type JobEnd } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffView, Rule, ScorerRun, ScorerView } from "@/core/types";
import { ScorerDialog } from "./ScorerDialog";
import { newestRules, ruleText } from "./rules";

const NONE: ScorerView[] = [];

/** Rules that score every answer by themselves, and what their last run here came to. */
export function ScorersSection({ view }: { view: BakeoffView }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const bakeoffId = view.row.id;
  const kept = useRpc("scorers", { id: bakeoffId }, { enabled: view.sealed === null, keep: false });
  const said = (run: ScorerRun): string => {
    const scored = t("scorer-ran", { name: run.criterion, count: run.scored, scored: format.count(run.scored) });
    return run.unscored === 0 ? scored : `${scored} ${t("scorer-unscored", { count: run.unscored, unscored: format.count(run.unscored), reason: run.firstReason })}`;
  };
  // A run goes on while its page is left; whoever left it hears how it ended.
  const whenLeft = (end: JobEnd<ScorerRun>): void => ("error" in end ? toast.fail(end.error) : toast.say(said(end.result)));
  const running = useJob("scorer_run", whenLeft);
  const saving = useJob("scorer_save", whenLeft);
  const [open, setOpen] = useState<ScorerView | "new" | null>(null);
  const [last, setLast] = useState<ScorerRun | null>(null);
  const [of, setOf] = useState("");
  const busy = running.running || saving.running;
  const { run } = running;
  const { reset } = saving;
  const show = useCallback((which: ScorerView | "new"): void => {
    // What was wrong the last time is not wrong yet.
    reset();
    setOpen(which);
  }, [reset]);
  const rows = useMemo(() => newestRules(kept.data ?? NONE), [kept.data]);
  const columns = useMemo<Column<ScorerView>[]>(() => {
    const again = async (criterion: string): Promise<void> => {
      setOf(criterion);
      setLast(null);
      const done = await run({ bakeoffId, criterion });
      if (done) setLast(done);
    };
    return [
      { id: "criterion", header: t("criterion"), width: 200, cell: (row) => <Clip>{row.criterion}</Clip>, data: textDatum((row) => row.criterion), sort: true },
      { id: "rule", header: t("scorer-rule"), min: 220, cell: (row) => <Clip note={row.runs ? null : <Tag>{t("scorer-newer")}</Tag>}>{ruleText(t, format, row.rule)}</Clip>, data: textDatum((row) => ruleText(t, format, row.rule)) },
      { id: "at", header: t("scorer-ran-at"), width: 176, cell: (row) => (row.runAt ? format.instant(row.runAt) : <span className="faint">{t("scorer-not-run")}</span>), data: instantDatum((row) => row.runAt), sort: true },
      { id: "scored", header: t("scorer-scored"), width: 112, align: "right", optional: true, cell: (row) => (row.runAt ? format.count(row.scored) : <span className="faint">—</span>), data: numberDatum((row) => row.scored) },
      {
        id: "actions", header: "", width: 148, align: "right",
        cell: (row) => (row.runs ? (
          <span className="scorer-actions">
            <Button look="quiet" icon={<RotateCw />} disabled={busy} onClick={() => void again(row.criterion)} data-testid={`scorer-run-${row.criterion}`}>{t(row.runAt ? "scorer-run-again" : "scorer-run")}<span className="visually-hidden"> {row.criterion}</span></Button>
            <IconButton label={t("scorer-edit", { name: row.criterion })} disabled={busy} onClick={() => show(row)} data-testid={`scorer-edit-${row.criterion}`}><Pencil /></IconButton>
          </span>
        ) : null),
      },
    ];
  }, [t, format, busy, run, show, bakeoffId]);
  const save = async (criterion: string, rule: Rule): Promise<void> => {
    setOf(criterion);
    setLast(null);
    const done = await saving.run({ bakeoffId, criterion, rule });
    if (!done) return;
    setOpen(null);
    setLast(done);
  };
  if (view.sealed !== null) return null;
  if (kept.error) return <ErrorState inline error={kept.error} onRetry={() => void kept.refetch()} />;
  if (!kept.data) return null;
  const job = running.running ? running : saving.running && open === null ? saving : null;
  const broken = fieldSentence(t, running.error, "rule") ?? fieldSentence(t, running.error, "criterion");
  return (
    <section className="stack tight scorers" data-testid="scorers">
      <div className="row">
        <h2 className="section-title">{t("scorers")}</h2>
        <span className="section-note grow">{t("scorers-note")}</span>
        <Button icon={<Plus />} disabled={busy} onClick={() => show("new")} data-testid="scorer-add">{t("scorer-add")}</Button>
      </div>
      {rows.length === 0 ? <p className="section-note">{t("scorers-none")}</p> : <DataTable label={t("scorers")} columns={columns} rows={rows} rowKey={(row) => row.criterion} storageKey="bakeoff-scorers" compact testid="scorers-table" />}
      {job ? <ProgressPanel title={t("scorer-running", { name: of })} event={job.event} onCancel={job.cancel} /> : null}
      {broken ? <p className="call bad" role="alert">{broken}</p> : <ErrorNote error={running.error} />}
      <div role="status" data-testid="scorer-outcome">{last ? <p className={last.unscored === 0 ? "call info" : "call"}>{said(last)}</p> : null}</div>
      {open === null ? null : <ScorerDialog view={view} rules={rows} of={open === "new" ? null : open} job={saving} onSave={(criterion, rule) => void save(criterion, rule)} onClose={() => setOpen(null)} />}
    </section>
  );
}
