import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { ProgressPanel } from "@/components/ProgressPanel";
import { useToast } from "@/components/Toast";
import { useJob, useMutate } from "@/core/queries";
import { call, toWireError } from "@/core/rpc";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { Answer, FeedAnswer, FileInspection, ImportPlan, ImportRequest, ImportSummary, WireError } from "@/core/types";
import { DoneStep } from "./DoneStep";
import { doneText } from "./doneText";
import { FileStep } from "./FileStep";
import { MapStep } from "./MapStep";
import { PlanStep } from "./PlanStep";
import "@/components/Wizard.css";
import "./imports.css";

type Step =
  | { at: "file" }
  | { at: "map"; file: FileInspection; request: ImportRequest }
  | { at: "plan"; file: FileInspection; request: ImportRequest; plan: ImportPlan }
  | { at: "done"; plan: ImportPlan; summary: ImportSummary };

const STEPS = ["file", "map", "plan", "done"] as const;

/** File, columns, preview, done: nothing is written before the preview has been seen. */
export function ImportWizard({ path }: { path: string | null }) {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const format = useFormat();
  const [step, setStep] = useState<Step>({ at: "file" });
  const [typed, setTyped] = useState(path ?? "");
  const [inspecting, setInspecting] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const planning = useJob("import_plan");
  const toast = useToast();
  // An import goes on while its page is left; whoever left it hears how it ended.
  const committing = useJob("import_commit", (end) => {
    if ("error" in end) toast.fail(end.error);
    else toast.say(t(end.result.unchanged ? "import-done-unchanged" : "import-done-title"), step.at === "plan" ? { note: doneText(t, format, step.plan.name, end.result) } : {});
  });
  const discard = useMutate("import_plan_discard");

  const inspect = useCallback(async (wanted: string): Promise<void> => {
    setInspecting(true);
    setError(null);
    try {
      const file = await call("import_inspect", { path: wanted.trim() });
      setStep({ at: "map", file, request: { path: file.path, format: file.format, mapping: file.mapping, source: file.source } });
    } catch (cause) {
      setError(toWireError(cause));
    } finally {
      setInspecting(false);
    }
  }, []);

  useEffect(() => {
    if (path) queueMicrotask(() => void inspect(path));
  }, [path, inspect]);

  const makePlan = async (file: FileInspection, request: ImportRequest): Promise<void> => {
    const plan = await planning.run(request);
    if (plan) setStep({ at: "plan", file, request, plan });
  };
  const commit = async (plan: ImportPlan, onConflict: Answer | null, feeds: FeedAnswer[]): Promise<void> => {
    const summary = await committing.run({ planId: plan.id, onConflict, feeds });
    if (!summary) return;
    void client.invalidateQueries();
    setStep({ at: "done", plan, summary });
  };
  const backToMap = (file: FileInspection, request: ImportRequest, plan: ImportPlan): void => {
    discard.mutate({ planId: plan.id });
    committing.reset();
    setStep({ at: "map", file, request });
  };

  // The button that led here is gone: the keyboard goes on at the top of the next step.
  const body = useRef<HTMLDivElement>(null);
  const at = useRef(step.at);
  useEffect(() => {
    if (at.current === step.at) return;
    at.current = step.at;
    body.current?.scrollTo(0, 0);
    if (step.at !== "file") body.current?.focus();
  }, [step.at]);

  const index = STEPS.indexOf(step.at);
  const busy = planning.running || committing.running;
  return (
    <div className="page">
      <PageHeader
        crumb={<Link to="/imports" search={{}}>{t("nav-imports")}</Link>}
        title={t("import-usage")}
        actions={step.at === "done" ? null : <Button disabled={busy} onClick={() => void navigate({ to: "/imports", search: {} })}>{t("cancel")}</Button>}
      />
      <div className="page-body wizard-body" ref={body} tabIndex={-1}>
        <ol className="wizard-steps" aria-label={t("import-steps")}>
          {STEPS.map((name, number) => (
            <li key={name} className={number === index ? "on" : number < index ? "past" : ""} aria-current={number === index ? "step" : undefined}>
              <span className="wizard-number">{number + 1}</span>
              {t(`import-step-${name}`)}
            </li>
          ))}
        </ol>
        {busy ? (
          <div className="wizard-busy">
            <ProgressPanel
              title={t(planning.running ? "import-planning" : "import-committing")}
              event={planning.running ? planning.event : committing.event}
              onCancel={planning.running ? planning.cancel : committing.cancel}
            />
            <p className="section-note">{t(planning.running ? "import-planning-note" : "import-committing-note")}</p>
          </div>
        ) : step.at === "file" ? (
          <FileStep path={typed} onPath={setTyped} busy={inspecting} error={error} onInspect={(wanted) => void inspect(wanted)} />
        ) : step.at === "map" ? (
          <MapStep
            file={step.file}
            request={step.request}
            onChange={(request) => setStep({ ...step, request })}
            error={planning.error}
            onBack={() => {
              planning.reset();
              setStep({ at: "file" });
            }}
            onPlan={() => void makePlan(step.file, step.request)}
          />
        ) : step.at === "plan" ? (
          <PlanStep
            plan={step.plan}
            error={committing.error}
            onBack={() => backToMap(step.file, step.request, step.plan)}
            onAgain={() => void makePlan(step.file, step.request)}
            onCommit={(onConflict, feeds) => void commit(step.plan, onConflict, feeds)}
          />
        ) : (
          <DoneStep plan={step.plan} summary={step.summary} />
        )}
      </div>
    </div>
  );
}
