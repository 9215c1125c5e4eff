import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, FileInput, FileOutput, Lock, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { AlertDialog } from "@/components/Dialog";
import { Menu } from "@/components/Menu";
import { PageHeader, SaveState, SummaryStrip } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { Tabs, type TabItem } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import { Term } from "@/components/Tooltip";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { useDraft } from "@/core/autosave";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useVisit } from "@/core/recent";
import { useText } from "@/core/text";
import type { BakeoffDraft, BakeoffView, WireError } from "@/core/types";
import { Documents } from "@/record/Documents";
import { activityTab } from "@/record/activityTab";
import { useRecord } from "@/record/useRecord";
import { STAGE_TONE } from "./BakeoffsPage";
import { CandidatesTab } from "./CandidatesTab";
import { CasesTab } from "./CasesTab";
import { ComparisonTab } from "./ComparisonTab";
import { DecisionTab } from "./DecisionTab";
import { RoundsTab } from "./RoundsTab";
import { problemsOf } from "./criteria";
import { ResultsExportDialog } from "./ResultsExportDialog";
import { ResultsTab } from "./ResultsTab";
import { SetupTab } from "./SetupTab";
import "./bakeoffs.css";

export function BakeoffPage({ id, search }: { id: string; search: { tab?: string; case?: string } }) {
  const t = useText();
  const bakeoff = useRpc("bakeoff", { id }, { keep: false });
  if (bakeoff.data) return <Loaded key={id} view={bakeoff.data} tab={search.tab ?? "comparison"} chosen={search.case ?? null} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/bakeoffs" search={{}}>{t("nav-bakeoffs")}</Link>} title={t("bakeoff")} />
      <div className="page-body">{bakeoff.error ? <ErrorState error={bakeoff.error} onRetry={() => void bakeoff.refetch()} /> : <LoadingState />}</div>
    </div>
  );
}

/** Criteria the core would refuse are kept on the screen, and say what is wrong with them. */
const refused = (code: string): WireError => ({ code: "invalid", params: {}, fields: [{ field: "criteria", code, params: {} }], retryable: false, logId: "" });

function Loaded({ view, tab, chosen }: { view: BakeoffView; tab: string; chosen: string | null }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const save = useMutate("bakeoff_save");
  const remove = useMutate("bakeoff_delete");
  const undo = useMutate("undo");
  const [asked, setAsked] = useState(false);
  const [exporting, setExporting] = useState(false);
  const { unreadable, mark } = useReadableFields();
  const { row, details, deadline } = view;
  // What the answers themselves can show, once there are some; what was planned until then.
  const measured = useRpc("bakeoff_comparison", { id: row.id }, { enabled: row.results > 0 && view.sealed === null, keep: false });
  const waits = measured.isLoading && row.results > 0 && view.sealed === null;
  const power = measured.data?.power ?? view.power;
  const { id } = row;
  const about = { area: "bakeoff", id };
  const record = useRecord(about);
  useVisit("bakeoff", id, row.name);
  const start = useMemo<BakeoffDraft>(() => ({ id, ...details }), [id, details]);
  const draft = useDraft<BakeoffDraft>(start, id, async (value) => {
    const problem = problemsOf(value.criteria).find((one) => one !== null);
    if (problem) throw refused(problem);
    return save.mutateAsync(value);
  });
  const sealed = view.sealed !== null;

  const drop = (): void =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          void navigate({ to: "/bakeoffs", search: {} });
          toast.say(t("bakeoff-deleted", { name: row.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: toast.fail,
      },
    );
  const go = (next: string): void => void navigate({ to: "/bakeoffs/$id", params: { id }, search: next === "comparison" ? {} : { tab: next }, replace: true });
  // Only what is looked at is asked for.
  const open = (which: string, content: React.ReactNode): React.ReactNode => (tab === which ? content : null);
  const tabs: TabItem[] = [
    { value: "comparison", label: t("bakeoff-tab-comparison"), content: open("comparison", sealed ? <Sealed /> : <ComparisonTab view={view} />) },
    { value: "cases", label: t("cases"), count: format.count(row.cases), content: open("cases", sealed ? <Sealed /> : <CasesTab view={view} chosen={chosen} />) },
    { value: "blind", label: t("bakeoff-tab-blind"), content: open("blind", <RoundsTab view={view} />) },
    { value: "decision", label: t("bakeoff-tab-decision"), content: open("decision", sealed ? <Sealed /> : <DecisionTab view={view} />) },
    { value: "candidates", label: t("candidates"), count: format.count(row.candidates), content: open("candidates", <CandidatesTab view={view} />) },
    { value: "results", label: t("results"), count: sealed ? "" : format.count(view.imports.filter((one) => !one.reverted).length), content: open("results", sealed ? <Sealed /> : <ResultsTab view={view} />) },
    { value: "setup", label: t("bakeoff-tab-setup"), content: <WithReadableFields value={mark}><SetupTab draft={draft} view={view} power={power} /></WithReadableFields> },
    { value: "documents", label: t("record-documents"), count: format.count(record.attachments.length), content: <Documents about={about} attachments={record.attachments} /> },
    activityTab(t, format, about, record),
  ];
  return (
    <div className="page">
      <PageHeader
        crumb={<Link to="/bakeoffs" search={{}}>{t("nav-bakeoffs")}</Link>}
        title={<>{draft.value.name || t("unnamed")}{row.owner ? <span className="title-note">{row.owner}</span> : null}</>}
        actions={
          <>
            <SaveState status={unreadable ? "failed" : draft.status} />
            {sealed ? null : <Button look="primary" icon={<FileInput />} onClick={() => void navigate({ to: "/bakeoffs/$id/import", params: { id }, search: {} })} data-testid="results-import">{t("results-import")}</Button>}
            <Menu
              trigger={<IconButton label={t("bakeoff-actions")} data-testid="bakeoff-actions"><Ellipsis /></IconButton>}
              items={[...(sealed || row.results === 0 ? [] : [{ key: "export", label: t("results-export"), icon: <FileOutput />, onSelect: () => setExporting(true) }]), { key: "delete", label: t("bakeoff-delete"), icon: <Trash2 />, danger: true, onSelect: () => (row.results > 0 ? setAsked(true) : drop()) }]}
            />
          </>
        }
      />
      {exporting ? <ResultsExportDialog row={row} onClose={() => setExporting(false)} /> : null}
      <AlertDialog open={asked} danger onClose={() => setAsked(false)} onConfirm={drop} title={t("bakeoff-delete-title", { name: row.name })} text={`${t("bakeoff-delete-text", { count: row.results, results: format.count(row.results) })}${row.stage === "signed" ? ` ${t("rests-on-signed")}` : ""}`} confirm={t("bakeoff-delete")} />
      <div className="page-body stack">
        <SummaryStrip
          items={[
            { label: t("cases"), value: <>{format.count(row.cases)}<span className="strip-note">{row.suite}{view.suiteHash ? <> · <Term id="version-hash"><code>{view.suiteHash.slice(0, 8)}</code></Term></> : null}</span></> },
            { label: t("repeats"), value: format.count(power.repeats) },
            {
              label: t("detectable"),
              value: (
                waits ? <span className="mut">…</span> :
                <span title={power.sentence}>
                  {power.underpowered ? <Badge tone="warn"><Term id="underpowered">±{power.detectableText}</Term></Badge> : <Term id="detectable">±{power.detectableText}</Term>}
                  <span className="strip-note">{t(power.underpowered ? "power-short" : "power-fits", { wanted: power.wantedText })}</span>
                </span>
              ),
            },
            { label: t("deadline-to-serve"), value: deadline ? <Link className="strip-link" title={deadline.contract} to="/contracts/$id" params={{ id: deadline.contractId }} search={{}}>{deadline.noticeText}<span className="strip-note">{t(deadline.daysLeft < 0 ? "deadline-past" : "deadline-begin", { date: deadline.beginText, days: deadline.daysLeft })}</span></Link> : <span className="mut">—</span> },
            { label: t("stage"), value: <Badge tone={STAGE_TONE[row.stage]}>{row.stageText}</Badge> },
          ]}
        />
        {power.underpowered && !waits ? <p className="call" role="note" data-testid="underpowered">{power.sentence}</p> : null}
        <Tabs label={t("bakeoff")} value={tab} onChange={go} items={tabs} />
      </div>
    </div>
  );
}

/** While a round of blind scoring is open nothing tells the candidates apart, on any tab. */
function Sealed() {
  const t = useText();
  return <div data-testid="sealed"><EmptyState inline icon={<Lock />} title={t("sealed-title")} text={t("sealed-text")} /></div>;
}
