/** What an amount rests on: asked before it is guessed, shown where it is read, changed where it was answered. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { FakeState } from "@/core/dev/fake";
import { reconciliation } from "@/core/dev/reconcile";
import { textOf } from "@/core/text";
import { finding } from "@/features/reconciliation/MonthsTable";
import { openApp, violations } from "./app";

async function inspect(user: UserEvent, path: string, delay = 0): Promise<void> {
  openApp("/imports/new", "sample", "en", delay);
  await user.type(await screen.findByTestId("import-path", undefined, { timeout: 5000 }), path);
  await user.click(screen.getByTestId("import-inspect"));
  await screen.findByTestId("import-plan");
}

async function preview(user: UserEvent, path: string, delay = 0): Promise<HTMLButtonElement> {
  await inspect(user, path, delay);
  await user.click(screen.getByTestId("import-plan"));
  return screen.findByTestId<HTMLButtonElement>("import-commit");
}

const pressed = (testid: string): string | null => screen.getByTestId(testid).getAttribute("aria-pressed");

describe("importing", () => {
  it("leaves the decimal sign and the order of dates to the file unless a person says otherwise", async () => {
    const user = userEvent.setup();
    await inspect(user, "/data/gateway.csv");
    expect(pressed("import-decimal-sign-file")).toBe("true");
    expect(pressed("import-day-order-file")).toBe("true");
    await user.click(screen.getByTestId("import-day-order-day"));
    expect(pressed("import-day-order-day")).toBe("true");
    expect(pressed("import-day-order-file")).toBe("false");
  });

  it("asks beside the choice, with the focus on it, when the file leaves it open", async () => {
    const user = userEvent.setup();
    await inspect(user, "/data/undecided.csv");
    await user.click(screen.getByTestId("import-plan"));
    expect((await screen.findByTestId("asked-decimal-sign")).textContent).toContain("can be a thousand or one");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("import-decimal-sign-point")));
    expect(screen.queryByTestId("error-note")).toBeNull();
    expect(await violations()).toEqual([]);
    await user.keyboard("{Enter}");
    expect(screen.queryByTestId("asked-decimal-sign")).toBeNull();
    await user.click(screen.getByTestId("import-plan"));
    expect((await screen.findByTestId("asked-day-order")).textContent).toContain("dates with the day first and dates with the month first");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("import-day-order-month")));
    await user.keyboard("{Enter}");
    await user.click(screen.getByTestId("import-plan"));
    await screen.findByTestId("plan");
  });

  it("says what is taken over from the last file", async () => {
    const user = userEvent.setup();
    await inspect(user, "/data/remembered.csv");
    expect(screen.getByTestId("import-reused").textContent).toBe("Taken over from the last file with these columns: Environment “production” for every row, times in America/New_York, and feed “prod gateway”.");
  });

  it("writes nothing until a person has said which of two feeds counts", async () => {
    const user = userEvent.setup();
    const commit = await preview(user, "/data/console.csv");
    expect(commit.disabled).toBe(true);
    const question = screen.getByTestId("plan-overlap");
    expect(question.textContent).toContain("29,230,118,004");
    expect(question.textContent).toContain("29,140,554,871");
    expect(within(question).getAllByRole("radio").filter((radio) => radio.getAttribute("aria-checked") === "true")).toEqual([]);
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("overlap-1-other"));
    expect(commit.disabled).toBe(false);
    await user.click(commit);
    await screen.findByTestId("import-done");
    expect(screen.queryByTestId("import-left-out")).toBeNull();
  });

  it("says that another reading takes the place of the one before, and lets it", async () => {
    const user = userEvent.setup();
    const commit = await preview(user, "/data/again.csv");
    expect(screen.getByTestId("plan-replaces").textContent).toContain("takes the place");
    expect(commit.disabled).toBe(false);
  });

  it("says what an answer left out and where it can be brought in", async () => {
    const user = userEvent.setup();
    const commit = await preview(user, "/data/gateway.csv");
    await user.click(screen.getByTestId("conflict-keep"));
    await user.click(commit);
    expect((await screen.findByTestId("import-left-out")).textContent).toMatch(/^2 hours with 1,310 requests,.*brought in on the Imports page\.$/);
  });

  it("tells whoever left the page while a file came in how that ended", async () => {
    const user = userEvent.setup();
    const commit = await preview(user, "/data/again.csv", 8);
    await user.click(commit);
    await user.click(screen.getByTestId("nav-home"));
    expect(screen.queryByTestId("import-done")).toBeNull();
    const toast = await screen.findByTestId("toast");
    expect(toast.textContent).toContain("Import finished");
    expect(toast.textContent).toContain("again.csv: 1,288,431 rows read, 12 refused.");
  });

  it("shows the answer given to an import and changes it, with an undo", async () => {
    const user = userEvent.setup();
    openApp("/imports");
    const table = await screen.findByTestId("imports-table");
    expect(within(table).getByText("hours left out")).toBeTruthy();
    await user.click(within(table).getAllByTestId("import-actions")[0] ?? document.body);
    await user.click(await screen.findByTestId("menu-add"));
    await within(table).findByText("hours added");
    expect(within(await screen.findByTestId("toast")).getByText("Undo")).toBeTruthy();
  });
});

describe("what a figure rests on", () => {
  it("says beside a ratio how much of what is counted it covers, and nothing where that is all", async () => {
    openApp("/economics");
    const tile = await screen.findByTestId("economics-tile-cost-per-successful-session", undefined, { timeout: 5000 });
    expect(tile.textContent).toContain("of 94 %");
    expect(screen.getByTestId("economics-tile-cost-per-session").textContent).not.toContain("of ");
    const cell = await screen.findByTitle(/Covers 94.% of successful sessions/);
    expect(cell.textContent).toContain("of 94 %");
  });

  it("tells computed, reported and charged apart where spend is explained, and what bills say again", async () => {
    const user = userEvent.setup();
    openApp("/economics");
    await user.click(await screen.findByTestId("economics-tile-spend", undefined, { timeout: 5000 }));
    const basis = await screen.findByTestId("explain-basis");
    expect(within(basis).getByText("Reported with the requests")).toBeTruthy();
    expect(within(basis).getByText("Said again by bills, not added")).toBeTruthy();
    expect(await violations()).toEqual([]);
  });
});

describe("a price", () => {
  it("says before it is added which days it makes known, and that nothing priced moves", async () => {
    const user = userEvent.setup();
    openApp("/prices?add=lumen%2Flumen-pro-preview-0820");
    await user.type(await screen.findByTestId("price-input", undefined, { timeout: 5000 }), "5");
    const days = await screen.findByTestId("days-priced");
    expect(within(days).getByText("$140.02")).toBeTruthy();
    expect(screen.getByTestId("price-preview").textContent).toContain("3 days of usage known that have no price now. Usage that has a price keeps it.");
    expect(await violations()).toEqual([]);
    await user.clear(screen.getByTestId("price-model"));
    await user.type(screen.getByTestId("price-model"), "harbor-l-2");
    await waitFor(() => expect(screen.getByTestId("price-preview").textContent).toContain("No usage waits for this price."));
    expect(screen.queryByTestId("days-priced")).toBeNull();
  });

  it("list that is imported says which days it priced", async () => {
    const user = userEvent.setup();
    openApp("/prices");
    await user.click(await screen.findByTestId("price-import", undefined, { timeout: 5000 }));
    await user.type(await screen.findByTestId("price-import-path"), "/data/prices.json");
    await user.click(screen.getByTestId("price-import-go"));
    expect(within(await screen.findByTestId("days-priced")).getAllByRole("row")).toHaveLength(4);
  });
});

describe("reconciliation", () => {
  const open = async (state: FakeState = "sample"): Promise<void> => {
    openApp("/data/reconciliation", state);
    await screen.findByTestId("sub-reconciliation", undefined, { timeout: 5000 });
  };

  it("opens the largest difference in place, with causes and the rest down to the difference", async () => {
    await open();
    const detail = await screen.findByTestId("month-detail");
    const lines = within(detail).getAllByRole("listitem").map((item) => item.textContent);
    expect(lines).toHaveLength(6);
    expect(lines[3]).toContain("−314.06");
    expect(lines[4]).toContain("Not explained");
    expect(lines[5]).toBe("Difference+2,150.43");
    expect(screen.getByTestId("reconciliation-finding").textContent).toBe("One vendor-month is past 2 %: lumen, Aug 2026");
    expect(await violations()).toEqual([]);
  });

  it("says first what may count twice, wherever that month stands in the list", () => {
    const view = reconciliation({ period: "2026-Q3" });
    const months = view.months.map((row, at) => (at === 2 ? { ...row, flagged: true, lumpSum: true } : row));
    expect(finding(textOf("en"), { ...view, months })).toBe("harbor, Aug 2026: the bill stands on one day without usage and may count twice");
  });

  it("says by sign and word that a month is past 2 %, and that a bill beside nothing metered is the spend", async () => {
    const user = userEvent.setup();
    await open();
    const table = await screen.findByTestId("reconciliation-table");
    const flagged = within(table).getByText("Past 2 %");
    expect(flagged.querySelector("svg")).toBeTruthy();
    expect(within(table).getByText("Is the spend")).toBeTruthy();
    await user.click(screen.getByTestId("fold-open-images/2026-09"));
    expect((await screen.findByTestId("month-detail")).textContent).toContain("The bill is the spend");
  });

  it("opens and closes a month from the keyboard", async () => {
    const user = userEvent.setup();
    await open();
    const table = await screen.findByTestId("reconciliation-table");
    const rows = within(table).getAllByRole("row").filter((row) => row.dataset.index !== undefined);
    rows[0]?.focus();
    await user.keyboard("j");
    await waitFor(() => expect(document.activeElement).toBe(rows[1]));
    await user.keyboard("{Enter}");
    expect((await screen.findByTestId("month-detail")).textContent).toContain("+1,179.80");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("month-detail")).toBeNull());
  });

  it("records what a name means from its guess, and says what that priced", async () => {
    const user = userEvent.setup();
    await open();
    await user.click((await screen.findAllByTestId("alias-record"))[0] ?? document.body);
    expect((await screen.findByTestId<HTMLInputElement>("alias-model")).value).toBe("lumen-flash");
    expect(await violations()).toEqual([]);
    await user.clear(screen.getByTestId("alias-model"));
    await user.type(screen.getByTestId("alias-model"), "lumen-nothing");
    await user.click(screen.getByTestId("alias-save"));
    await screen.findByText("The price book has no such model.");
    await user.clear(screen.getByTestId("alias-model"));
    await user.type(screen.getByTestId("alias-model"), "lumen-flash");
    await user.click(screen.getByTestId("alias-save"));
    expect((await screen.findByTestId("alias-done")).textContent).toContain("3 days of usage");
    await user.click(screen.getByTestId("alias-close"));
    await waitFor(() => expect(within(screen.getByTestId("aliases")).getByText("lumen flash ga (native)")).toBeTruthy());
  });

  it("removes a recorded name and changes which feed counts, each with an undo", async () => {
    const user = userEvent.setup();
    await open();
    await user.click((await screen.findAllByTestId("alias-remove"))[0] ?? document.body);
    await waitFor(() => expect(screen.queryByText("harbor large 2")).toBeNull());
    expect(within(await screen.findByTestId("toast")).getByText("Undo")).toBeTruthy();
    await user.click(screen.getByTestId("feeds-1-2"));
    await user.click(await screen.findByTestId("option-other"));
    expect(await screen.findByText("harbor console counts; prod gateway is compared")).toBeTruthy();
  });

  it("explains itself where there is nothing yet, and offers one action", async () => {
    await open("empty");
    await screen.findByText("Does the bill agree with what was used?");
    expect(screen.getByTestId("reconciliation-import")).toBeTruthy();
    expect(screen.queryByTestId("reconciliation-period")).toBeNull();
    expect(await violations()).toEqual([]);
  });

  it("stands beside the imports, and keeps the keyboard on the way between them", async () => {
    const user = userEvent.setup();
    await open();
    await user.click(screen.getByTestId("sub-imports"));
    await screen.findByTestId("import-start");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("sub-imports")));
    expect(screen.getByTestId("nav-data").getAttribute("aria-current")).toBe("page");
  });

  it("speaks Chinese throughout", async () => {
    openApp("/data/reconciliation", "sample", "zh-CN");
    expect(await screen.findByText(/个供应商月份的差异超过 2%/, undefined, { timeout: 5000 })).toBeTruthy();
    expect(screen.getByText("账单即支出")).toBeTruthy();
    expect(await violations()).toEqual([]);
  });
});
