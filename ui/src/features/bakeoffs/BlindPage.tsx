import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, ChevronRight, Lock } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { TextArea } from "@/components/Field";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { SummaryStrip } from "@/components/PageHeader";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { usePageKeys } from "@/core/pageKeys";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Choice, ShownTask, TaskView, WireError } from "@/core/types";
import { AnswerText } from "./AnswerText";
import "./blind.css";

/** Where tasks come from: a round of this workspace, or a packet that came from another. */
export interface BlindSource {
  task: TaskView | undefined;
  error: WireError | null;
  refetch: () => void;
  judge: (step: number, choice: Choice, note: string, seconds: number) => Promise<TaskView>;
  undo: () => Promise<TaskView>;
  busy: boolean;
}

/** A round, scored in this workspace. */
export function RoundBlind({ id, round, rater }: { id: string; round: string; rater: string }) {
  const navigate = useNavigate();
  const first = useRpc("round_task", { id: round, rater }, { keep: false });
  const judge = useMutate("round_judge");
  const undo = useMutate("round_undo");
  return (
    <Blind
      source={{
        task: first.data,
        error: first.error,
        refetch: () => void first.refetch(),
        judge: (step, choice, note, seconds) => judge.mutateAsync({ id: round, rater, step, choice, note, seconds }),
        undo: () => undo.mutateAsync({ id: round, rater }),
        busy: judge.isPending || undo.isPending,
      }}
      onLeave={() => void navigate({ to: "/bakeoffs/$id", params: { id }, search: { tab: "blind" } })}
    />
  );
}

/** A packet, scored on whatever laptop it was sent to. */
export function PacketBlind({ path, rater }: { path: string; rater: string }) {
  const navigate = useNavigate();
  const first = useRpc("packet_task", { path, rater }, { keep: false });
  const judge = useMutate("packet_judge");
  const undo = useMutate("packet_undo");
  return (
    <Blind
      source={{
        task: first.data,
        error: first.error,
        refetch: () => void first.refetch(),
        judge: (step, choice, note, seconds) => judge.mutateAsync({ path, rater, step, choice, note, seconds }),
        undo: () => undo.mutateAsync({ path, rater }),
        busy: judge.isPending || undo.isPending,
      }}
      onLeave={() => void navigate({ to: "/bakeoffs", search: {} })}
    />
  );
}

function Blind({ source, onLeave }: { source: BlindSource; onLeave: () => void }) {
  const t = useText();
  const [shown, setShown] = useState<TaskView | null>(null);
  const view = shown ?? source.task;
  // Notes of the verdicts given here, the newest last; taken back, its note stands again.
  const [notes, setNotes] = useState<string[]>([]);
  const [kept, setKept] = useState("");
  const show = useCallback((next: TaskView) => setShown(next), []);
  const onNote = (change: (notes: string[]) => string[]): void => {
    const next = change(notes);
    setKept(next.length < notes.length ? (notes.at(-1) ?? "") : "");
    setNotes(next);
  };
  return (
    <div className="page blind">
      <header className="page-header">
        <div className="grow">
          <h1 className="page-title">{t("blind-title")}</h1>
        </div>
        <span className="blind-seal"><Lock size={14} aria-hidden="true" />{t("blind-sealed")}</span>
        <Button onClick={onLeave} data-testid="blind-leave">{t("blind-leave")}<kbd>Esc</kbd></Button>
      </header>
      <div className="page-body stack">
        {view ? <Scoring key={view.step} view={view} source={source} kept={kept} onNote={onNote} onShow={show} onLeave={onLeave} /> : source.error ? <ErrorState error={source.error} onRetry={source.refetch} /> : <LoadingState />}
      </div>
    </div>
  );
}

const PAIR_KEYS: Record<string, Choice> = { "1": { kind: "left" }, "2": { kind: "right" }, "3": { kind: "tie" }, "4": { kind: "both-bad" } };

function choiceOf(key: string, pairs: boolean): Choice | undefined {
  if (pairs) return PAIR_KEYS[key];
  return /^[1-5]$/.test(key) ? { kind: "score", score: Number(key) } : undefined;
}

interface ScoringProps {
  view: TaskView;
  source: BlindSource;
  /** The note this very task had before its verdict was taken back. */
  kept: string;
  onNote: (change: (notes: string[]) => string[]) => void;
  onShow: (view: TaskView) => void;
  onLeave: () => void;
}

function Scoring({ view, source, kept, onNote, onShow, onLeave }: ScoringProps) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const [note, setNote] = useState(kept);
  const [noting, setNoting] = useState(kept !== "");
  const noteField = useRef<HTMLTextAreaElement>(null);
  // What is typed next is the note, and no verdict.
  const annotate = (): void => {
    flushSync(() => setNoting(true));
    noteField.current?.focus();
  };
  const [open, setOpen] = useState<"input" | "rubric" | null>(null);
  const since = useRef<number | null>(null);
  useEffect(() => {
    since.current = performance.now();
  }, []);
  const { task, progress, mode } = view;
  const pairs = mode === "pairs";
  const run = useCallback(
    (work: Promise<TaskView>) => {
      work.then(onShow).catch((error: unknown) => toast.fail(error as WireError));
    },
    [onShow, toast],
  );
  const judge = (choice: Choice): void => {
    if (source.busy || !task) return;
    const seconds = since.current === null ? 0 : (performance.now() - since.current) / 1000;
    onNote((notes) => [...notes, note]);
    run(source.judge(view.step, choice, note, seconds));
  };
  const undo = (): void => {
    if (!source.busy) run(source.undo().then((before) => {
      onNote((notes) => notes.slice(0, -1));
      return before;
    }));
  };
  usePageKeys((key) => {
    const choice = choiceOf(key, pairs);
    if (choice) judge(choice);
    else if (key === "s") judge({ kind: "skip" });
    else if (key === "u" || key === "mod+z") undo();
    else if (key === "n") annotate();
    else if (key === "i") setOpen(open === "input" ? null : "input");
    else if (key === "r") setOpen(open === "rubric" ? null : "rubric");
    else if (key === "Escape") onLeave();
    else return false;
    return true;
  });

  const buttons: { key: string; label: string; choice: Choice }[] = pairs
    ? [
        { key: "1", label: t("blind-left"), choice: { kind: "left" } },
        { key: "3", label: t("blind-tie"), choice: { kind: "tie" } },
        { key: "4", label: t("blind-both-bad"), choice: { kind: "both-bad" } },
        { key: "2", label: t("blind-right"), choice: { kind: "right" } },
      ]
    : [1, 2, 3, 4, 5].map((score) => ({ key: String(score), label: t(`blind-score-${score}`), choice: { kind: "score", score } }));
  return (
    <>
      <SummaryStrip
        items={[
          { label: t("blind-scored"), value: t("blind-of", { done: format.count(progress.judged), all: format.count(progress.target) }) },
          { label: t("blind-pace"), value: progress.paceText },
          { label: t("blind-time-left"), value: progress.leftText },
          { label: t("blind-rater"), value: progress.rater },
          { label: t("blind-skipped"), value: format.count(progress.skipped) },
        ]}
      />
      <progress className="blind-progress" aria-label={t("blind-scored")} max={Math.max(1, progress.target)} value={progress.judged} />
      {task ? (
        <>
          <p className="blind-question" data-testid="blind-question">{view.question}</p>
          <Context task={task} rubric={view.rubric} open={open} onOpen={setOpen} />
          <div className={pairs ? "blind-sides" : "blind-sides one"}>
            <Side label={pairs ? t("blind-side-left") : t("blind-answer")} keyName={pairs ? "1" : ""} text={task.left} testid="blind-left" />
            {task.right === null ? null : <Side label={t("blind-side-right")} keyName="2" text={task.right} testid="blind-right" />}
          </div>
          <div className="blind-verdicts" role="group" aria-label={t("blind-verdict")}>
            {buttons.map((one) => (
              <button key={one.key} type="button" className="blind-verdict" disabled={source.busy} onClick={() => judge(one.choice)} data-testid={`blind-key-${one.key}`}>
                <kbd>{one.key}</kbd>{one.label}
              </button>
            ))}
          </div>
          {noting ? <TextArea label={t("blind-note")} hint={t("blind-note-hint")} value={note} onChange={setNote} rows={2} ref={noteField} data-testid="blind-note" /> : null}
          <div className="blind-foot">
            <Key name="n" label={t("blind-note")} onPress={annotate} />
            <Key name="u" label={t("undo")} onPress={undo} />
            <Key name="s" label={t("blind-skip")} onPress={() => judge({ kind: "skip" })} />
            <span className="section-note grow">{pairs ? t("blind-shuffled") : ""}{task.repeat ? ` ${t("blind-repeat")}` : ""}</span>
            <span className="section-note">{t("blind-last")}</span>
            {view.last.map((key, index) => <kbd key={index}>{key}</kbd>)}
          </div>
        </>
      ) : (
        <EmptyState
          inline
          icon={<Lock />}
          title={t("blind-through-title")}
          text={t("blind-through-text", { rater: progress.rater })}
          action={<><Button look="primary" onClick={onLeave}>{t("blind-leave")}</Button><Button onClick={undo} data-testid="blind-undo">{t("undo")}</Button></>}
        />
      )}
    </>
  );
}

function Key({ name, label, onPress }: { name: string; label: string; onPress: () => void }) {
  return <button type="button" className="blind-key" onClick={onPress}><kbd>{name}</kbd>{label}</button>;
}

/** One of the answers, whoever gave it. */
export function Side({ label, keyName, text, testid }: { label: string; keyName: string; text: string; testid: string }) {
  return (
    <section className="blind-side" aria-label={label}>
      <header><h2 className="section-title grow">{label}</h2>{keyName ? <kbd>{keyName}</kbd> : null}</header>
      {/* Long answers are scrolled, by keys too. */}
      <div className="blind-text" tabIndex={0} role="region" aria-label={label} data-testid={testid}><AnswerText text={text} plain={false} /></div>
    </section>
  );
}

function Context({ task, rubric, open, onOpen }: { task: ShownTask; rubric: string; open: "input" | "rubric" | null; onOpen: (next: "input" | "rubric" | null) => void }) {
  const t = useText();
  // Turns that follow each other without an answer between were all asked.
  const from = task.input.findLastIndex((message) => message.role !== "user") + 1;
  const turns = task.input.slice(from).map((message) => message.content);
  const last = turns.length > 0 ? turns.join(" ⏎ ") : (task.input.at(-1)?.content ?? "");
  const both = [rubric, task.rubric].filter((part) => part !== "").join("\n\n");
  const row = (which: "input" | "rubric", title: string, short: string, whole: React.ReactNode, key: string): React.ReactNode => (
    <div className="blind-context">
      <button type="button" aria-expanded={open === which} onClick={() => onOpen(open === which ? null : which)}>
        {open === which ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}
        <b>{title}</b><span className="grow truncate" title={short}>{short}</span>
        {which === "input" ? task.tags.map((tag) => <Tag key={tag}>{tag}</Tag>) : null}
        <kbd>{key}</kbd>
      </button>
      {open === which ? <div className="blind-whole">{whole}</div> : null}
    </div>
  );
  return (
    <div>
      {row("input", t("blind-input", { name: task.name }), last, task.input.map((message, index) => <div key={index}><span className="section-note">{t.has(`role-${message.role}`) ? t(`role-${message.role}`) : message.role}</span><AnswerText text={message.content} plain /></div>), "i")}
      {both === "" ? null : row("rubric", t("blind-rubric"), both, <AnswerText text={both} plain={false} />, "r")}
    </div>
  );
}
