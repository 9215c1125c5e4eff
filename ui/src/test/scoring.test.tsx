/** Scores nobody gives by hand: rules that score answers. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { RENEWAL, SEALED } from "@/core/dev/bakeoffs";
import { freshScorers } from "@/core/dev/scorers";
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
    expect(screen.getByTestId("scorer-run-Visit as JSON").closest("tr")?.textContent).toMatch(/6,165.*Run again/);
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
