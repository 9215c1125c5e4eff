/** Scorecards and the clauses of contracts: what is proposed, what a person gives, what is said to be wrong. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { contracts, vendors } from "@/core/dev/records";
import { openApp } from "./app";

const VENDOR = vendors[0]!.id;
const CONTRACT = contracts[0]!.contract.id;

describe("a scorecard", () => {
  it("shows the mark that stands with its quarter, what is proposed instead, and a dash where nothing is known", async () => {
    openApp(`/vendors/${VENDOR}?tab=scorecard`);
    const quality = await screen.findByTestId("score-quality");
    expect(within(quality).getByRole("img", { name: "4 of 5" })).toBeTruthy();
    expect(quality.textContent).toContain("Q2 2026");
    expect(quality.textContent).toContain("against Lumen Pro");
    const support = screen.getByTestId("score-support");
    expect(support.textContent).toContain("—");
    expect(support.textContent).toContain("No bake-off with results");
  });

  it("takes a mark with who gave it, and asks why where it is another than proposed", async () => {
    const user = userEvent.setup();
    openApp(`/vendors/${VENDOR}?tab=scorecard`);
    await user.click(await screen.findByTestId("score-give-price"));
    const dialog = screen.getByRole("dialog");
    expect(dialog.textContent).toContain("Proposed: 3.");
    await user.click(within(dialog).getByTestId("score-mark"));
    await user.click(await screen.findByRole("option", { name: /^5/ }));
    expect(dialog.textContent).toContain("Another mark than proposed: say why.");
    await user.type(within(dialog).getByTestId("score-reason"), "Cheaper on long documents");
    await user.clear(within(dialog).getByTestId("score-author"));
    await user.type(within(dialog).getByTestId("score-author"), "Ines Marino");
    await user.click(within(dialog).getByTestId("score-go"));
    await waitFor(() => expect(screen.getByTestId("score-price").textContent).toContain("Cheaper on long documents"));
  });

  it("stands beside those of other vendors, and so do data terms", async () => {
    openApp("/vendors?tab=scorecards");
    const matrix = await screen.findByTestId("scorecards-table");
    expect(within(matrix).getAllByRole("img", { name: "4 of 5" }).length).toBeGreaterThan(0);
    openApp("/vendors?tab=data-terms");
    expect((await screen.findAllByText("72 hours")).length).toBeGreaterThan(0);
  });
});

describe("the clauses of a contract", () => {
  it("are kept as they are typed, a share as a percentage and a star as anywhere", async () => {
    const user = userEvent.setup();
    openApp(`/contracts/${CONTRACT}?tab=clauses`);
    const uptime = await screen.findByTestId<HTMLInputElement>("clause-uptime");
    expect(uptime.value).toBe("99.90");
    await user.clear(screen.getByTestId("clause-storage"));
    await user.type(screen.getByTestId("clause-storage"), "*");
    await user.tab();
    await user.click(uptime);
    await user.clear(uptime);
    await user.type(uptime, "99.5");
    await user.tab();
    openApp("/vendors");
    openApp(`/contracts/${CONTRACT}?tab=clauses`);
    await waitFor(() => expect(screen.getAllByTestId<HTMLInputElement>("clause-uptime").at(-1)!.value).toBe("99.50"));
    expect(screen.getAllByTestId<HTMLInputElement>("clause-storage").at(-1)!.value).toBe("*");
  });
});
