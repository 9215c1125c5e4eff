import { useState } from "react";
import { DateField } from "@/components/DateField";
import { ErrorNote } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { ContractView } from "@/core/types";

/** What happens if notice is given on a day, or never. Nothing is kept of it. */
export function NoticeQuestion({ view }: { view: ContractView }) {
  const t = useText();
  const { contract, deadline } = view.row;
  const [notice, setNotice] = useState<string | null>(deadline?.kind === "notice" ? deadline.date : null);
  const answer = useRpc("contract_notice", { id: contract.id, notice });
  return (
    <section className="stack notice-question">
      <h2 className="section-title">{t("notice-title")}</h2>
      <DateField label={t("notice-question")} value={notice} onChange={setNotice} hint={t("notice-never-hint")} error={fieldSentence(t, answer.error, "notice")} data-testid="notice-day" />
      {answer.data ? <p className={answer.data.late ? "call" : "call info"} role="status" data-testid="notice-answer">{answer.data.sentence}</p> : null}
      <ErrorNote error={answer.error && answer.error.fields.length === 0 ? answer.error : null} />
    </section>
  );
}
