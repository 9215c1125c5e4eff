import { ArrowLeft, ChevronLeft, ChevronRight, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Tag } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { ErrorState, LoadingState } from "@/components/States";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useFormat } from "@/core/format";
import { usePersisted } from "@/core/usePersisted";
import type { AnswerView, BakeoffCaseView } from "@/core/types";
import { AnswerText } from "./AnswerText";

interface CaseAnswersProps {
  id: string;
  number: number;
  before: string | null;
  after: string | null;
  /** Which of how many that are listed. */
  place: { at: number; of: number } | null;
  onGo: (number: string | null) => void;
}

/** One case and what each candidate answered, side by side. */
export function CaseAnswers({ id, number, before, after, place, onGo }: CaseAnswersProps) {
  const t = useText();
  const format = useFormat();
  const found = useRpc("bakeoff_case", { id, number }, { keep: false });
  const [plain, setPlain] = usePersisted("answers.plain", false);

  // Esc leads back to the list, j and k to the case beside: before the window takes Esc for leaving the whole record.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.matches("input, textarea, select")) return;
      if (document.querySelector('[role="dialog"]:not(.toast), [role="alertdialog"]:not(.toast), [role="menu"], [role="listbox"]')) return;
      if (event.key === "Escape") onGo(null);
      else if (event.key === "j" && after !== null) onGo(after);
      else if (event.key === "k" && before !== null) onGo(before);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [before, after, onGo]);

  return (
    <div className="stack" data-testid="case-answers">
      <div className="row">
        <Button look="quiet" icon={<ArrowLeft />} onClick={() => onGo(null)} data-testid="cases-back">{t("cases-all")}</Button>
        <span className="grow" />
        <Segmented label={t("answers-as")} value={plain ? "plain" : "markdown"} onChange={(next) => setPlain(next === "plain")} choices={[{ value: "markdown", label: t("answers-markdown") }, { value: "plain", label: t("answers-plain") }]} testid="answers" />
        <IconButton label={t("case-before")} keys="k" disabled={before === null} onClick={() => onGo(before)}><ChevronLeft /></IconButton>
        <span className="section-note num">{place ? t("case-place", { at: format.count(place.at), of: format.count(place.of) }) : ""}</span>
        <IconButton label={t("case-after")} keys="j" disabled={after === null} onClick={() => onGo(after)}><ChevronRight /></IconButton>
      </div>
      {found.data ? <Shown of={found.data} plain={plain} /> : found.error ? <ErrorState inline error={found.error} /> : <LoadingState />}
    </div>
  );
}

function Shown({ of, plain }: { of: BakeoffCaseView; plain: boolean }) {
  const t = useText();
  const { case: asked } = of;
  const candidates = useMemo(() => {
    const groups = new Map<number, AnswerView[]>();
    for (const answer of of.answers) groups.set(answer.candidate, [...(groups.get(answer.candidate) ?? []), answer]);
    return [...groups.values()];
  }, [of.answers]);
  return (
    <>
      <section className="case-asked">
        <div className="stack tight">
          <h2 className="section-title">{asked.id ?? t("case")} {asked.tags.map((one) => <Tag key={one}>{one}</Tag>)}</h2>
          {asked.messages.map((message, at) => (
            <div key={at} className="asked-message"><span className="mut">{t.has(`role-${message.role}`) ? t(`role-${message.role}`) : message.role}</span><p>{message.content}</p></div>
          ))}
        </div>
        {asked.reference.length > 0 || asked.rubric ? (
          <div className="stack tight">
            {asked.reference.length > 0 ? <><h3 className="section-title">{t("case-references")}</h3>{asked.reference.map((one) => <p key={one} className="asked-reference">{one}</p>)}</> : null}
            {asked.rubric ? <><h3 className="section-title">{t("case-rubric")}</h3><p className="asked-reference">{asked.rubric}</p></> : null}
          </div>
        ) : null}
      </section>
      <div className="answers" role="region" aria-label={t("answers")} tabIndex={0}>
        {candidates.map((answers) => <Answer key={answers[0]?.candidate} answers={answers} plain={plain} />)}
      </div>
    </>
  );
}

/** A candidate's answers to one case: one is shown, the others are a press away. */
function Answer({ answers, plain }: { answers: AnswerView[]; plain: boolean }) {
  const t = useText();
  const [shown, setShown] = useState("0");
  const answer = answers[Number(shown)] ?? answers[0];
  if (!answer) return null;
  return (
    <article className="answer" aria-label={answer.name} data-testid="answer">
      <header>
        <h3 className="section-title truncate" title={answer.name}>{answer.name}</h3>
        {answers.length > 1 ? <Segmented label={t("answers-repeat", { name: answer.name })} value={shown} onChange={setShown} choices={answers.map((one, at) => ({ value: String(at), label: one.variant || String(one.repeat + 1) }))} /> : null}
      </header>
      <dl className="answer-scores">
        {answer.scores.map((score) => <div key={score.criterion} title={score.reason}><dt>{score.criterion}</dt><dd>{score.text}</dd></div>)}
        <div><dt>{t("answer-latency")}</dt><dd>{answer.latencyText || "—"}</dd></div>
        <div><dt>{t("answer-cost")}</dt><dd>{answer.costText || "—"}</dd></div>
      </dl>
      {answer.failure !== "" ? <p className="call bad answer-failure"><TriangleAlert size={14} aria-hidden="true" />{answer.failure}</p> : null}
      {answer.answer === null || answer.answer.trim() === "" ? (answer.failure === "" ? <p className="section-note">{t("answer-empty")}</p> : null) : <AnswerText text={answer.answer} plain={plain} />}
      {answer.scores.filter((score) => score.reason !== "").map((score) => <p key={score.criterion} className="section-note answer-reason">{t("answer-reason", { criterion: score.criterion, reason: score.reason })}</p>)}
    </article>
  );
}
