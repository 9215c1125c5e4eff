import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { RadioGroup } from "@/components/Checks";
import { FileColumns } from "@/components/FileColumns";
import { IssueList } from "@/components/IssueList";
import { SummaryStrip } from "@/components/PageHeader";
import { NativeSelect, SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { AssignedTo, BakeoffFormat, BakeoffView, FoundCandidate, FoundCriterion, OnConflict, ResultsPlan, WireError } from "@/core/types";
import { FORMATS, type Said } from "./ImportPage";

interface PlanStepProps {
  view: BakeoffView;
  plan: ResultsPlan;
  said: Said;
  error: WireError | null;
  onSaid: (said: Said) => void;
  /** Reads the file again, with what is said now. */
  onLook: (said: Said) => void;
  onBack: () => void;
  onCommit: () => void;
}

/** What an import of results would bring. Nothing is written yet. */
export function PlanStep({ view, plan, said, error, onSaid, onLook, onBack, onCommit }: PlanStepProps) {
  const t = useText();
  const format = useFormat();
  const [stale, setStale] = useState(false);
  const guessed = plan.files[0]?.formats[0];
  const table = said.mapping ? plan.files.find((file) => file.columns.length > 0) : undefined;
  const nobody = plan.candidates.every((found) => (said.assigned[found.label] ?? found.to).kind === "nobody");
  const nothing = plan.matched === 0 || plan.already !== null || nobody;
  return (
    <div className="stack" data-testid="results-plan">
      <div className="file-facts">
        {plan.files.slice(0, 2).map((file) => <span key={file.name} className="row"><b className="truncate" title={file.name}>{file.name}</b> {format.bytes(file.bytes)}</span>)}
        {plan.files.length > 2 ? <span>{t("results-files", { count: plan.files.length })}</span> : null}
        <span className="grow" />
        <SelectField
          label={t("results-format")}
          options={[{ value: "auto", label: guessed ? t("cases-format-guessed", { format: t(`bakeoff-format-${guessed}`) }) : t("file-decides") }, ...FORMATS.map((one) => ({ value: one, label: t(`bakeoff-format-${one}`) }))]}
          value={said.format ?? "auto"}
          onChange={(next) => onLook({ ...said, mapping: null, format: next === "auto" ? null : (next as BakeoffFormat) })}
          data-testid="results-format"
        />
      </div>
      {plan.already !== null ? <p className="call" role="note">{t("results-already-at", { date: plan.already })}</p> : null}
      <SummaryStrip
        items={[
          { label: t("results-matched"), value: format.count(plan.matched) },
          { label: t("results-answered"), value: <>{t("results-answered-of", { answered: format.count(plan.casesAnswered), cases: format.count(plan.cases) })}<span className="strip-note">{view.row.suite}</span></> },
          { label: t("results-unmatched"), value: <span className={plan.unmatched > 0 ? "tone-warn" : ""}>{format.count(plan.unmatched)}</span> },
          { label: t("results-known"), value: format.count(plan.known) },
          { label: t("results-differing"), value: <span className={plan.differing > 0 ? "tone-warn" : ""}>{format.count(plan.differing)}</span> },
          ...(plan.counts.errors > 0 ? [{ label: t("results-errors"), value: format.count(plan.counts.errors) }] : []),
        ]}
      />
      {plan.unmatched > 0 ? (
        <div className="call" role="note" data-testid="results-unmatched">
          <b>{t("results-unmatched-title", { count: plan.unmatched, results: format.count(plan.unmatched) })}</b> {t("results-unmatched-text")}
          <p className="mut unmatched-names">{plan.unmatchedCases.slice(0, 12).join(" · ")}{plan.unmatchedCases.length > 12 ? " · …" : ""}</p>
        </div>
      ) : null}
      {plan.differing > 0 ? (
        <div className="call">
          <p className="call-lead">{t("results-differing-text", { count: plan.differing, results: format.count(plan.differing) })}</p>
          <RadioGroup
            label={t("results-differing")}
            testid="results-conflict"
            value={said.onConflict}
            onChange={(next) => onSaid({ ...said, onConflict: next as OnConflict })}
            choices={(["keep", "replace"] as const).map((value) => ({ value, label: t(`results-conflict-${value}`), note: t(`results-conflict-${value}-note`) }))}
          />
        </div>
      ) : null}
      {table && said.mapping ? (
        <>
          <FileColumns
            file={table}
            mapping={said.mapping}
            onChange={(mapping) => {
              setStale(true);
              onSaid({ ...said, mapping });
            }}
          />
          {stale ? <div className="row"><Button onClick={() => onLook(said)} data-testid="results-again">{t("file-read-again")}</Button></div> : null}
        </>
      ) : null}
      <Candidates view={view} plan={plan} said={said} onAssign={(label, to) => onSaid({ ...said, assigned: { ...said.assigned, [label]: to } })} onLook={() => onLook(said)} />
      <CriteriaFound criteria={plan.criteria} />
      <IssueList issues={plan.issues} total={plan.counts.issues} />
      <ErrorNote error={error} />
      <div className="wizard-foot">
        <Button onClick={onBack}>{t("back")}</Button>
        <span className="grow section-note">{t(plan.already !== null ? "results-already-in" : plan.matched === 0 ? "results-none-match" : nobody ? "results-nobody" : stale ? "file-read-again-note" : "results-commit-note")}</span>
        {error?.code === "plan-outdated" || error?.code === "plan-file-changed" ? <Button onClick={() => onLook(said)}>{t("file-read-again")}</Button> : null}
        <Button look="primary" size="l" disabled={nothing || stale} onClick={onCommit} data-testid="results-commit">{t("results-commit")}</Button>
      </div>
    </div>
  );
}

/** "new", "nobody", or the number of a candidate: as a list of choices has it. */
const wordOf = (to: AssignedTo): string => (to.kind === "candidate" ? String(to.id) : to.kind);
const assignedTo = (word: string): AssignedTo => (word === "new" || word === "nobody" ? { kind: word } : { kind: "candidate", id: Number(word) });

interface CandidatesProps {
  view: BakeoffView;
  plan: ResultsPlan;
  said: Said;
  onAssign: (label: string, to: AssignedTo) => void;
  onLook: () => void;
}

function Candidates({ view, plan, said, onAssign, onLook }: CandidatesProps) {
  const t = useText();
  const format = useFormat();
  const options = [...view.candidates.map((one) => ({ value: String(one.id), label: one.name })), { value: "new", label: t("assign-new") }, { value: "nobody", label: t("assign-nobody") }];
  const reassigned = plan.candidates.some((found) => wordOf(said.assigned[found.label] ?? found.to) !== wordOf(found.to));
  const notes = (found: FoundCandidate): string => [
    ...(found.errors > 0 ? [t("found-errors", { count: found.errors })] : []),
    ...(found.empty > 0 ? [t("failures-empty", { count: found.empty })] : []),
  ].join(" · ");
  return (
    <section className="stack tight">
      <h2 className="section-title">{t("found-candidates")}</h2>
      <p className="section-note">{t("found-candidates-note")}</p>
      <table className="found">
        <thead>
          <tr><th scope="col">{t("found-label")}</th><th scope="col">{t("found-model")}</th><th scope="col" className="num">{t("results")}</th><th scope="col">{t("found-is")}</th></tr>
        </thead>
        <tbody>
          {plan.candidates.map((found) => {
            const to = said.assigned[found.label] ?? found.to;
            return (
              <tr key={found.label} className={to.kind === "nobody" ? "left-out-row" : ""}>
                <th scope="row"><span className="truncate" title={found.label}>{found.label}</span></th>
                <td className="mut">{[found.provider, found.model].filter((part) => part !== "").join(" · ") || "—"}</td>
                <td className="num" title={notes(found)}>{format.count(found.results)}{notes(found) ? <span className="faint found-note">{notes(found)}</span> : null}</td>
                <td><NativeSelect label={t("found-is-of", { label: found.label })} options={options} value={wordOf(to)} onChange={(word) => onAssign(found.label, assignedTo(word))} data-testid={`assign-${found.label}`} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {reassigned ? <div className="row"><Button onClick={onLook} data-testid="results-recount">{t("file-read-again")}</Button><span className="section-note">{t("found-reassigned")}</span></div> : null}
    </section>
  );
}

function CriteriaFound({ criteria }: { criteria: FoundCriterion[] }) {
  const t = useText();
  const format = useFormat();
  if (criteria.length === 0) return <p className="section-note">{t("found-no-criteria")}</p>;
  return (
    <section className="stack tight">
      <h2 className="section-title">{t("found-criteria")}</h2>
      <table className="found">
        <thead>
          <tr><th scope="col">{t("criterion")}</th><th scope="col" className="num">{t("found-scores")}</th><th scope="col" className="num">{t("found-mean")}</th><th scope="col">{t("found-stated")}</th></tr>
        </thead>
        <tbody>
          {criteria.map((one) => (
            <tr key={one.name}>
              <th scope="row">{one.name} {one.known ? null : <Tag accent>{t("found-new")}</Tag>}</th>
              <td className="num">{format.count(one.scores)}</td>
              <td className="num">{one.meanText}</td>
              <td className="mut"><Stated stated={one.stated} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a file says of its own results; first where its scores say otherwise. */
function Stated({ stated }: { stated: FoundCriterion["stated"] }) {
  const t = useText();
  if (stated.length === 0) return t("found-states-none");
  const off = stated.filter((one) => one.computedText !== "");
  const agreeing = stated.filter((one) => one.computedText === "").slice(0, off.length > 0 ? 2 : 4);
  return (
    <>
      {off.slice(0, 8).map((one) => <div key={`${one.candidate} ${one.text}`} className="flag" data-testid="stated-off"><TriangleAlert aria-hidden="true" />{t("found-states-otherwise", { candidate: one.candidate, value: one.text, computed: one.computedText })}</div>)}
      {agreeing.map((one) => t("found-states", { candidate: one.candidate, value: one.text })).join(" · ")}
    </>
  );
}
