import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { PathField } from "@/components/PathField";
import { ProgressPanel } from "@/components/ProgressPanel";
import { EmptyState, ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { DropPlace, FormatList, useStepTop, WizardSteps } from "@/components/Wizard";
import { chooseFile, onFileDrop } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useJob, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { AssignedTo, BakeoffFormat, BakeoffView, ColumnMapping, OnConflict, ResultsImported, ResultsPlan, ResultsRequest } from "@/core/types";
import { Lock } from "lucide-react";
import { PlanStep } from "./PlanStep";
import "./bakeoffs.css";

/** What results are read from, the usual ones first. */
export const FORMATS: readonly BakeoffFormat[] = ["promptfoo", "promptfoo-v2", "inspect-archive", "inspect-json", "lm-eval", "helm", "openai-evals", "every-eval-ever", "arena-battles", "mt-bench-single", "mt-bench-pair", "table-csv", "table-jsonl"];
const LISTED: readonly BakeoffFormat[] = ["promptfoo", "inspect-archive", "lm-eval", "helm", "openai-evals", "every-eval-ever", "arena-battles", "mt-bench-single", "mt-bench-pair", "inspect-json", "table-csv", "table-jsonl"];
const RESULT_FILES = [{ name: "JSON, JSONL, EVAL, CSV, ZIP", extensions: ["json", "jsonl", "ndjson", "eval", "csv", "tsv", "zip", "gz", "yaml", "yml"] }];

export function ImportPage({ id, path }: { id: string; path: string }) {
  const t = useText();
  const bakeoff = useRpc("bakeoff", { id }, { keep: false });
  if (bakeoff.data) return <Wizard view={bakeoff.data} given={path} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/bakeoffs" search={{}}>{t("nav-bakeoffs")}</Link>} title={t("results-import")} />
      <div className="page-body">{bakeoff.error ? <ErrorState error={bakeoff.error} /> : <LoadingState />}</div>
    </div>
  );
}

/** What the person has said of a file so far. */
export interface Said {
  format: BakeoffFormat | null;
  mapping: ColumnMapping | null;
  assigned: Record<string, AssignedTo>;
  onConflict: OnConflict;
}

const NOTHING_SAID: Said = { format: null, mapping: null, assigned: {}, onConflict: "keep" };

function Wizard({ view, given }: { view: BakeoffView; given: string }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const { id, name } = view.row;
  const [path, setPath] = useState(given);
  const [said, setSaid] = useState(NOTHING_SAID);
  const [plan, setPlan] = useState<ResultsPlan | null>(null);
  const planning = useJob("results_plan");
  const told = (made: ResultsImported): string => t("results-imported", { count: made.results, results: format.count(made.results) });
  // An import goes on while its page is left; whoever left it hears how it ended.
  const committing = useJob("results_commit", (end) => ("error" in end ? toast.fail(end.error) : toast.say(told(end.result), { note: name })));
  const place = useTypedPath(path);
  const request = (of: string, now: Said): ResultsRequest => ({
    bakeoffId: id, path: of.trim(), candidates: Object.entries(now.assigned).map(([label, to]) => ({ label, to })), onConflict: now.onConflict,
    ...(now.format ? { format: now.format } : {}), ...(now.mapping ? { mapping: now.mapping } : {}),
  });
  const look = async (of: string, now: Said): Promise<void> => {
    committing.reset();
    setSaid(now);
    const made = await planning.run(request(of, now));
    if (!made) return;
    setPlan(made);
    if (now.mapping === null) setSaid({ ...now, mapping: made.files.find((file) => file.mapping !== null)?.mapping ?? null });
  };
  const commit = async (): Promise<void> => {
    if (!plan) return;
    const made = await committing.run({ ...request(path, said), planned: plan.planned });
    if (!made) return;
    toast.say(told(made), { note: made.unmatched > 0 ? t("results-imported-unmatched", { count: made.unmatched }) : name });
    void navigate({ to: "/bakeoffs/$id", params: { id }, search: {} });
  };
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  useEffect(() => onFileDrop((dropped) => {
    setPath(dropped);
    void latest.current(dropped, NOTHING_SAID);
  }), []);

  const top = useStepTop(plan ? 1 : 0);
  const busy = planning.running || committing.running;
  const sealed = view.sealed !== null;
  return (
    <div className="page">
      <PageHeader
        crumb={<><Link to="/bakeoffs" search={{}}>{t("nav-bakeoffs")}</Link> · <Link to="/bakeoffs/$id" params={{ id }} search={{}}>{name}</Link></>}
        title={t("results-import")}
        actions={<Button disabled={busy} onClick={() => void navigate({ to: "/bakeoffs/$id", params: { id }, search: {} })}>{t("cancel")}</Button>}
      />
      <div className="page-body wizard-body" ref={top} tabIndex={-1}>
        {sealed ? <EmptyState icon={<Lock />} title={t("sealed-title")} text={t("sealed-text")} /> : (
          <>
            <WizardSteps label={t("results-steps")} steps={[t("results-step-file"), t("results-step-plan")]} at={plan ? 1 : 0} />
            {busy ? (
              <div className="wizard-busy">
                <ProgressPanel title={t(committing.running ? "results-writing" : "results-reading")} event={committing.running ? committing.event : planning.event} onCancel={committing.running ? committing.cancel : planning.cancel} />
                <p className="section-note">{t(committing.running ? "results-writing-note" : "results-reading-note")}</p>
              </div>
            ) : plan ? (
              <PlanStep
                view={view}
                plan={plan}
                said={said}
                error={committing.error ?? planning.error}
                onSaid={setSaid}
                onLook={(next) => void look(path, next)}
                onBack={() => {
                  setPlan(null);
                  setSaid(NOTHING_SAID);
                  planning.reset();
                  committing.reset();
                }}
                onCommit={() => void commit()}
              />
            ) : (
              <form
                className="wizard-file"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (path.trim() !== "") void look(path, NOTHING_SAID);
                }}
              >
                <DropPlace title={t("results-drop-title")}>
                  <div className="drop-path"><PathField label={t("results-path")} hint={t("results-path-hint")} value={path} onChange={setPath} browse={() => chooseFile(t("results-path"), RESULT_FILES)} autoFocus place={place} testid="results-path" /></div>
                  <ErrorNote error={planning.error} />
                  <Button type="submit" look="primary" size="l" disabled={path.trim() === ""} data-testid="results-look">{t("results-look")}</Button>
                </DropPlace>
                <FormatList title={t("results-formats")} formats={LISTED.map((one) => ({ key: one, name: t(`bakeoff-format-${one}`), note: t(`bakeoff-format-note-${one}`) }))} />
              </form>
            )}
          </>
        )}
      </div>
    </div>
  );
}
