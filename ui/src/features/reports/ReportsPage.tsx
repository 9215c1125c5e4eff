import { useNavigate } from "@tanstack/react-router";
import { ArrowLeft, FileText, Import, Share } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { PageHeader } from "@/components/PageHeader";
import { PathDialog, type Agreed } from "@/components/PathDialog";
import { ProgressPanel } from "@/components/ProgressPanel";
import { SampleLink } from "@/components/SampleLink";
import { Select } from "@/components/Select";
import { EmptyState, ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { chooseTarget } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useJob, useRpc } from "@/core/queries";
import { onChanged, type Lang } from "@/core/rpc";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { DocumentRef, PaperKind } from "@/core/types";
import { Passage } from "./Passage";
import { Preview } from "./Preview";
import { Sections } from "./Sections";
import "./reports.css";

export interface ReportsSearch {
  /** Another document than a quarter's review: "kind/subject". */
  document?: string;
  period?: string;
  paper?: string;
  lang?: string;
}

const PAPERS: PaperKind[] = ["deck", "a4", "letter"];
/** How long nothing changes before the preview is drawn again, in milliseconds. */
const REST = 900;

export function ReportsPage({ search }: { search: ReportsSearch }) {
  const t = useText();
  const navigate = useNavigate();
  const periods = useRpc("periods", null);
  const imports = useRpc("imports", null);
  const other = useMemo<DocumentRef | null>(() => {
    const at = search.document?.indexOf("/") ?? -1;
    return search.document && at > 0 ? { kind: search.document.slice(0, at), subject: search.document.slice(at + 1) } : null;
  }, [search.document]);
  const noUsage = other === null && imports.data?.length === 0;
  const quarters = useMemo(() => (periods.data ?? []).filter((item) => item.kind === "quarter"), [periods.data]);
  const quarter = quarters.find((item) => item.key === search.period)?.key ?? quarters[0]?.key ?? "";
  /** What the document is of: a quarter, or the record of another kind. */
  const period = other ? other.subject : quarter;
  const paper = PAPERS.find((item) => item === search.paper) ?? (other ? "a4" : "deck");
  const lang: Lang = search.lang === "en" || search.lang === "zh-CN" ? search.lang : t.lang;
  const job = useJob("report_preview");
  const { run } = job;
  const [page, setPage] = useState(0);
  const [stale, setStale] = useState(false);
  const [exporting, setExporting] = useState(false);

  const document = useMemo<DocumentRef>(() => other ?? { kind: "quarter", subject: period }, [other, period]);
  const composed = useRpc("document", document, { enabled: period !== "" && noUsage === false });
  const made = useRef("");
  useEffect(() => {
    const wanted = `${document.kind}/${period}/${paper}/${lang}`;
    // A choice made while another is being drawn waits for its end; one that failed is not tried again by itself.
    if (period === "" || imports.data === undefined || noUsage || job.running || made.current === wanted) return;
    made.current = wanted;
    void run({ document, paper, lang });
  }, [document, period, paper, lang, run, job.running, imports.data, noUsage]);
  useEffect(() => onChanged((tags) => tags.some((tag) => tag !== "activity" && tag !== "attention") && setStale(true)), []);
  const refresh = useCallback((): void => {
    setStale(false);
    void run({ document, paper, lang });
  }, [document, paper, lang, run]);
  // Drawn again once nobody has changed anything for a moment: what is seen is what the file will be.
  useEffect(() => {
    if (!stale || job.running || period === "") return;
    const timer = window.setTimeout(refresh, REST);
    return () => window.clearTimeout(timer);
  }, [stale, job.running, period, refresh]);
  const show = (patch: ReportsSearch): void => void navigate({ to: "/reports", search: { ...(search.document ? { document: search.document } : { period }), paper, lang, ...patch }, replace: true });
  const crumb = t("group-library");

  if (noUsage || (other === null && periods.data && quarters.length === 0)) {
    return (
      <div className="page">
        <PageHeader crumb={crumb} title={t("nav-reports")} />
        <div className="page-body">
          <EmptyState icon={<FileText />} title={t("reports-empty-title")} text={t("reports-empty-text")} action={<><Button look="primary" icon={<Import />} onClick={() => void navigate({ to: "/imports/new", search: {} })}>{t("import-usage")}</Button><SampleLink /></>} />
        </div>
      </div>
    );
  }
  const report = job.result;
  const current = report?.pages[Math.min(page, (report?.pages.length ?? 1) - 1)];
  return (
    <div className="page">
      <PageHeader
        crumb={crumb}
        title={other ? t(`document-${other.kind}`) : t("review-quarterly")}
        actions={
          <>
            {other ? <Button icon={<ArrowLeft />} onClick={() => window.history.back()} data-testid="report-back">{t("back")}</Button> : <Select compact label={t("quarter")} value={period} onChange={(next) => show({ period: next })} options={quarters.map((item) => ({ value: item.key, label: item.label }))} data-testid="report-period" />}
            <Segmented label={t("paper")} value={paper} onChange={(next) => show({ paper: next })} choices={PAPERS.map((item) => ({ value: item, label: t(`paper-${item}`) }))} testid="paper" />
            <Select compact label={t("language")} value={lang} onChange={(next) => show({ lang: next })} options={[{ value: "en", label: "English" }, { value: "zh-CN", label: "简体中文" }]} data-testid="report-lang" />
            <Button look="primary" icon={<Share />} disabled={!report || job.running} onClick={() => setExporting(true)} data-testid="report-export">{t("review-export")}</Button>
          </>
        }
      />
      <div className="report">
        <div className="report-main">
          {report ? (
            <Preview report={report} page={page} onPage={setPage} stale={job.running} sections={composed.data ? <Sections view={composed.data} report={report} page={Math.min(page, report.pages.length - 1)} onPage={setPage} /> : null} />
          ) : job.error ? (
            <ErrorState error={job.error} onRetry={refresh} />
          ) : job.running && job.event ? (
            <div className="report-busy"><ProgressPanel title={t("review-drawing")} event={job.event} onCancel={job.cancel} /></div>
          ) : (
            <LoadingState label={t("review-drawing")} />
          )}
        </div>
        <aside className="report-side">
          {report && job.error ? <ErrorNote error={job.error} /> : null}
          {current && composed.data ? <Passage key={`${period}/${current.id}`} view={composed.data} section={current.id} title={current.title} figures={job.running ? null : (report?.figures.find((item) => item.section === current.id)?.figures ?? null)} /> : null}
          {report && report.warnings.length > 0 ? (
            <section>
              <h2 className="section-title">{t("review-warnings")}</h2>
              {report.warnings.map((warning) => <p key={warning} className="call report-warning">{warning}</p>)}
            </section>
          ) : null}
        </aside>
      </div>
      {exporting ? <ExportDialog document={document} paper={paper} lang={lang} stale={stale || job.running} onClose={() => setExporting(false)} /> : null}
    </div>
  );
}

function ExportDialog({ document, paper, lang, stale, onClose }: { document: DocumentRef; paper: PaperKind; lang: Lang; stale: boolean; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const job = useJob("report_export");
  const [path, setPath] = useState("");
  const place = useTypedPath(path);
  // The dialog asked about the name it gave; one that was typed is asked about here.
  const [chosen, setChosen] = useState<string | null>(null);
  const name = `${document.kind === "quarter" ? `quarterly-review-${document.subject.toLowerCase()}` : document.kind}-${paper}.pdf`;
  const title = document.kind === "quarter" ? t("review-export-title") : t("document-export-title", { document: t(`document-${document.kind}`) });
  const asked = path === chosen && /\.pdf$/i.test(path);
  const browse = async (): Promise<string | null> => {
    const target = await chooseTarget(title, name, [{ name: "PDF", extensions: ["pdf"] }]);
    setChosen(target);
    return target;
  };
  const save = async ({ replace, createFolder }: Agreed): Promise<void> => {
    const done = await job.run({ document, paper, lang, path: path.trim(), replace, createFolder });
    if (!done) return;
    onClose();
    toast.say(t("review-exported", { pages: done.pages, size: format.bytes(done.bytes) }), { note: done.path });
  };
  return (
    <PathDialog
      title={title}
      note={t(stale ? "review-export-newer" : "review-export-note")}
      label={t("review-path")}
      placeholder={name}
      path={path}
      onPath={setPath}
      browse={browse}
      go={t("review-save")}
      place={place}
      makes
      onGo={(agreed) => void save({ ...agreed, replace: agreed.replace || asked })}
      busy={job.running}
      progress={<ProgressPanel title={t("review-drawing")} event={job.event} onCancel={job.cancel} />}
      error={job.error}
      onClose={onClose}
      testids={{ go: "report-save", name: "report" }}
    />
  );
}
