/** Scores and weights nobody gives by hand: rules that score answers, and weights found by comparing pairs. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { RENEWAL, SEALED } from "@/core/dev/bakeoffs";
import { freshScorers } from "@/core/dev/scorers";
import { compared, missingPairs, ratioOf, stepOf } from "@/features/bakeoffs/pairs";
import { openApp, seen, violations } from "./app";

describe("a rule that scores", () => {
  const fresh = async (): Promise<ReturnType<typeof userEvent.setup>> => {
    freshScorers();
    openApp(`/bakeoffs/${RENEWAL}?tab=results`);
    await screen.findByTestId("scorers-table");
    // A list that has just opened takes no pointer yet.
    return userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });
  };

  it("is listed once, by its newest version and in words", async () => {
    await fresh();
    const table = within(screen.getByTestId("scorers-table"));
    expect(table.getAllByText("Names a dose", { selector: ".truncate" })).toHaveLength(1);
    expect(table.getByText(/^Matches .* in any case$/)).toBeTruthy();
    expect(table.getByText("From 20 to 200 words")).toBeTruthy();
    expect(table.getByText("not run yet")).toBeTruthy();
  });

  it("runs again and says what it came to", async () => {
    const user = await fresh();
    await user.click(screen.getByTestId("scorer-run-Visit as JSON"));
    await waitFor(() => expect(screen.getByTestId("scorer-outcome").textContent).toBe("Visit as JSON: 6,165 answers scored."));
    await waitFor(() => expect(screen.getByTestId("scorer-run-Visit as JSON").closest("tr")?.textContent).toMatch(/6,165.*Run again/));
  });

  it("says what is wrong with it at its field, and how many answers it could not score and why", async () => {
    const user = await fresh();
    await user.click(screen.getByTestId("scorer-add"));
    const save = await screen.findByTestId<HTMLButtonElement>("scorer-save");
    expect(save.disabled).toBe(true);
    await user.type(screen.getByTestId("scorer-name"), "Right dose");
    await user.click(screen.getByTestId("rule-kind"));
    await user.click(await screen.findByTestId("option-pattern"));
    await user.type(await screen.findByTestId("rule-pattern"), "(");
    await user.click(save);
    await waitFor(() => expect(screen.getByTestId("rule-pattern").getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getByRole("alert").textContent).toBe("the pattern cannot be read: unclosed group");
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("rule-kind"));
    await user.click(await screen.findByTestId("option-exact"));
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(save);
    await waitFor(() => expect(screen.getByTestId("scorer-outcome").textContent).toContain("72 could not be scored, the first because: the case has no reference"));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("does not score by what a file or a round scores already", async () => {
    const user = await fresh();
    await user.click(screen.getByTestId("scorer-add"));
    await user.type(await screen.findByTestId("scorer-name"), "quality");
    await user.click(screen.getByTestId("scorer-save"));
    await waitFor(() => expect(screen.getByTestId("scorer-name").getAttribute("aria-invalid")).toBe("true"));
  });

  it("is not offered while a round is open", async () => {
    openApp(`/bakeoffs/${SEALED}?tab=results`);
    await seen(/round of blind scoring/);
    expect(screen.queryByTestId("scorers")).toBeNull();
  });
});

describe("weights by pairs", () => {
  it("are found by the keyboard alone, say what is missing, and stay when given directly again", async () => {
    const user = userEvent.setup();
    openApp(`/bakeoffs/${RENEWAL}?tab=decision`);
    await user.click(await screen.findByTestId("weights-pairs"));
    const state = screen.getByTestId("pairs-state");
    expect(state.textContent).toContain("3 of 3 pairs are not compared yet");
    const weights = (): string => screen.getByTestId("pair-weights").textContent;
    const direct = weights();
    const step = (pair: string, at: number): HTMLElement => screen.getByTestId(`pair-${pair}-${at}`);
    await user.tab();
    expect(document.activeElement).toBe(step("correctness-cost", 0));
    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
    expect(screen.getByText("Correctness matters moderately more than Cost per successful task", { selector: ".pair-says" })).toBeTruthy();
    expect(state.textContent).toContain("2 of 3 pairs");
    expect(weights()).toBe(direct);
    expect(screen.getByTestId<HTMLButtonElement>("decision-sign").disabled).toBe(true);
    await user.tab();
    await user.keyboard("{ArrowRight}{ArrowRight}");
    await user.tab();
    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
    await waitFor(() => expect(state.textContent).toContain("Consistency ratio 0.03"));
    expect(screen.getByTestId<HTMLButtonElement>("decision-sign").disabled).toBe(false);
    expect(await violations()).toEqual([]);
    const shares = ["64 %", "26 %", "10 %"];
    await waitFor(() => expect(shares.every((share) => weights().includes(share))).toBe(true));
    await user.click(screen.getByTestId("weights-direct"));
    expect((await screen.findByRole<HTMLInputElement>("slider", { name: "Correctness" })).valueAsNumber).toBeCloseTo(0.637);
    await user.click(screen.getByTestId("weights-pairs"));
    expect(screen.getByTestId("pairs-state").textContent).toContain("3 of 3 pairs");
  });

  it("of a ratio that went through a file are the same step, whichever of the two comes first", () => {
    expect([9, 1, 0.3333333333333333, 1 / 9, 2].map(stepOf)).toEqual([0, 4, 5, 8, -1]);
    const held = compared([{ first: "b", second: "a", ratio: 3 }], "a", "c", 0);
    expect([stepOf(ratioOf(held, "a", "b")), missingPairs(["a", "b", "c"], held)]).toEqual([5, 1]);
    expect(compared(held, "a", "b", 0)).toEqual([{ first: "a", second: "c", ratio: 9 }, { first: "a", second: "b", ratio: 9 }]);
  });
});
