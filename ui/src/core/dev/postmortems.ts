/** Post-mortems of the fixtures: one text that is written, with its time line and actions. */
import type { ActionDraft, ActionView, ChatView, EventDraft, EventView, EventsRequest, PostmortemState, PostmortemView, TextView, TextWrite, TextWritten } from "../types";
import { incident } from "./incidents";
import { uuid } from "./series";

const TEXT = "## Summary\n\nFor 91 minutes answers could quote visit notes of another clinic.\n\n## Timeline\n\n{{timeline}}\n\n## Root cause: technical\n\nThe key of the cache left out the tenant. Somebody should have noticed.\n\n## Action items\n\n{{actions}}\n";

interface Kept {
  texts: string[];
  state: PostmortemState;
  names: string[];
  approver: string;
}

let kept = new Map<string, Kept>();
let events: (EventDraft & { id: string })[] = [];
let actions: (ActionDraft & { id: string })[] = [];
let made = 0;

export function resetPostmortems(): void {
  kept = new Map([[uuid(1327), { texts: [TEXT], state: "draft", names: ["Northgate Health System"], approver: "" }]]);
  events = [
    { id: uuid(1700), incidentId: uuid(1327), at: "2026-07-14T14:02:00Z", text: "Release 88 moves all caches to one node", evidence: "release 88", who: "" },
    { id: uuid(1701), incidentId: uuid(1327), at: "2026-07-14T14:55:00Z", text: "A physician reports a medication her patient never took", evidence: "feedback 4121", who: "" },
  ];
  actions = [
    { id: uuid(1710), incidentId: uuid(1327), title: "Make the tenant part of every cache key", kind: "prevent", status: "open", owner: "Marcus Oyelaran", due: "2026-09-20", verify: "Property test", evidence: "", doneOn: null },
    { id: uuid(1711), incidentId: uuid(1327), title: "Probes for leaks through caches", kind: "detect", status: "verified", owner: "Tomás Herrera", due: "2026-08-20", verify: "", evidence: "36 of 36", doneOn: "2026-08-18" },
  ];
}
resetPostmortems();

const STATE_TEXT: Record<PostmortemState, string> = { draft: "Draft", review: "In review", approved: "Approved", closed: "Closed" };
const NEXT: Record<PostmortemState, PostmortemState[]> = { draft: ["review"], review: ["draft", "approved"], approved: ["draft", "closed"], closed: ["draft", "approved"] };

const row = (one: EventDraft & { id: string }, at: number): EventView => ({
  id: one.id, event: { at: one.at, text: one.text, evidence: one.evidence, who: one.who }, utc: one.at.slice(11, 16), local: one.at.slice(11, 16), day: at === 0 ? "14 Jul 2026" : "",
});

const actionView = (one: ActionDraft & { id: string }): ActionView => {
  const { id, incidentId, ...details } = one;
  const overdue = details.due !== null && details.due < "2026-09-23" && (details.status === "open" || details.status === "doing") ? 3 : null;
  const of = incident(incidentId).row;
  return {
    id, incidentId, incident: of.code, incidentTitle: of.title, details, kindText: details.kind, statusText: { open: "Open", doing: "In progress", done: "Done, to be verified", verified: "Verified", dropped: "Dropped" }[details.status],
    dueText: details.due ?? "—", overdueText: overdue === null ? "" : `overdue ${overdue} d`, overdue, tone: overdue !== null ? "bad" : details.status === "verified" ? "good" : "plain",
  };
};

export const allActions = (): ActionView[] => actions.map(actionView);

export function postmortem(id: string): PostmortemView {
  const of = incident(id).row;
  const one = kept.get(id);
  const state = one?.state ?? "draft";
  return {
    id, code: of.code, title: of.title, begun: one !== undefined, state, stateText: STATE_TEXT[state], tone: state === "draft" ? "warn" : "good", next: one ? NEXT[state] : [],
    approval: one && (state === "approved" || state === "closed") ? { by: one.approver, atText: "23 Sep 2026", hash: "4f2c9a1be07d4f2c9a1be07d", holds: true } : null,
    events: events.filter((event) => event.incidentId === id).map(row), actions: allActions().filter((action) => action.incidentId === id), names: one?.names ?? [], zone: "America/New_York",
    facts: [{ label: "Severity", text: of.severityText, tone: "strong" }, { label: "Status", text: of.statusText, tone: "good" }, { label: "Time to detect", text: "53 min", tone: "plain" }],
  };
}

export function text(id: string): TextView {
  const texts = kept.get(id)?.texts ?? [""];
  return { text: texts.at(-1) ?? "", revision: texts.length, damaged: false };
}

export function begin(id: string): TextView {
  if (!kept.has(id)) kept.set(id, { texts: ["## Summary\n\n_What happened._\n"], state: "draft", names: [], approver: "" });
  return text(id);
}

export function write({ id, changes }: TextWrite): TextWritten {
  const one = kept.get(id);
  if (!one) return { revision: 0, others: null };
  if (changes.length > 0) {
    let out = "";
    let at = 0;
    const before = one.texts.at(-1) ?? "";
    for (const change of changes) {
      out += before.slice(at, change.from) + change.insert;
      at = change.to;
    }
    one.texts.push(out + before.slice(at));
  }
  return { revision: one.texts.length, others: null };
}

export function restore(id: string, number: number): TextWritten {
  const one = kept.get(id);
  one?.texts.push(one.texts[number - 1] ?? "");
  return { revision: one?.texts.length ?? 0, others: null };
}

export const history = (id: string) => (kept.get(id)?.texts ?? []).map((_, at, all) => ({ number: at + 1, atText: `22 Sep 2026 10:0${at}`, author: "", saves: 1, cause: at === 0 ? "Begun" : "", newest: at === all.length - 1 })).reverse();
export const version = (id: string, number: number) => {
  const view = history(id).find((one) => one.number === number)!;
  const then = kept.get(id)?.texts[number - 1] ?? "";
  return { view, text: then, parts: [{ kind: "removed" as const, text: then }, { kind: "added" as const, text: text(id).text }] };
};
export const blame = (id: string) => text(id).text.split("\n").map((line) => ({ text: line, author: "", atText: "22 Sep 2026 10:00", number: 1 }));

export function setState(id: string, state: PostmortemState, by: string): void {
  const one = kept.get(id);
  if (!one) return;
  one.state = state;
  if (by !== "") one.approver = by;
}

export function setNames(id: string, names: string[]): void {
  const one = kept.get(id);
  if (one) one.names = names;
}

export const hints = (of: string) => {
  const at = of.indexOf("should have noticed");
  return at < 0 ? [] : [{ from: at, to: at + 19, words: "should have noticed", reason: "hindsight" as const, text: "Judges by what is known now." }];
};

export function keepEvent(draft: EventDraft): { id: string } {
  const id = draft.id ?? uuid(1800 + (made += 1));
  events = [...events.filter((one) => one.id !== id), { ...draft, id }].sort((a, b) => a.at.localeCompare(b.at));
  return { id };
}
export function removeEvent(id: string): void {
  events = events.filter((one) => one.id !== id);
}
export const addEvents = ({ incidentId, events: more }: EventsRequest): { ids: string[] } => ({ ids: more.map((event) => keepEvent({ incidentId, ...event }).id) });

export function keepAction(draft: ActionDraft): { id: string } {
  const id = draft.id ?? uuid(1900 + (made += 1));
  actions = [...actions.filter((one) => one.id !== id), { ...draft, id }];
  return { id };
}
export function removeAction(id: string): void {
  actions = actions.filter((one) => one.id !== id);
}

export const chat = (of: string): ChatView => {
  const found = [...of.matchAll(/^(\d\d:\d\d) (\w+): (.*)$/gm)].map(([, at, who, said]) => ({ event: { at: `2026-07-14T${at}:00Z`, text: said ?? "", evidence: "", who: who ?? "" }, utc: `14 Jul 2026 ${at}:00`, local: `14 Jul 2026 ${at}:00` }));
  return { events: found, count: found.length, notes: [], orderUnknown: false, zone: "America/New_York" };
};
