/** Suites and bake-offs: what is seen before anything is written, what stays sealed, and what a person may change. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { meaningOf, withMeaning } from "@/components/FileColumns";
import { PLANNED, RENEWAL, SEALED } from "@/core/dev/bakeoffs";
import { committed } from "@/core/dev/fake";
import { GOLDEN } from "@/core/dev/suites";
import { movePoint } from "@/core/decimal";
import { AnswerText } from "@/features/bakeoffs/AnswerText";
import { freeName, problemsOf } from "@/features/bakeoffs/criteria";
import { openApp, seen } from "./app";

const NAMES = /Lumen Pro|Harbor L-2|Northwind 4|Open 70B|Lumen Flash/;

describe("what raters do not agree on", () => {
  it("is settled without a name being shown, with who settled it and why", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${SEALED}?tab=blind`);
    await user.click(await screen.findByTestId("round-disputes"));
    const verdicts = await screen.findByTestId("dispute-verdicts");
    expect(verdicts.textContent).toContain("Tomás Herrera: tie");
    const dialog = screen.getByRole("dialog");
    expect(dialog.textContent).not.toMatch(NAMES);
    expect(screen.getByTestId<HTMLButtonElement>("dispute-settle").disabled).toBe(true);
    await user.click(within(dialog).getByRole("button", { name: "Left is better" }));
    await user.type(screen.getByTestId("dispute-reason"), "Names the reduced dose");
    await user.clear(screen.getByTestId("dispute-by"));
    await user.type(screen.getByTestId("dispute-by"), "Ines Marino");
    await user.click(screen.getByTestId("dispute-settle"));
    await waitFor(() => expect(screen.getByTestId("dispute-place").textContent).toContain("2"));
    await user.click(within(dialog).getByRole("button", { name: "Previous" }));
    expect((await screen.findByTestId("dispute-settled")).textContent).toContain("settled by Ines Marino: Names the reduced dose");
  });
});

describe("a file of results", () => {
  it("is written with who each of its names was said to be", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}/import`);
    await user.type(await screen.findByTestId("results-path"), "/data/renewal-run-4.json");
    await user.click(screen.getByTestId("results-look"));
    const plan = await screen.findByTestId("results-plan");
    expect(plan.textContent).toContain("409 of 412");
    expect(screen.getByTestId("results-unmatched").textContent).toContain("CA-0431");
    // What the file says of itself and its own scores do not come to, said first.
    expect(screen.getByTestId("stated-off").textContent).toBe("harbor-l-2: states 0.8414, its scores say 0.8209");
    const preview = "lumen:lumen-pro-preview-0820";
    expect(screen.getByTestId<HTMLSelectElement>(`assign-${preview}`).value).toBe("new");
    await user.selectOptions(screen.getByTestId(`assign-${preview}`), "Leave out");
    await user.selectOptions(screen.getByTestId("assign-harbor:harbor-l-2"), "Northwind 4");
    committed.length = 0;
    await user.click(screen.getByTestId("results-commit"));
    await waitFor(() => expect(committed).toContainEqual({ label: preview, to: { kind: "nobody" } }));
    expect(committed).toContainEqual({ label: "harbor:harbor-l-2", to: { kind: "candidate", id: 3 } });
    expect(await screen.findByText("3,726 results imported")).toBeTruthy();
  });

  it("cannot be written where every name is left out, or where it is in already", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}/import`);
    await user.type(await screen.findByTestId("results-path"), "/data/renewal-run-3.json");
    await user.click(screen.getByTestId("results-look"));
    await screen.findByTestId("results-plan");
    expect(screen.getByTestId<HTMLButtonElement>("results-commit").disabled).toBe(true);
    expect(screen.getByText("These results are in already.")).toBeTruthy();
  });

  it("of a table is read again before it is written, once a column means something else", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}/import`);
    await user.type(await screen.findByTestId("results-path"), "/data/run.csv");
    await user.click(screen.getByTestId("results-look"));
    await user.selectOptions(await screen.findByTestId("meaning-4"), "Latency, s");
    expect(screen.getByTestId<HTMLButtonElement>("results-commit").disabled).toBe(true);
    await user.click(screen.getByTestId("results-again"));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("results-commit").disabled).toBe(false));
  });

  it("leaves as a table or as a folder", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}`);
    await user.click(await screen.findByTestId("bakeoff-actions"));
    await user.click(await screen.findByText("Export results"));
    expect((await screen.findByTestId<HTMLInputElement>("results-export-path")).value).toBe("~/results.csv");
    await user.click(screen.getByText("Every Eval Ever"));
    expect(screen.getByTestId<HTMLInputElement>("results-export-path").value).toBe("~/results");
    await user.click(screen.getByTestId("results-export-go"));
    expect(await screen.findByText("1,648 results exported")).toBeTruthy();
  });

  it("does not leave a bake-off that is sealed", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${SEALED}`);
    await user.click(await screen.findByTestId("bakeoff-actions"));
    await screen.findByText("Delete bake-off");
    expect(screen.queryByText("Export results")).toBeNull();
  });

  it("has one column for each field, as many as there are for tags, and scores by the name of their column", () => {
    const mapping = { columns: [{ field: "input" as const, column: "q" }, { field: "tag" as const, column: "topic" }], scores: [], variables: [], currency: null, inputIncludesCache: false, decimalComma: null };
    const moved = withMeaning(mapping, "question", "input");
    expect([meaningOf(moved, "q"), meaningOf(moved, "question")]).toEqual(["", "input"]);
    const tagged = withMeaning(moved, "language", "tag");
    expect([meaningOf(tagged, "topic"), meaningOf(tagged, "language")]).toEqual(["tag", "tag"]);
    const scored = withMeaning(tagged, "language", "=score");
    expect(scored.scores).toEqual([{ criterion: "language", column: "language" }]);
    expect(meaningOf(withMeaning(scored, "language", ""), "language")).toBe("");
  });
});

describe("while a round is open", () => {
  it.each(["comparison", "cases", "candidates", "results"])("no name, count or button of a candidate is on %s", async (tab) => {
    openApp(`/bakeoffs/${SEALED}${tab === "comparison" ? "" : `?tab=${tab}`}`);
    await seen(/round of blind scoring/);
    expect(document.body.textContent).not.toMatch(NAMES);
    expect(screen.queryByTestId("results-import")).toBeNull();
    expect(screen.queryByTestId("candidate-add")).toBeNull();
  });

  it("nothing is imported", async () => {
    openApp(`/bakeoffs/${SEALED}/import`);
    await seen(/round of blind scoring/);
    expect(screen.queryByTestId("results-path")).toBeNull();
  });
});

describe("a case", () => {
  it("is changed in the panel, and goes to the draft", async () => {
    const user = userEvent.setup();
    openApp(`/suites/${GOLDEN}?case=%221%22`);
    const save = await screen.findByTestId<HTMLButtonElement>("case-save");
    expect(save.disabled).toBe(true);
    await user.type(screen.getByTestId("case-reference-0"), " Name the dose.");
    expect(save.disabled).toBe(false);
    await user.click(save);
    expect(await screen.findByText("Saved to draft v8")).toBeTruthy();
  });

  it("keeps what was typed and not saved when its panel closes", async () => {
    const user = userEvent.setup();
    openApp(`/suites/${GOLDEN}?case=%222%22`);
    await user.type(await screen.findByTestId("case-rubric"), "Names the hour.");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("case-rubric")).toBeNull());
    await user.click(await screen.findByText("CA-0002"));
    expect((await screen.findByTestId<HTMLTextAreaElement>("case-rubric")).value).toContain("Names the hour.");
    expect(screen.getByTestId<HTMLButtonElement>("case-save").disabled).toBe(false);
  });

  it("without a question is refused beside its messages", async () => {
    const user = userEvent.setup();
    openApp(`/suites/${GOLDEN}?case=new`);
    await user.type(await screen.findByTestId("case-id"), "CA-9999");
    await user.click(screen.getByTestId("case-save"));
    expect((await screen.findByRole("alert")).textContent).toBe("This is needed.");
  });

  it("of an older version is only read", async () => {
    openApp(`/suites/${GOLDEN}?version=%226%22&case=%221%22`);
    await seen("An older version, to be read only.");
    await screen.findByTestId("case-message-1");
    expect(screen.queryByTestId("case-save")).toBeNull();
  });

  it("names what must not leave the house before the draft is frozen", async () => {
    const user = userEvent.setup();
    openApp(`/suites/${GOLDEN}`);
    await user.click(await screen.findByTestId("suite-freeze"));
    expect((await screen.findByTestId("freeze-findings")).textContent).toContain("Phone number");
    expect(screen.getByTestId<HTMLButtonElement>("freeze-go").disabled).toBe(false);
    await user.clear(screen.getByTestId("freeze-by"));
    expect(screen.getByTestId<HTMLButtonElement>("freeze-go").disabled).toBe(true);
  });
});

describe("criteria", () => {
  const quality = { name: "Quality", kind: "quality" as const, worst: 0, best: 1, passes: 1 };

  it("have a name of their own and a scale with two ends", () => {
    expect(problemsOf([quality, { ...quality, name: " quality " }, { ...quality, name: "" }, { ...quality, name: "Tone", best: 0 }, { ...quality, name: "Depth", worst: 5, best: 1 }])).toEqual([null, "criterion-name", "criterion-name", "criterion-scale", null]);
    expect(freeName([quality, { ...quality, name: "New criterion" }], "New criterion")).toBe("New criterion 2");
  });

  it("say beside them what is wrong, and are not saved until it is mended", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}?tab=setup`);
    const name = await screen.findByTestId("criterion-name-1");
    await user.clear(name);
    await user.type(name, "quality");
    expect((await screen.findByTestId("criterion-wrong-1")).textContent).toBe("Every criterion has a name of its own.");
    await waitFor(() => expect(screen.getByTestId("save-state").textContent).toBe("Not saved"));
    await user.type(name, " of tone");
    await waitFor(() => expect(screen.getByTestId("save-state").textContent).toBe("Saved"));
    expect(screen.queryByTestId("criterion-wrong-1")).toBeNull();
  });
});

describe("a comparison", () => {
  it("says which differences matter in words, not by colour alone", async () => {
    openApp(`/bakeoffs/${RENEWAL}`);
    const table = await screen.findByTestId("comparison-table");
    const row = (name: string): string => within(table).getByText(name).closest("tr")?.textContent ?? "";
    expect(row("Open 70B")).toContain("worse than the incumbent by more than matters");
    expect(row("Northwind 4")).toContain("the difference does not matter");
    expect(row("Harbor L-2")).toContain("reference");
  });

  it("says before anything is spent that it is underpowered", async () => {
    openApp(`/bakeoffs/${PLANNED}`);
    expect((await screen.findByTestId("underpowered")).textContent).toContain("34,890 cases would do");
  });

  it("opens a case to the answers side by side, and back by Esc", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}?tab=cases&case=%221%22`);
    expect(await screen.findAllByTestId("answer")).toHaveLength(5);
    await user.keyboard("{Escape}");
    expect(await screen.findByTestId("bakeoff-cases")).toBeTruthy();
  });

  it("marks in each answer what it says otherwise than the incumbent's, which stands as it was sent", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}?tab=cases&case=%221%22`);
    await user.click(await screen.findByText("Differences"));
    const marked = await screen.findAllByTestId("answer-difference");
    expect(marked).toHaveLength(4);
    expect(marked[0]?.querySelector("del")?.textContent).toContain("not recommended");
    expect(marked[0]?.querySelector("ins")?.textContent).toContain("avoid ibuprofen");
    expect(screen.getAllByText("The others are held against this one.")).toHaveLength(1);
    await user.click(screen.getByText("Formatted"));
    expect(screen.queryAllByTestId("answer-difference")).toHaveLength(0);
  });
});

it("shows an answer without its HTML, pictures and links, or as it was sent", () => {
  const text = '# Dose\n\n<img src=x onerror=alert(1)>**two** [now](https://example.com) ![x](https://example.com/x.png)';
  const { container, rerender } = render(<AnswerText text={text} plain={false} />);
  expect(container.querySelector("img, a, script, h1")).toBeNull();
  expect(container.querySelector("b")?.textContent).toBe("Dose");
  rerender(<AnswerText text={text} plain />);
  expect(container.textContent).toBe(text);
});

it("writes a share as a percentage and back, digit by digit", () => {
  expect(["0.02", "0.07", "1", "0.005", "0.123456"].map((share) => movePoint(share, 2))).toEqual(["2", "7", "100", "0.5", "12.3456"]);
  expect(["2", "7", "100", "0.5", "12.3456", "-3"].map((percent) => movePoint(percent, -2))).toEqual(["0.02", "0.07", "1", "0.005", "0.123456", "-0.03"]);
});

describe("scoring blind by keys", () => {
  const blind = "/bakeoffs/00000000-0000-7000-8000-000000001301/blind?round=r&rater=Ada";
  const judgedText = (): string => document.body.textContent?.match(/(\d+) of 4/)?.[1] ?? "";

  it("puts what is typed after n into the note, gives it back when the verdict is taken back, and leaves by Esc", async () => {
    const user = userEvent.setup();
    openApp(blind);
    await screen.findByTestId("blind-left");
    const start = Number(judgedText());
    await user.keyboard("n");
    await user.keyboard("12 us");
    const note = screen.getByTestId<HTMLTextAreaElement>("blind-note");
    expect(note.value).toBe("12 us");
    expect(Number(judgedText())).toBe(start);
    await user.keyboard("{Escape}");
    expect(document.activeElement).not.toBe(note);
    await user.keyboard("1");
    await waitFor(() => expect(Number(judgedText())).toBe(start + 1));
    expect(screen.queryByTestId("blind-note")).toBeNull();
    await user.keyboard("u");
    await waitFor(() => expect(Number(judgedText())).toBe(start));
    expect((await screen.findByTestId<HTMLTextAreaElement>("blind-note")).value).toBe("12 us");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("blind-left")).toBeNull());
  });
});

describe("a gate", () => {
  it("says of every candidate how it stands, and what is asked is typed in seconds", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}?tab=decision`);
    const gate = await screen.findByTestId("gate-latency");
    expect(gate.querySelectorAll("li")).toHaveLength(3);
    expect(gate.textContent).toContain("Lumen Prop95 4.3 s, at most 4.0 s");
    const field = screen.getByTestId<HTMLInputElement>("gate-most-ms");
    expect(field.value).toBe("4");
    await user.clear(field);
    await user.type(field, "2,5");
    await user.tab();
    await waitFor(() => expect(screen.getByTestId("save-state").textContent).toBe("Saved"));
    expect(field.value).toBe("2.50");
  });

  it("nobody chose and nobody said why is said before anybody signs", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}?tab=decision`);
    await user.click(await screen.findByTestId("decision-sign"));
    expect(screen.getByTestId("sign-missing").textContent).toContain("choose a candidate");
    expect(screen.getByTestId("sign-missing").textContent).toContain("say why");
    await user.type(screen.getByTestId("decision-by"), "Ada");
    expect(screen.getByTestId<HTMLButtonElement>("decision-sign-go").disabled).toBe(true);
  });
});
