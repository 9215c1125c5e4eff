import { ErrorState } from "@/components/States";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { AnswersRef } from "@/core/types";

/** What an answer says that another does not, word by word; the words are as they were sent. */
export function AnswerDifference({ of }: { of: AnswersRef }) {
  const t = useText();
  const found = useRpc("answer_difference", of, { keep: true });
  if (found.error) return <ErrorState inline error={found.error} />;
  if (!found.data) return <p className="section-note">{t("loading")}</p>;
  if (found.data.parts.every(({ kind }) => kind === "same")) return <p className="section-note">{t("difference-none")}</p>;
  return (
    <>
      <p className="section-note">{found.data.sentence}</p>
      <pre className="answer-plain" data-testid="answer-difference">
        {found.data.parts.map(({ kind, text }, at) => (kind === "same" ? <span key={at}>{text}</span> : kind === "added" ? <ins key={at}>{text}</ins> : <del key={at}>{text}</del>))}
      </pre>
    </>
  );
}
