import { ChartLine, EyeOff, Focus, ListChecks, ListOrdered, Plus } from "lucide-react";
import type { EditorView } from "@codemirror/view";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Badge } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { Menu } from "@/components/Menu";
import { SaveState } from "@/components/PageHeader";
import { ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { usePersisted } from "@/core/usePersisted";
import { useRpc } from "@/core/queries";
import { call, toWireError } from "@/core/rpc";
import { useText } from "@/core/text";
import type { ActionView, HintView, PostmortemView, TextView, WireError } from "@/core/types";
import { ActionDialog } from "./ActionDialog";
import { ActionList } from "./ActionList";
import { EventRows } from "./EventRows";
import { HistoryDialog } from "./HistoryDialog";
import { Preview } from "./Preview";
import { createEditor, goTo, inside, insertLine, lock, show, take } from "./editor";
import { outline, words } from "./pieces";
import { Writing, type WritingState } from "./writing";

const NONE: readonly HintView[] = [];

type Look = "write" | "both" | "read";

/** Loads the text once; what changes afterwards comes as changes. */
export function Desk({ view, history, onHistory, onChat }: { view: PostmortemView; history: boolean; onHistory: (open: boolean) => void; onChat: () => void }) {
  const [start, setStart] = useState<TextView | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const load = useCallback((): Promise<void> => call("postmortem_text", { id: view.id }).then(setStart, (cause: unknown) => setError(toWireError(cause))), [view.id]);
  useEffect(() => void load(), [load]);
  const again = (): void => {
    setError(null);
    void load();
  };
  if (error) return <div className="page-body"><ErrorState error={error} onRetry={again} /></div>;
  if (!start) return <div className="page-body"><LoadingState /></div>;
  return <Written view={view} start={start} history={history} onHistory={onHistory} onChat={onChat} />;
}

const PHRASES = ["Find", "Replace", "next", "previous", "all", "match case", "regexp", "by word", "replace", "replace all", "close", "current match", "on line", "replaced match on line $", "replaced $ matches"] as const;
const phraseKey = (phrase: string): string => phrase.toLowerCase().replaceAll(" $", "").replaceAll("$ ", "").replaceAll(" ", "-");

function Written({ view, start, history, onHistory, onChat }: { view: PostmortemView; start: TextView; history: boolean; onHistory: (open: boolean) => void; onChat: () => void }) {
  const t = useText();
  const format = useFormat();
  const frozen = view.state === "approved" || view.state === "closed";
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<EditorView | null>(null);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [saving, setSaving] = useState<WritingState>({ status: "idle", error: null, conflict: false });
  const [text, setText] = useState(start.text);
  const [look, setLook] = usePersisted<Look>("postmortem-look", "write");
  const [focus, setFocus] = useState(false);
  const [hinting, setHinting] = usePersisted("postmortem-hints", true);
  const [found, setFound] = useState<readonly HintView[]>([]);
  const hints = hinting && !frozen;
  const [action, setAction] = useState<ActionView | "new" | null>(null);
  const head = useRpc("postmortem_head", { id: view.id });
  const texts = useRef(t);
  useEffect(() => {
    texts.current = t;
  });

  useEffect(() => {
    const parent = place.current;
    if (!parent) return;
    const { current: t } = texts;
    let current: EditorView | null = null;
    const made = new Writing(view.id, start.revision, { doc: () => current!.state.doc, take: (changes) => take(current!, changes) }, setSaving);
    let timer: ReturnType<typeof setTimeout> | undefined;
    current = createEditor({
      parent,
      doc: start.text,
      label: t("postmortem-name"),
      hint: t("postmortem-placeholder"),
      phrases: Object.fromEntries(PHRASES.map((phrase) => [phrase, t(`editor-${phraseKey(phrase)}`)])),
      onTyped: (changes) => made.typed(changes),
      onText: (read) => {
        // Outline, count and preview follow the hand at a distance: a key is on the screen first.
        clearTimeout(timer);
        timer = setTimeout(() => setText(read()), 120);
      },
    });
    setEditor(current);
    setWriting(made);
    const leave = (): void => void made.flush();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      clearTimeout(timer);
      const view = current;
      void made.close().finally(() => view?.destroy());
    };
  }, [view.id, start]);

  useEffect(() => {
    if (editor) lock(editor, frozen);
  }, [editor, frozen]);
  useEffect(() => {
    if (head.data) writing?.head(head.data.revision);
  }, [head.data, writing]);
  useEffect(() => {
    if (!hints) return;
    let current = true;
    const timer = setTimeout(() => {
      call("postmortem_hints", { text }).then((now) => current && setFound(now), () => undefined);
    }, 400);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, hints]);
  useEffect(() => {
    if (editor) show(editor, hints ? found : NONE);
  }, [editor, hints, found]);

  const headings = useMemo(() => outline(text), [text]);
  const count = useMemo(() => words(text), [text]);
  const corner = typeof document === "undefined" ? null : document.getElementById("pm-save");
  const settle = (how: "keepMine" | "takeTheirs"): void => {
    writing?.[how]().catch((cause: unknown) => setSaving((now) => ({ ...now, error: toWireError(cause) })));
  };

  return (
    <div className={`pm${focus ? " pm-focus" : ""} pm-${look}`} onKeyDown={(event) => event.key === "Escape" && focus && setFocus(false)}>
      {corner ? createPortal(<SaveState status={saving.status} />, corner) : null}
      <nav className="pm-outline" aria-label={t("postmortem-outline")}>
        <div className="pm-label">{t("postmortem-outline")}</div>
        <ul>
          {headings.map((heading) => (
            <li key={heading.at} style={{ paddingLeft: `${Math.max(0, heading.level - 2) * 12}px` }}>
              <button type="button" className="pm-link" title={heading.text} onClick={() => editor && goTo(editor, heading.at)}>{heading.text}</button>
            </li>
          ))}
        </ul>
        {hints && found.length > 0 ? (
          <>
            <div className="pm-label">{t("postmortem-hints")}</div>
            <ul className="pm-hints">
              {found.slice(0, 8).map((hint, at) => (
                <li key={`${hint.from}/${at}`}>
                  <button type="button" className="pm-hint-line" onClick={() => editor && goTo(editor, hint.from)}><q>{hint.words}</q> {hint.text}</button>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <div className="pm-foot mut">{t("postmortem-words", { count, shown: format.count(count) })}</div>
      </nav>
      <section className="pm-desk">
        <div className="pm-bar">
          <Segmented label={t("postmortem-look")} value={look} onChange={(next) => setLook(next as Look)} choices={(["write", "both", "read"] as const).map((value) => ({ value, label: t(`postmortem-look-${value}`) }))} testid="postmortem-look" />
          <span className="grow" />
          {frozen ? null : (
            <>
              <IconButton label={t("postmortem-mark-inside")} onClick={() => editor && inside(editor)}><EyeOff /></IconButton>
              <IconButton label={t("postmortem-insert-timeline")} onClick={() => editor && insertLine(editor, "{{timeline}}")}><ListOrdered /></IconButton>
              <Menu
                trigger={<IconButton label={t("postmortem-insert-figure")} data-testid="postmortem-figure"><ChartLine /></IconButton>}
                items={(["requests", "spend", "budget"] as const).map((name) => ({ key: name, label: t(`postmortem-figure-${name}`), onSelect: () => { if (editor) insertLine(editor, `{{figure ${name}}}`); } }))}
              />
              <IconButton label={t("postmortem-insert-actions")} onClick={() => editor && insertLine(editor, "{{actions}}")}><ListChecks /></IconButton>
            </>
          )}
          <IconButton label={t(focus ? "postmortem-focus-off" : "postmortem-focus")} onClick={() => setFocus(!focus)}><Focus /></IconButton>
        </div>
        {start.damaged ? <p className="call bad" role="alert">{t("postmortem-damaged-note")}</p> : null}
        {view.approval ? <p className={view.approval.holds ? "call info" : "call bad"} role={view.approval.holds ? "note" : "alert"} data-testid="postmortem-approval">{t(view.approval.holds ? "postmortem-approved-note" : "postmortem-approved-changed", { by: view.approval.by, date: view.approval.atText, hash: view.approval.hash.slice(0, 12) })}</p> : null}
        {saving.conflict ? (
          <div className="call bad pm-conflict" role="alert" data-testid="postmortem-conflict">
            <span>{t("postmortem-conflict-note")}</span>
            <Button onClick={() => settle("keepMine")} data-testid="conflict-mine">{t("postmortem-conflict-mine")}</Button>
            <Button onClick={() => settle("takeTheirs")} data-testid="conflict-theirs">{t("postmortem-conflict-theirs")}</Button>
          </div>
        ) : <ErrorNote error={saving.error} />}
        <div className="pm-page">
          <div ref={place} className="pm-editor" data-testid="postmortem-editor" />
          {look === "write" ? null : <Preview text={text} view={view} />}
        </div>
      </section>
      <aside className="pm-side" aria-label={t("postmortem-incident")}>
        <div className="pm-label">{t("postmortem-incident")}</div>
        <dl className="pm-facts">
          {view.facts.map((fact) => <div key={fact.label}><dt>{fact.label}</dt><dd>{fact.tone === "plain" || fact.tone === "strong" ? fact.text : <Badge tone={fact.tone}>{fact.text}</Badge>}</dd></div>)}
        </dl>
        <EventRows view={view} frozen={frozen} onChat={onChat} />
        <div className="pm-label pm-head"><span>{t("actions-title")}</span><IconButton label={t("action-add")} onClick={() => setAction("new")} data-testid="action-add"><Plus /></IconButton></div>
        <ActionList actions={view.actions} onOpen={setAction} />
        <label className="pm-switch"><input type="checkbox" checked={hinting} onChange={(event) => setHinting(event.target.checked)} data-testid="postmortem-hinting" /> {t("postmortem-hinting")}</label>
      </aside>
      {action ? <ActionDialog incidentId={view.id} action={action === "new" ? null : action} onClose={() => setAction(null)} /> : null}
      {history ? <HistoryDialog id={view.id} frozen={frozen} onRestored={(restored, revision) => writing?.replaced(restored, revision)} onClose={() => onHistory(false)} before={() => writing?.flush() ?? Promise.resolve()} /> : null}
    </div>
  );
}
