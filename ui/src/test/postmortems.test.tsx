/** Post-mortems: what is typed goes out as changes, what others write comes in, nobody's words are written over. */
import { ChangeSet, Text } from "@codemirror/state";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { incidents } from "@/core/dev/incidents";
import { resetPostmortems } from "@/core/dev/postmortems";
import * as rpc from "@/core/rpc";
import type { TextWrite, TextWritten } from "@/core/types";
import { outline, pieces, words } from "@/features/postmortems/pieces";
import { Writing, difference, type WritingState } from "@/features/postmortems/writing";
import { openApp, violations } from "./app";

const idOf = (number: number): string => incidents().find((row) => row.number === number)!.id;

/** A text without an editor. */
function desk(start: string, answer: (request: TextWrite) => TextWritten | Promise<TextWritten>) {
  let doc = Text.of(start.split("\n"));
  const sent: TextWrite[] = [];
  const states: WritingState[] = [];
  vi.spyOn(rpc, "call").mockImplementation(async (_command: string, payload: unknown) => {
    sent.push(payload as TextWrite);
    return (await answer(payload as TextWrite)) as never;
  });
  const writing = new Writing("incident", 1, { doc: () => doc, take: (changes) => { doc = changes.apply(doc); } }, (state) => states.push(state));
  const type = (from: number, to: number, insert: string): void => {
    const changes = ChangeSet.of({ from, to, insert }, doc.length);
    doc = changes.apply(doc);
    writing.typed(changes);
  };
  return { writing, type, sent, states, text: () => doc.toString() };
}

describe("writing", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("sends what was typed a sixth of a second after the first key, however long the hand goes on", async () => {
    vi.useFakeTimers();
    const { type, sent } = desk("", ({ base }) => ({ revision: base + 1, others: null }));
    for (let key = 0; key < 10; key += 1) {
      type(key, key, "x");
      await vi.advanceTimersByTimeAsync(40);
    }
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(sent[0]!.changes).toEqual([{ from: 0, to: 0, insert: "xxxx" }]);
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.flatMap((one) => one.changes.map((change) => change.insert)).join("")).toBe("x".repeat(10));
  });

  it("goes on with what others wrote, while more is typed", async () => {
    vi.useFakeTimers();
    let release: (written: TextWritten) => void = () => undefined;
    const { type, sent, text } = desk("one two", () => new Promise((done) => { release = done; }));
    type(7, 7, " three");
    await vi.advanceTimersByTimeAsync(160);
    // Typed while the first is on its way; the other wrote before both.
    type(13, 13, "!");
    release({ revision: 3, others: { from: 0, to: 3, insert: "ONE AND" } });
    await vi.advanceTimersByTimeAsync(160);
    expect(text()).toBe("ONE AND two three!");
    expect(sent[1]).toMatchObject({ base: 3, changes: [{ from: 17, to: 17, insert: "!" }] });
  });

  it("keeps what could not be sent, and tries again", async () => {
    vi.useFakeTimers();
    let full = true;
    const { type, sent, states } = desk("", ({ base }) => {
      if (full) throw { code: "disk-full", params: {}, fields: [], retryable: true, logId: "" };
      return { revision: base + 1, others: null };
    });
    type(0, 0, "kept");
    await vi.advanceTimersByTimeAsync(200);
    expect(states.at(-1)!.status).toBe("failed");
    full = false;
    await vi.advanceTimersByTimeAsync(2_100);
    expect(states.at(-1)!.status).toBe("saved");
    expect(sent.at(-1)!.changes).toEqual([{ from: 0, to: 0, insert: "kept" }]);
  });

  it("asks where both changed the same words, and sends nothing more until it is settled", async () => {
    vi.useFakeTimers();
    const { type, sent, states } = desk("abc", () => {
      throw { code: "postmortem-conflict", params: {}, fields: [], retryable: false, logId: "" };
    });
    type(0, 1, "x");
    await vi.advanceTimersByTimeAsync(200);
    expect(states.at(-1)!.conflict).toBe(true);
    type(1, 1, "y");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toHaveLength(1);
  });

  it("tells one text from another without cutting a character", () => {
    for (const [before, after] of [["", "a"], ["a😀b", "a😁b"], ["same", "same"], ["aa", "aaa"], ["时间线", "时间"]] as const) {
      const change = difference(before, after);
      const made = change === null ? before : before.slice(0, change.from) + change.insert + before.slice(change.to);
      expect(made).toBe(after);
    }
    expect(difference("a😀b", "a😁b")).toEqual({ from: 1, to: 3, insert: "😁" });
  });
});

describe("a text", () => {
  it("is parted as the core parts it", () => {
    expect(pieces("## A\n{{timeline}}\n```\n{{actions}}\n```\n{{ actions }}\n").map((piece) => piece.kind)).toEqual(["markdown", "timeline", "markdown", "actions"]);
    expect(outline("# A\n```\n# no\n```\n### 原因 ##\n").map(({ text, level }) => [text, level])).toEqual([["A", 1], ["原因", 3]]);
    expect(words("It didn't take 3.5 minutes.")).toBe(5);
    expect(words("检索返回了 tenant_id 错误")).toBe(8);
  });
});

describe("post-mortems", () => {
  afterEach(resetPostmortems);

  it("are begun from their incident", async () => {
    const user = userEvent.setup();
    openApp(`/incidents/${idOf(33)}`);
    await user.click(await screen.findByTestId("incident-postmortem"));
    await user.click(await screen.findByTestId("postmortem-begin"));
    await screen.findByTestId("postmortem-editor");
    expect(await violations()).toEqual([]);
  });

  it("show their time line, their actions and words that judge people", async () => {
    openApp(`/incidents/${idOf(27)}/postmortem`);
    await screen.findByTestId("postmortem-editor");
    expect((await screen.findAllByTestId("event-row")).map((row) => row.textContent).join()).toContain("A physician reports a medication");
    expect((await screen.findAllByTestId("action-row"))[0]!.textContent).toContain("overdue 3 d");
    await screen.findByText("Judges by what is known now.");
    expect(await violations()).toEqual([]);
  });

  it("take a chat into the time line", async () => {
    const user = userEvent.setup();
    openApp(`/incidents/${idOf(27)}/postmortem`);
    await user.click(await screen.findByTestId("chat-import"));
    const dialog = await screen.findByRole("dialog");
    await user.click(screen.getByTestId("chat-text"));
    await user.paste("15:10 Ada: canary is red\n15:12 Bo: switched off");
    await within(dialog).findAllByText(/canary is red/);
    expect(await violations()).toEqual([]);
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("chat-go").disabled).toBe(false));
    await user.click(screen.getByTestId("chat-go"));
    await waitFor(() => expect(screen.getAllByTestId("event-row")).toHaveLength(4));
  });

  it("are approved by name, and shown as frozen", async () => {
    const user = userEvent.setup();
    openApp(`/incidents/${idOf(27)}/postmortem`);
    await user.click(await screen.findByTestId("postmortem-forward"));
    await waitFor(() => expect(screen.getByTestId("postmortem-forward").textContent).toContain("Approve"));
    await user.click(screen.getByTestId("postmortem-forward"));
    await user.type(await screen.findByTestId("approve-by"), "Ada Lovelace");
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("approve-go"));
    await waitFor(() => expect(screen.getByTestId("postmortem-approval").textContent).toContain("Ada Lovelace"));
    expect(screen.queryByTestId("event-add")).toBeNull();
  });

  it("keep their versions", async () => {
    const user = userEvent.setup();
    openApp(`/incidents/${idOf(27)}/postmortem`);
    await user.click(await screen.findByTestId("postmortem-history"));
    await screen.findAllByTestId("history-version");
    expect(await violations()).toEqual([]);
  });
});

describe("actions", () => {
  it("are a list and a board, and open where they are", async () => {
    const user = userEvent.setup();
    openApp("/actions");
    const table = await screen.findByTestId("actions-table");
    expect(table.textContent).toContain("Make the tenant part of every cache key");
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("actions-look-board"));
    await user.click(within(await screen.findByTestId("actions-board")).getByText("Make the tenant part of every cache key"));
    expect(await screen.findByTestId<HTMLInputElement>("action-title")).toHaveProperty("value", "Make the tenant part of every cache key");
    expect(await violations()).toEqual([]);
  });
});
