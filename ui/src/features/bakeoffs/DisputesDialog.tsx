import { useState } from "react";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { Dialog } from "@/components/Dialog";
import { TextArea, TextField } from "@/components/Field";
import { EmptyState, ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { Scale } from "lucide-react";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { usePersisted } from "@/core/usePersisted";
import type { Choice, DisputeView, RoundRow } from "@/core/types";
import { AnswerText } from "./AnswerText";
import { Side } from "./BlindPage";
import "./blind.css";

const WORDS = ["left", "tie", "both-bad", "right"] as const;

/** What raters of an open round do not agree on, settled one by one and as blind as the round. */
export function DisputesDialog({ round, onClose }: { round: RoundRow; onClose: () => void }) {
  const t = useText();
  const disputes = useRpc("round_disputes", { id: round.id });
  const [at, setAt] = useState(0);
  const all = disputes.data ?? [];
  const shown = all[Math.min(at, all.length - 1)];
  return (
    <Dialog open wide onClose={onClose} title={t("disputes-title")} note={t("disputes-note")} footer={<Button onClick={onClose}>{t("close")}</Button>}>
      {disputes.error ? <ErrorState inline error={disputes.error} onRetry={() => void disputes.refetch()} /> : null}
      {disputes.data && !shown ? <EmptyState inline icon={<Scale />} title={t("disputes-none")} text={t("disputes-none-text")} /> : null}
      {!disputes.data && !disputes.error ? <LoadingState /> : null}
      {shown ? <Dispute key={shown.token} round={round} dispute={shown} place={{ at: Math.min(at, all.length - 1), of: all.length }} onGo={setAt} /> : null}
    </Dialog>
  );
}

function Dispute({ round, dispute, place, onGo }: { round: RoundRow; dispute: DisputeView; place: { at: number; of: number }; onGo: (at: number) => void }) {
  const t = useText();
  const format = useFormat();
  const settle = useMutate("round_adjudicate");
  const [word, setWord] = useState<string>("");
  const [reason, setReason] = useState("");
  const [by, setBy] = usePersisted("rater.name", "");
  const pairs = dispute.task.right !== null;
  const choices = pairs ? WORDS.map((one) => ({ value: one, label: t(`blind-${one}`) })) : [1, 2, 3, 4, 5].map((score) => ({ value: String(score), label: String(score) }));
  const choice: Choice = pairs ? { kind: word as (typeof WORDS)[number] } : { kind: "score", score: Number(word) };
  const go = (): void => settle.mutate({ id: round.id, token: dispute.token, choice, by, reason }, { onSuccess: () => onGo(Math.min(place.at + 1, place.of - 1)) });
  return (
    <div className="stack blind">
      <div className="row">
        <span className="grow">{t("blind-input", { name: dispute.task.name })}</span>
        <Button disabled={place.at === 0} onClick={() => onGo(place.at - 1)}>{t("previous")}</Button>
        <span className="num" data-testid="dispute-place">{t("blind-of", { done: format.count(place.at + 1), all: format.count(place.of) })}</span>
        <Button disabled={place.at + 1 >= place.of} onClick={() => onGo(place.at + 1)} data-testid="dispute-next">{t("next")}</Button>
      </div>
      <AnswerText text={dispute.task.input.at(-1)?.content ?? ""} plain />
      {dispute.task.rubric ? <p className="section-note">{dispute.task.rubric}</p> : null}
      <div className={pairs ? "blind-sides" : "blind-sides one"}>
        <Side label={pairs ? t("blind-side-left") : t("blind-answer")} keyName="" text={dispute.task.left} testid="dispute-left" />
        {dispute.task.right === null ? null : <Side label={t("blind-side-right")} keyName="" text={dispute.task.right} testid="dispute-right" />}
      </div>
      <p className="section-note" data-testid="dispute-verdicts">{dispute.verdicts.join(" · ")}</p>
      {dispute.settled ? <p className="call info" data-testid="dispute-settled">{dispute.settled}</p> : null}
      <ErrorNote error={settle.error && settle.error.fields.length === 0 ? settle.error : null} />
      <Segmented label={t("blind-verdict")} value={word} onChange={setWord} choices={choices} testid="dispute-choice" />
      <TextArea label={t("dispute-reason")} value={reason} onChange={setReason} rows={2} error={fieldSentence(t, settle.error, "reason")} data-testid="dispute-reason" />
      <TextField label={t("dispute-by")} value={by} onChange={setBy} error={fieldSentence(t, settle.error, "by")} data-testid="dispute-by" />
      <div className="row"><Button look="primary" disabled={word === "" || settle.isPending} onClick={go} data-testid="dispute-settle">{t("dispute-settle")}</Button></div>
    </div>
  );
}
