import { useNavigate } from "@tanstack/react-router";
import { EyeOff, FileInput, FileOutput, Lock, Plus, Scale } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Checkbox, Segmented } from "@/components/Checks";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, NumberField, TextArea, TextField } from "@/components/Field";
import { PathDialog } from "@/components/PathDialog";
import { EmptyState, ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { chooseFile, chooseTarget } from "@/core/dialogs";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import { usePersisted } from "@/core/usePersisted";
import type { BakeoffView, Mode, RoundRow } from "@/core/types";
import { DisputesDialog } from "./DisputesDialog";
import "./blind.css";

const PACKET = { name: "JSON", extensions: ["json"] };

/** Rounds of blind scoring: opened, scored by several, closed. */
export function RoundsTab({ view }: { view: BakeoffView }) {
  const t = useText();
  const rounds = useRpc("rounds", { id: view.row.id });
  const [opening, setOpening] = useState(false);
  if (rounds.error) return <ErrorState inline error={rounds.error} onRetry={() => void rounds.refetch()} />;
  if (!rounds.data) return <LoadingState />;
  const anyOpen = rounds.data.some((one) => one.open);
  const open = anyOpen ? null : <Button icon={<Plus />} onClick={() => setOpening(true)} disabled={view.row.results === 0} data-testid="round-open">{t("round-open")}</Button>;
  return (
    <div className="stack">
      {rounds.data.length === 0 ? (
        <EmptyState inline icon={<EyeOff />} title={t("rounds-empty-title")} text={t("rounds-empty-text")} action={open} />
      ) : (
        <>
          <div className="row"><span className="section-note grow">{t("rounds-note")}</span>{open}</div>
          {rounds.data.map((one) => <Round key={one.id} round={one} bakeoff={view.row.id} />)}
        </>
      )}
      {opening ? <OpenDialog bakeoffId={view.row.id} signed={view.row.stage === "signed"} onClose={() => setOpening(false)} /> : null}
    </div>
  );
}

function OpenDialog({ bakeoffId, signed, onClose }: { bakeoffId: string; signed: boolean; onClose: () => void }) {
  const t = useText();
  const open = useMutate("round_open");
  const [by, setBy] = usePersisted("rater.name", "");
  const [mode, setMode] = useState<Mode>("pairs");
  const [question, setQuestion] = useState(t("round-question-example"));
  const [rubric, setRubric] = useState("");
  const [target, setTarget] = useState<number | null>(200);
  const [masked, setMasked] = useState(true);
  const [despite, setDespite] = useState(false);
  const submit = (): void => open.mutate({ bakeoffId, mode, question, rubric, target: target ?? 0, randomShare: 0.2, overlapShare: 0.2, repeatShare: 0.05, masked, by, despiteFindings: despite }, { onSuccess: onClose });
  const findings = open.error?.code === "round-findings";
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("round-open")}
      note={t("round-open-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" icon={<Lock />} disabled={open.isPending} onClick={submit} data-testid="round-open-go">{t("round-open")}</Button>
        </>
      }
    >
      <div className="stack">
        {signed ? <p className="call" role="note">{t("round-over-signed")}</p> : null}
        <ErrorNote error={open.error && open.error.fields.length === 0 ? open.error : null} />
        {findings ? <Checkbox label={t("round-despite-findings")} checked={despite} onChange={setDespite} /> : null}
        <Segmented label={t("round-mode")} value={mode} onChange={(next) => setMode(next as Mode)} choices={[{ value: "pairs", label: t("round-mode-pairs") }, { value: "rubric", label: t("round-mode-rubric") }]} testid="round-mode" />
        <TextArea label={t("round-question")} value={question} onChange={setQuestion} rows={2} error={fieldSentence(t, open.error, "question")} data-testid="round-question" />
        <TextArea label={t("blind-rubric")} value={rubric} onChange={setRubric} rows={3} />
        <FieldGrid>
          <NumberField label={t("round-target")} value={target} onChange={setTarget} error={fieldSentence(t, open.error, "target")} data-testid="round-target" />
          <TextField label={t("round-by")} value={by} onChange={setBy} error={fieldSentence(t, open.error, "by")} data-testid="round-by" />
        </FieldGrid>
        <Checkbox label={t("round-masked")} note={t("round-masked-note")} checked={masked} onChange={setMasked} />
      </div>
    </Dialog>
  );
}

function Round({ round, bakeoff }: { round: RoundRow; bakeoff: string }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const cancel = useMutate("round_cancel");
  const [asked, setAsked] = useState<"score" | "packet" | "merge" | "disputes" | "close" | null>(null);
  const done = (): void => setAsked(null);
  return (
    <section className="blind-round stack" data-testid="round">
      <div className="row">
        <Badge tone={round.open ? "plain" : "good"}>{t(round.open ? "round-is-open" : "round-is-closed")}</Badge>
        <b className="grow">{round.question}</b>
        {round.open ? (
          <>
            <Button look="primary" onClick={() => setAsked("score")} data-testid="round-score">{t("round-score")}</Button>
            <Button icon={<FileOutput />} onClick={() => setAsked("packet")} data-testid="round-packet">{t("round-packet")}</Button>
            <Button icon={<FileInput />} onClick={() => setAsked("merge")} data-testid="round-merge">{t("round-merge")}</Button>
            {round.disputed > 0 ? <Button icon={<Scale />} onClick={() => setAsked("disputes")} data-testid="round-disputes">{t("round-disputes", { count: round.disputed })}</Button> : null}
            {round.judged === 0 ? <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id: round.id }, { onSuccess: () => toast.say(t("round-cancelled")), onError: toast.fail })} data-testid="round-cancel">{t("round-cancel")}</Button> : <Button onClick={() => setAsked("close")} data-testid="round-close">{t("round-close")}</Button>}
          </>
        ) : null}
      </div>
      <p className="section-note">
        {round.open ? t("round-opened", { by: round.openedBy, date: round.openedText }) : round.fromFile ? t("round-imported", { date: round.closedText }) : t("round-closed", { by: round.closedBy, date: round.closedText })} · {t("round-judged", { count: format.count(round.judged) })}{round.agreementText === "—" ? "" : ` · ${round.agreementText}`}
      </p>
      {round.raters.length === 0 || round.fromFile ? null : (
        <table className="round-table">
          <thead><tr><th>{t("blind-rater")}</th><th className="num">{t("blind-scored")}</th><th className="num">{t("blind-skipped")}</th><th className="num">{t("blind-pace")}</th>{round.open ? <th className="num">{t("blind-time-left")}</th> : null}</tr></thead>
          <tbody>
            {round.raters.map((one) => (
              <tr key={one.rater}><td>{one.rater}</td><td className="num">{t("blind-of", { done: format.count(one.judged), all: format.count(one.target) })}</td><td className="num">{format.count(one.skipped)}</td><td className="num">{one.paceText}</td>{round.open ? <td className="num">{one.leftText}</td> : null}</tr>
            ))}
          </tbody>
        </table>
      )}
      {round.open ? null : <Results round={round} />}
      {asked === "score" ? <ScoreDialog round={round} bakeoff={bakeoff} onClose={done} /> : null}
      {asked === "packet" ? <PacketDialog round={round} onClose={done} /> : null}
      {asked === "merge" ? <MergeDialog round={round} onClose={done} /> : null}
      {asked === "disputes" ? <DisputesDialog round={round} onClose={done} /> : null}
      {asked === "close" ? <CloseDialog round={round} onClose={done} /> : null}
    </section>
  );
}

function ScoreDialog({ round, bakeoff, onClose }: { round: RoundRow; bakeoff: string; onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const [rater, setRater] = usePersisted("rater.name", "");
  const go = (): void => void navigate({ to: "/bakeoffs/$id/blind", params: { id: bakeoff }, search: { round: round.id, rater: rater.trim() } });
  return (
    <Dialog open onClose={onClose} title={t("round-score")} note={t("round-score-note")} footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" disabled={rater.trim() === ""} onClick={go} data-testid="round-score-go">{t("round-score")}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); if (rater.trim() !== "") go(); }}>
        <TextField label={t("rater-name")} value={rater} onChange={setRater} hint={round.raters.length > 0 ? t("rater-known", { names: round.raters.map((one) => one.rater).join(t.lang === "en" ? ", " : "、") }) : undefined} autoFocus data-testid="rater-name" />
      </form>
    </Dialog>
  );
}

function PacketDialog({ round, onClose }: { round: RoundRow; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const write = useMutate("round_packet");
  const [rater, setRater] = useState("");
  const [tasks, setTasks] = useState<number | null>(round.target);
  const [path, setPath] = useState("~/packet.json");
  const place = useTypedPath(path);
  return (
    <PathDialog
      title={t("round-packet")}
      note={t("round-packet-note")}
      label={t("file")}
      path={path}
      onPath={setPath}
      place={place}
      makes
      browse={() => chooseTarget(t("round-packet"), path, [PACKET])}
      go={t("round-packet")}
      onGo={({ replace }) => write.mutate({ id: round.id, rater, tasks: tasks ?? 0, path, replace })}
      busy={write.isPending}
      error={write.error}
      progress={undefined}
      done={write.data ? <p>{t("round-packet-done", { tasks: format.count(write.data.rows), path: write.data.path })}</p> : (
        undefined
      )}
      onClose={onClose}
      testids={{ go: "packet-go", name: "packet" }}
      before={<FieldGrid><TextField label={t("rater-name")} value={rater} onChange={setRater} data-testid="packet-rater" /><NumberField label={t("round-packet-tasks")} value={tasks} onChange={setTasks} /></FieldGrid>}
    />
  );
}

function MergeDialog({ round, onClose }: { round: RoundRow; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const merge = useMutate("round_merge");
  const [path, setPath] = useState("");
  const [same, setSame] = useState(false);
  const place = useTypedPath(path);
  const twice = merge.error?.code === "packet-same-name" || merge.error?.code === "packet-other-rater";
  return (
    <PathDialog
      title={t("round-merge")}
      note={t("round-merge-note")}
      label={t("file")}
      path={path}
      onPath={setPath}
      place={place}
      browse={() => chooseFile(t("round-merge"), [PACKET])}
      go={t("round-merge")}
      onGo={() => merge.mutate({ id: round.id, path, samePerson: same })}
      busy={merge.isPending}
      error={merge.error}
      done={merge.data ? <p>{t("round-merged", { rater: merge.data.rater, added: format.count(merge.data.added), already: format.count(merge.data.already), conflicts: format.count(merge.data.conflicts), unknown: format.count(merge.data.unknown) })}</p> : undefined}
      onClose={onClose}
      testids={{ go: "merge-go", name: "merge" }}
      before={twice ? <Checkbox label={t("round-same-person")} checked={same} onChange={setSame} /> : null}
    />
  );
}

function CloseDialog({ round, onClose }: { round: RoundRow; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const close = useMutate("round_close");
  // Nobody closes it in the name that somebody else typed last.
  const [by, setBy] = useState("");
  const { target } = round;
  const go = (): void => close.mutate({ id: round.id, by }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("round-close-title")}
      note={`${t("round-close-text")} ${t("round-close-note")}`}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={by.trim() === "" || close.isPending} onClick={go} data-testid="round-close-go">{t("round-close")}</Button>
        </>
      }
    >
      <div className="stack">
        <ErrorNote error={close.error && close.error.fields.length === 0 ? close.error : null} />
        <p>{t("round-close-judged", { judged: format.count(round.judged), target: format.count(target) })}</p>
        <TextField label={t("round-closed-by")} value={by} onChange={setBy} error={fieldSentence(t, close.error, "by")} data-testid="round-closed-by" />
      </div>
    </Dialog>
  );
}

/** What a closed round found. */
function Results({ round }: { round: RoundRow }) {
  const t = useText();
  const format = useFormat();
  const results = useRpc("round_results", { id: round.id });
  if (results.error) return <p className="section-note">{results.error.code === "sealed" ? t("round-results-sealed") : null}</p>;
  if (!results.data) return <LoadingState />;
  const { ratings, marks, noRatings, pairs, agreement, agreementLow, disputed } = results.data;
  return (
    <div className="stack" data-testid="round-results">
      {noRatings ? <p className="call">{noRatings}</p> : null}
      {ratings.length > 0 ? (
        <table className="round-table">
          <caption className="section-note">{t("ratings-note")}</caption>
          <thead><tr><th>{t("candidate")}</th><th className="num">{t("ratings-chance")}</th><th className="num">{t("ratings-strength")}</th></tr></thead>
          <tbody>{ratings.map((one) => <tr key={one.name}><td>{one.name}</td><td className="num">{one.text}</td><td className="num">{one.logStrengthText}</td></tr>)}</tbody>
        </table>
      ) : null}
      {marks.length > 0 ? (
        <table className="round-table" data-testid="round-marks">
          <thead><tr><th>{t("round-candidate")}</th><th className="num">{t("round-mean")}</th></tr></thead>
          <tbody>{marks.map((one) => <tr key={one.name}><td>{one.name}</td><td className="num">{one.text}</td></tr>)}</tbody>
        </table>
      ) : null}
      {pairs.length > 0 ? (
        <table className="round-table">
          <thead><tr><th>{t("pairs")}</th><th className="num">{t("pairs-first")}</th><th className="num">{t("pairs-second")}</th><th className="num">{t("blind-tie")}</th><th className="num">{t("blind-both-bad")}</th></tr></thead>
          <tbody>{pairs.map((one) => <tr key={`${one.first}/${one.second}`}><td>{one.first} · {one.second}</td><td className="num">{format.count(one.firstWins)}</td><td className="num">{format.count(one.secondWins)}</td><td className="num">{format.count(one.ties)}</td><td className="num">{format.count(one.bothBad)}</td></tr>)}</tbody>
        </table>
      ) : null}
      {agreement.length > 0 ? <p className="section-note">{agreement.map((one) => `${one.name} ${one.text}`).join(" · ")}</p> : null}
      {agreementLow ? <p className="call" role="note">{agreementLow}</p> : null}
      {disputed.length > 0 ? <details><summary>{t("disputed", { count: disputed.length })}</summary><ul>{disputed.map((one) => <li key={one.number}>{one.name}: {one.verdicts.join(", ")}{one.settled ? ` → ${one.settled}` : ""}</li>)}</ul></details> : null}
    </div>
  );
}
