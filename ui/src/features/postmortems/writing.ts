/**
 * What is typed goes to the core as changes, a sixth of a second after the first key that is not kept yet: whoever pulls the plug loses
 * no more than that. What others write meanwhile comes back as a change of the text as it stands here; nobody's words are written over.
 */
import { ChangeSet, type Text } from "@codemirror/state";
import { markPending, markSaved } from "@/core/saved";
import { call, toWireError } from "@/core/rpc";
import type { SaveStatus } from "@/core/autosave";
import type { TextChange, WireError } from "@/core/types";

const DELAY = 150;
/** After a failure it is tried again by itself. */
const AGAIN = 2_000;

export interface Surface {
  /** The text as it stands. */
  doc(): Text;
  /** Changes the text without the change being typed. */
  take(changes: ChangeSet): void;
}

export interface WritingState {
  status: SaveStatus;
  error: WireError | null;
  conflict: boolean;
}

const list = (changes: ChangeSet): TextChange[] => {
  const found: TextChange[] = [];
  changes.iterChanges((from, to, _fromB, _toB, inserted) => found.push({ from, to, insert: inserted.toString() }), true);
  return found;
};

/** The one change that makes a text another. */
export function difference(before: string, after: string): TextChange | null {
  if (before === after) return null;
  let from = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  // Not between the halves of a character.
  const halves = (text: string, at: number): boolean => at > 0 && at < text.length && /[\udc00-\udfff]/.test(text[at] ?? "");
  if (halves(before, from) || halves(after, from)) from -= 1;
  if (halves(before, before.length - end) || halves(after, after.length - end)) end -= 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

export class Writing {
  private base: number;
  private waiting: ChangeSet | null = null;
  private sending: ChangeSet | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private marked = false;
  private closed = false;
  private known: number;
  private sent: Promise<void> = Promise.resolve();
  state: WritingState = { status: "idle", error: null, conflict: false };

  constructor(
    private readonly id: string,
    revision: number,
    private readonly surface: Surface,
    private readonly onState: (state: WritingState) => void,
  ) {
    this.base = revision;
    this.known = revision;
  }

  private say(state: Partial<WritingState>): void {
    this.state = { ...this.state, ...state };
    if (!this.closed) this.onState(this.state);
  }

  private mark(is: boolean): void {
    if (is === this.marked) return;
    this.marked = is;
    markPending(is ? 1 : -1);
  }

  /** A hand changed the text. */
  typed(changes: ChangeSet): void {
    this.waiting = this.waiting ? this.waiting.compose(changes) : changes;
    this.mark(true);
    if (this.state.conflict) return;
    this.say({ status: "pending" });
    // Not after the last key but after the first: a hand that never rests is kept too.
    this.timer ??= setTimeout(() => void this.flush(), DELAY);
  }

  /** Somebody wrote a revision, here or elsewhere. */
  head(revision: number): void {
    this.known = Math.max(this.known, revision);
    if (this.known > this.base && this.waiting === null && this.sending === null && !this.state.conflict) void this.flush(true);
  }

  /** Sends what waits; settles when it is kept, or could not be. */
  async flush(ask = false): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.sending !== null || this.state.conflict) return this.sent;
    if (this.waiting === null && !ask) return;
    this.sent = this.send();
    return this.sent;
  }

  private async send(): Promise<void> {
    const sending = this.waiting ?? ChangeSet.empty(this.surface.doc().length);
    this.waiting = null;
    this.sending = sending;
    if (!sending.empty) this.say({ status: "saving" });
    try {
      const done = await call("postmortem_write", { id: this.id, base: this.base, changes: list(sending), by: "" });
      this.base = done.revision;
      this.known = Math.max(this.known, done.revision);
      this.sending = null;
      if (done.others) {
        const theirs = ChangeSet.of([done.others], sending.newLength);
        const waiting = this.waiting as ChangeSet | null;
        this.surface.take(waiting ? theirs.map(waiting, true) : theirs);
        this.waiting = waiting ? waiting.map(theirs) : null;
      }
      if (!sending.empty) markSaved();
      this.mark(this.waiting !== null);
      this.say({ status: this.waiting ? "pending" : sending.empty ? this.state.status : "saved", error: null });
    } catch (cause) {
      const error = toWireError(cause);
      const waiting = this.waiting as ChangeSet | null;
      this.waiting = waiting ? sending.compose(waiting) : sending.empty ? null : sending;
      this.sending = null;
      const conflict = error.code === "postmortem-conflict";
      this.say({ status: "failed", error, conflict });
      if (!conflict && !this.closed && this.waiting) this.timer ??= setTimeout(() => void this.flush(), AGAIN);
      return;
    }
    // What was typed meanwhile, or came from elsewhere.
    if (this.waiting) this.timer ??= setTimeout(() => void this.flush(), DELAY);
    else if (this.known > this.base) void this.flush(true);
  }

  /** Writes this text over the one that is there; theirs stays in the history. */
  async keepMine(): Promise<void> {
    const theirs = await call("postmortem_text", { id: this.id });
    const change = difference(theirs.text, this.surface.doc().toString());
    const done = await call("postmortem_write", { id: this.id, base: theirs.revision, changes: change ? [change] : [], by: "" });
    this.base = done.revision;
    this.known = Math.max(this.known, done.revision);
    this.waiting = null;
    this.mark(false);
    this.say({ status: "saved", error: null, conflict: false });
  }

  /** Goes on with what is there; this text stays in the history. */
  async takeTheirs(): Promise<void> {
    const theirs = await call("postmortem_text", { id: this.id });
    await this.keepMine();
    const done = await call("postmortem_restore", { id: this.id, number: theirs.revision });
    this.replaced(theirs.text, done.revision);
  }

  /** The text is another one now, by a restore. */
  replaced(text: string, revision: number): void {
    const change = difference(this.surface.doc().toString(), text);
    if (change) this.surface.take(ChangeSet.of([change], this.surface.doc().length));
    this.base = revision;
    this.known = Math.max(this.known, revision);
    this.waiting = null;
    this.mark(false);
    this.say({ status: "saved", error: null, conflict: false });
  }

  /** The page is left: what waits is sent, and nobody is told any more. */
  async close(): Promise<void> {
    await this.flush();
    // What came while it was sent.
    if (this.waiting && !this.state.conflict) await this.flush();
    this.closed = true;
    clearTimeout(this.timer);
    this.mark(false);
  }
}
