/** Objectives: what is left in a list and on a page, made with a name and Enter, read from files and taken back. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { slos } from "@/core/dev/slos";
import { openApp, violations } from "./app";

describe("objectives", () => {
  it("are listed with what is left, in words and as a bar", async () => {
    openApp("/slos");
    const table = await screen.findByTestId("slos-table");
    for (const text of ["Support chat within 4 s", "19 %", "burning", "99.81 %"]) expect(table.textContent).toContain(text);
    expect(await violations()).toEqual([]);
  });

  it("are made with a name and Enter", async () => {
    const user = userEvent.setup();
    openApp("/slos?add=true");
    await user.type(await screen.findByTestId("slo-name"), "Code review answers{Enter}");
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("Code review answers"));
    expect(await screen.findByTestId("slo-source")).toBeTruthy();
    expect(await violations()).toEqual([]);
  });

  it("show who is called, what follows and what is promised", async () => {
    openApp(`/slos/${slos()[0]!.id}`);
    const alerts = await screen.findByTestId("slo-alerts");
    expect(within(alerts).getAllByRole("row")).toHaveLength(3);
    expect(screen.getByText("Releases of the feature need the ops lead")).toBeTruthy();
    expect(screen.getByText(/the promise is looser/)).toBeTruthy();
  });

  it("take a proposal with a click", async () => {
    const user = userEvent.setup();
    openApp(`/slos/${slos()[1]!.id}?tab=objective`);
    const found = await screen.findByTestId("slo-proposals");
    await user.click(within(found).getByRole("button", { name: /^99 %/ }));
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("slo-objective").value).toBe("99"));
    expect(await violations()).toEqual([]);
  });
});
