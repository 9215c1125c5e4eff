import { PenLine } from "lucide-react";
import { useState } from "react";
import { LaterChart } from "@/charts/LaterChart";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { RecordLink } from "@/components/RecordLink";
import { TextArea } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { usePersisted } from "@/core/usePersisted";
import type { DimensionView, EvidenceView, ScorecardView } from "@/core/types";
import { PersonField } from "@/record/PersonField";
import { MarkDots } from "./MarkDots";
import "./scorecards.css";

/** A vendor by six dimensions: what stands, what is proposed and why. */
export function ScorecardTab({ vendor }: { vendor: string }) {
  const card = useRpc("scorecard", { id: vendor }, { keep: false });
  if (card.error) return <ErrorState inline error={card.error} onRetry={() => void card.refetch()} />;
  if (!card.data) return <LoadingState />;
  return <Loaded card={card.data} />;
}

function Loaded({ card }: { card: ScorecardView }) {
  const t = useText();
  const [asked, setAsked] = useState<DimensionView | null>(null);
  return (
    <div className="stack">
      <p className="section-note">{t("scorecard-note", { quarter: card.quarterText })}</p>
      <table className="scorecard" data-testid="scorecard">
        <thead>
          <tr><th>{t("scorecard-dimension")}</th><th>{t("scorecard-mark")}</th><th>{t("scorecard-why")}</th><th>{t("scorecard-proposal")}</th><th><span className="visually-hidden">{t("scorecard-give")}</span></th></tr>
        </thead>
        <tbody>
          {card.rows.map((row) => (
            <tr key={row.dimension} data-testid={`score-${row.dimension}`}>
              <th scope="row">{row.name}</th>
              <td>{row.mark ? <><MarkDots mark={row.mark.mark} faint={!row.mark.current} />{row.mark.current ? null : <div className="section-note">{row.mark.quarterText}</div>}</> : <span className="faint">—</span>}</td>
              <td>
                {row.mark ? (
                  <>
                    <div>{row.mark.anchor}</div>
                    {row.mark.reason ? <div className="score-reason">{row.mark.reason}</div> : null}
                    <div className="section-note">{row.mark.author} · {row.mark.dayText}<Evidence evidence={row.mark.evidence} /></div>
                  </>
                ) : <span className="faint">{t("scorecard-none")}</span>}
              </td>
              <td>
                {row.proposal ? (
                  <>
                    <div><b>{row.proposal.mark}</b> <span className="section-note">({row.proposal.exactText})</span></div>
                    <div className="section-note">{row.proposal.basis}<Evidence evidence={[row.proposal.evidence]} /></div>
                  </>
                ) : <span className="section-note">{row.noProposal}</span>}
              </td>
              <td><Button icon={<PenLine />} aria-label={t("scorecard-give-of", { dimension: row.name })} onClick={() => setAsked(row)} data-testid={`score-give-${row.dimension}`}>{t("scorecard-give")}</Button></td>
            </tr>
          ))}
        </tbody>
      </table>
      {card.history ? <LaterChart spec={card.history} height={240} testid="scorecard-history" /> : null}
      {asked ? <MarkDialog key={asked.dimension} vendor={card.vendorId} row={asked} onClose={() => setAsked(null)} /> : null}
    </div>
  );
}

function Evidence({ evidence }: { evidence: EvidenceView[] }) {
  return evidence.map((one) => <span key={one.title}> · <RecordLink to={one.link}>{one.title}</RecordLink></span>);
}

function MarkDialog({ vendor, row, onClose }: { vendor: string; row: DimensionView; onClose: () => void }) {
  const t = useText();
  const give = useMutate("scorecard_set");
  const [mark, setMark] = useState(String(row.proposal?.mark ?? row.mark?.mark ?? ""));
  const [reason, setReason] = useState("");
  const [author, setAuthor] = usePersisted("rater.name", "");
  const differs = row.proposal !== null && mark !== "" && Number(mark) !== row.proposal.mark;
  const go = (): void => give.mutate({ vendorId: vendor, dimension: row.dimension, mark: Number(mark), reason, author }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("scorecard-give-of", { dimension: row.name })}
      note={row.proposal ? t("scorecard-proposed", { mark: row.proposal.mark, basis: row.proposal.basis }) : row.noProposal}
      footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" disabled={mark === "" || give.isPending} onClick={go} data-testid="score-go">{t("scorecard-give")}</Button></>}
    >
      <div className="stack">
        <ErrorNote error={give.error && give.error.fields.length === 0 ? give.error : null} />
        <SelectField label={t("scorecard-mark")} options={row.anchors.map((anchor, at) => ({ value: String(at + 1), label: `${at + 1} · ${anchor}` }))} value={mark} onChange={setMark} error={fieldSentence(t, give.error, "mark")} data-testid="score-mark" />
        <TextArea label={t("scorecard-reason")} hint={differs ? t("scorecard-reason-needed") : t("scorecard-reason-hint")} value={reason} onChange={setReason} rows={3} error={fieldSentence(t, give.error, "reason")} data-testid="score-reason" />
        <PersonField label={t("scorecard-author")} value={author} onChange={setAuthor} error={fieldSentence(t, give.error, "author")} data-testid="score-author" />
      </div>
    </Dialog>
  );
}
