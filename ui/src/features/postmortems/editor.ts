/** CodeMirror on plain Markdown, in the window's own colours. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { markdown, markdownKeymap } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, StateEffect, StateField, type ChangeSet, type Extension } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, drawSelection, keymap, placeholder, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { HintView } from "@/core/types";

/** A change that no hand made here: it comes from another window, or from the history. */
const FROM_ELSEWHERE = Annotation.define<boolean>();

const STYLE = HighlightStyle.define([
  { tag: tags.heading, color: "var(--acc)", fontWeight: "600" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.monospace, fontFamily: "var(--mono)" },
  { tag: tags.link, color: "var(--acc)" },
  { tag: tags.url, color: "var(--mut)" },
  { tag: tags.quote, color: "var(--mut)" },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: "var(--faint)" },
]);

/** What stays inside, and lines that stand for something. */
const marks = (pattern: RegExp, name: string): Extension => {
  const decorator = new MatchDecorator({ regexp: pattern, decoration: Decoration.mark({ class: name }) });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = decorator.createDeco(view);
      }
      update(update: ViewUpdate): void {
        this.decorations = decorator.updateDeco(update, this.decorations);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
};

const showHints = StateEffect.define<readonly HintView[]>();
const hintField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    let now = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(showHints)) {
        const length = transaction.newDoc.length;
        const fit = effect.value.filter((hint) => hint.from < hint.to && hint.to <= length);
        now = Decoration.set(fit.map((hint) => Decoration.mark({ class: "pm-hint", attributes: { title: hint.text } }).range(hint.from, hint.to)), true);
      }
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const readOnly = new Compartment();
const locked = (is: boolean): Extension => [EditorState.readOnly.of(is), EditorView.editable.of(!is)];

/** Puts what is around the selection, or takes it off again. */
function wrap(view: EditorView, before: string, after: string): boolean {
  if (view.state.readOnly) return false;
  const { from, to } = view.state.selection.main;
  const doc = view.state.doc;
  const around = doc.sliceString(from - before.length, from) === before && doc.sliceString(to, to + after.length) === after;
  view.dispatch(
    around
      ? { changes: [{ from: from - before.length, to: from }, { from: to, to: to + after.length }], userEvent: "input" }
      : { changes: [{ from, insert: before }, { from: to, insert: after }], selection: { anchor: from + before.length, head: to + before.length }, userEvent: "input" },
  );
  return true;
}

export const bold = (view: EditorView): boolean => wrap(view, "**", "**");
export const italic = (view: EditorView): boolean => wrap(view, "_", "_");
export const inside = (view: EditorView): boolean => wrap(view, "{==", "==}");

interface Options {
  parent: HTMLElement;
  doc: string;
  label: string;
  hint: string;
  phrases: Record<string, string>;
  onTyped: (changes: ChangeSet) => void;
  onText: (text: () => string) => void;
}

export function createEditor({ parent, doc, label, hint, phrases, onTyped, onText }: Options): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        EditorState.phrases.of(phrases),
        markdown(),
        syntaxHighlighting(STYLE),
        search({ top: true }),
        placeholder(hint),
        marks(/\{==[^]*?==\}/g, "pm-inside"),
        marks(/^\s*\{\{.*\}\}\s*$/gm, "pm-stands"),
        hintField,
        readOnly.of(locked(false)),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true" }),
        keymap.of([
          { key: "Mod-b", run: bold },
          { key: "Mod-i", run: italic },
          { key: "Mod-Shift-h", run: inside },
          ...markdownKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          // Tab leaves the text, as it leaves every other field; Escape and Tab indent.
          { key: "Ctrl-]", run: indentWithTab.run },
        ].filter((binding): binding is typeof binding & object => binding.run !== undefined || binding.any !== undefined)),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          if (!update.transactions.some((one) => one.annotation(FROM_ELSEWHERE))) onTyped(update.changes);
          onText(() => update.state.doc.toString());
        }),
      ],
    }),
  });
}

export const take = (view: EditorView, changes: ChangeSet): void => view.dispatch({ changes, annotations: FROM_ELSEWHERE.of(true) });
export const lock = (view: EditorView, is: boolean): void => view.dispatch({ effects: readOnly.reconfigure(locked(is)) });
export const show = (view: EditorView, hints: readonly HintView[]): void => view.dispatch({ effects: showHints.of(hints) });

/** Puts a line of its own where the cursor stands. */
export function insertLine(view: EditorView, line: string): void {
  if (view.state.readOnly) return;
  const at = view.state.doc.lineAt(view.state.selection.main.head);
  const insert = at.text.trim() === "" ? line : `\n\n${line}`;
  const from = at.text.trim() === "" ? at.from : at.to;
  view.dispatch({ changes: { from, to: at.to, insert }, selection: { anchor: from + insert.length }, userEvent: "input" });
  view.focus();
}

export function goTo(view: EditorView, at: number): void {
  const to = Math.min(at, view.state.doc.length);
  view.dispatch({ selection: { anchor: to }, effects: EditorView.scrollIntoView(to, { y: "start", yMargin: 24 }) });
  view.focus();
}
