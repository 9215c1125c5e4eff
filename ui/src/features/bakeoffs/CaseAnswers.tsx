import { ArrowLeft, ChevronLeft, ChevronRight, TriangleAlert } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { Tag } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { ErrorState, LoadingState } from "@/components/States";
import { usePageKeys } from "@/core/pageKeys";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useFormat } from "@/core/format";
import { usePersisted } from "@/core/usePersisted";
import type { AnswerPlace, AnswerView, BakeoffCaseView } from "@/core/types";
import { AnswerDifference } from "./AnswerDifference";
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
  const [as, setAs] = usePersisted<AnswersAs>("answers.as", "markdown");

  // Esc leads back to the list, j and k to the case beside.
  usePageKeys((key) => {
    if (key === "Escape") onGo(null);
    else if (key === "j" && after !== null) onGo(after);
    else if (key === "k" && before !== null) onGo(before);
    else return false;
    return true;
  });

  return (
    <div className="stack" data-testid="case-answers">
      <div className="row">
        <Button look="quiet" icon={<ArrowLeft />} onClick={() => onGo(null)} data-testid="cases-back">{t("cases-all")}</Button>
        <span className="grow" />
        <Segmented label={t("answers-as")} value={as} onChange={(next) => setAs(next as AnswersAs)} choices={[{ value: "markdown", label: t("answers-markdown") }, { value: "plain", label: t("answers-plain") }, { value: "difference", label: t("answers-difference") }]} testid="answers" />
        <IconButton label={t("case-before")} keys="k" disabled={before === null} onClick={() => onGo(before)}><ChevronLeft /></IconButton>
        <span className="section-note num">{place ? t("case-place", { at: format.count(place.at), of: format.count(place.of) }) : ""}</span>
        <IconButton label={t("case-after")} keys="j" disabled={after === null} onClick={() => onGo(after)}><ChevronRight /></IconButton>
      </div>
      {found.data ? <Shown of={found.data} as={as} id={id} number={number} /> : found.error ? <ErrorState inline error={found.error} /> : <LoadingState />}
    </div>
  );
}

/** How answers are drawn: as Markdown, as they were sent, or by what is other than in the answer they are held against. */
type AnswersAs = "markdown" | "plain" | "difference";

function Shown({ of, as, id, number }: { of: BakeoffCaseView; as: AnswersAs; id: string; number: number }) {
  const t = useText();
  const { case: asked } = of;
  const candidates = useMemo(() => {
    const groups = new Map<number, AnswerView[]>();
    for (const answer of of.answers) groups.set(answer.candidate, [...(groups.get(answer.candidate) ?? []), answer]);
    return [...groups.values()];
  }, [of.answers]);
  // Which of a candidate's answers is shown.
  const [repeats, setRepeats] = useState<Record<number, string>>({});
  const shown = candidates.flatMap((answers) => answers[Number(repeats[answers[0]?.candidate ?? 0] ?? 0)] ?? answers[0] ?? []);
  // The others are held against the incumbent's, or the first there is.
  const base = shown.find((one) => one.incumbent && hasText(one)) ?? shown.find(hasText);
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
        {candidates.map((answers, at) => {
          const answer = shown[at];
          if (!answer) return null;
          const { candidate } = answer;
          return (
            <Answer key={candidate} answers={answers} answer={answer} onRepeat={(next) => setRepeats((before) => ({ ...before, [candidate]: next }))}>
              {as !== "difference" || !base || answer === base ? (
                <>
                  {as === "difference" && base ? <p className="section-note">{t("difference-base")}</p> : null}
                  <AnswerText text={answer.answer ?? ""} plain={as !== "markdown"} />
                </>
              ) : (
                <AnswerDifference of={{ id, number, before: placeOf(base), after: placeOf(answer) }} />
              )}
            </Answer>
          );
        })}
      </div>
    </>
  );
}

const hasText = ({ answer }: AnswerView): boolean => answer !== null && answer.trim() !== "";
const placeOf = ({ candidate, repeat, variant }: AnswerView): AnswerPlace => ({ candidate, repeat, variant });

interface AnswerProps {
  answers: AnswerView[];
  answer: AnswerView;
  onRepeat: (next: string) => void;
  /** The answer's text. */
  children: ReactNode;
}

/** A candidate's answers to one case: one is shown, the others are a press away. */
function Answer({ answers, answer, onRepeat, children }: AnswerProps) {
  const t = useText();
  return (
    <article className="answer" aria-label={answer.name} data-testid="answer">
      <header>
        <h3 className="section-title truncate" title={answer.name}>{answer.name}</h3>
        {answers.length > 1 ? <Segmented label={t("answers-repeat", { name: answer.name })} value={String(answers.indexOf(answer))} onChange={onRepeat} choices={answers.map((one, at) => ({ value: String(at), label: one.variant || String(one.repeat + 1) }))} /> : null}
      </header>
      <dl className="answer-scores">
        {answer.scores.map((score) => <div key={score.criterion} title={score.reason}><dt>{score.criterion}</dt><dd>{score.text}</dd></div>)}
        <div><dt>{t("answer-latency")}</dt><dd>{answer.latencyText || "—"}</dd></div>
        <div><dt>{t("answer-cost")}</dt><dd>{answer.costText || "—"}</dd></div>
      </dl>
      {answer.failure !== "" ? <p className="call bad answer-failure"><TriangleAlert size={14} aria-hidden="true" />{answer.failure}</p> : null}
      {hasText(answer) ? children : answer.failure === "" ? <p className="section-note">{t("answer-empty")}</p> : null}
      {answer.scores.filter((score) => score.reason !== "").map((score) => <p key={score.criterion} className="section-note answer-reason">{t("answer-reason", { criterion: score.criterion, reason: score.reason })}</p>)}
    </article>
  );
}
