import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fakeTransport } from "@/core/dev/fake";
import { setTransport } from "@/core/rpc";
import { openApp, seen } from "./app";

describe("journeys", () => {
  it("makes a workspace from the start screen", async () => {
    const user = userEvent.setup();
    openApp("/", "none");
    await user.click(await screen.findByTestId("start-new"));
    await user.type(await screen.findByTestId("new-name"), "Acme");
    expect(screen.getByTestId<HTMLInputElement>("new-path").value).toBe("~/acme.quarterdeck");
    await user.clear(screen.getByTestId("new-path"));
    await user.type(screen.getByTestId("new-path"), "/tmp/acme.quarterdeck");
    await user.click(screen.getByTestId("new-create"));
    await seen("Acme");
    await seen(/Start with a month of usage/);
  });

  it("shows a typed path in full, and makes a folder only when it is ticked", async () => {
    const user = userEvent.setup();
    openApp("/", "none");
    await user.click(await screen.findByTestId("start-new"));
    const path = await screen.findByTestId("new-path");
    await user.click(path);
    await user.paste("acme.quarterdeck");
    expect((await screen.findByTestId("new-path-whole")).textContent).toBe("/home/ines/Documents/acme.quarterdeck");
    expect(screen.queryByTestId("new-path-create-folder")).toBeNull();
    await user.clear(path);
    await user.click(path);
    await user.paste("/nowhere/at/all.quarterdeck");
    await seen(/There is no folder .*\/nowhere\/at/);
    await user.click(screen.getByTestId("new-path-create-folder"));
    expect(screen.getByTestId("new-path-create-folder").getAttribute("aria-checked")).toBe("true");
    // It was ticked for that folder, not for the next.
    await user.type(path, "x");
    await waitFor(() => expect(screen.getByTestId("new-path-create-folder").getAttribute("aria-checked")).toBe("false"));
  });

  it("says where the workspace's file lies and copies that", async () => {
    const user = userEvent.setup();
    openApp("/settings");
    await user.click(await screen.findByTestId("workspace-copy-path"));
    expect((await screen.findByTestId("toast")).textContent).toContain("Path copied");
    expect(await navigator.clipboard.readText()).toMatch(/^\/home\/ines\/.+/);
  });

  it("asks what an endpoint speaks before its address, and says what to do without a keychain", async () => {
    const user = userEvent.setup();
    openApp("/vendors/0197a1c0-0000-7000-8000-000000000002");
    await user.click(await screen.findByRole("tab", { name: "Details" }));
    const endpoint = await screen.findByTestId<HTMLInputElement>("vendor-endpoint");
    expect(endpoint.placeholder).toBe("https://api.openai.com/v1");
    await user.click(screen.getByTestId("vendor-protocol"));
    await user.click(await screen.findByRole("option", { name: "Anthropic" }));
    await waitFor(() => expect(endpoint.placeholder).toBe("https://api.anthropic.com/v1"));
    expect(screen.getByTestId("no-keychain").textContent).toMatch(/GNOME Keyring or KWallet.*Everything but keys works/);
  });

  it("warns of a price that begins before its contract", async () => {
    const user = userEvent.setup();
    openApp("/contracts/0197a1c0-0000-7000-8000-000000000101");
    await user.click(await screen.findByRole("tab", { name: /Prices/ }));
    await user.click(await screen.findByTestId("contract-price-add"));
    const from = await screen.findByTestId("price-from");
    await user.clear(from);
    await user.type(from, "2019-01-01");
    await user.tab();
    expect((await screen.findByTestId("price-odd")).textContent).toContain("before the contract begins");
  });

  it("imports a file: columns, preview, conflict, done", async () => {
    const user = userEvent.setup();
    openApp("/imports/new");
    await user.type(await screen.findByTestId("import-path"), "/data/gateway-2026-09.csv");
    await user.click(screen.getByTestId("import-inspect"));
    const time = await screen.findByTestId<HTMLSelectElement>("column-0");
    expect(time.value).toBe("timestamp");
    await user.selectOptions(time, "");
    expect(screen.getByTestId<HTMLButtonElement>("import-plan").disabled).toBe(true);
    await seen(/Still needed: Time/);
    await user.selectOptions(time, "timestamp");
    await user.click(screen.getByTestId("import-plan"));
    const commit = await screen.findByTestId<HTMLButtonElement>("import-commit");
    expect(commit.disabled).toBe(true);
    await user.click(screen.getByTestId("conflict-replace"));
    await user.click(commit);
    await screen.findByTestId("import-done");
  });

  it("says which file is missing and keeps what was typed", async () => {
    const user = userEvent.setup();
    openApp("/imports/new");
    await user.type(await screen.findByTestId("import-path"), "/data/missing.csv");
    await user.click(screen.getByTestId("import-inspect"));
    expect((await screen.findByTestId("error-note")).textContent).toContain("There is no file at /data/missing.csv");
    expect(screen.getByTestId<HTMLInputElement>("import-path").value).toBe("/data/missing.csv");
  });

  it("opens an import from a path in the address", async () => {
    openApp("/imports/new?path=%2Fdata%2Fgateway-2026-09.csv");
    await screen.findByTestId("column-2");
  });

  it("saves a vendor as it is typed", async () => {
    const user = userEvent.setup();
    openApp("/vendors");
    await user.click(await screen.findByTestId("vendor-add"));
    await user.type(await screen.findByTestId("vendor-name"), "Quill");
    await waitFor(() => expect(screen.getByTestId("save-state").textContent).toContain("Saved"));
    await waitFor(() => expect(within(screen.getByTestId("vendors-table")).getByText("Quill")).toBeTruthy());
    expect(screen.getByTestId<HTMLInputElement>("vendor-name").value).toBe("Quill");
  });

  it("makes one vendor of a name typed on while it is first saved", async () => {
    const user = userEvent.setup();
    openApp("/vendors");
    await user.click(await screen.findByTestId("vendor-add"));
    await user.type(await screen.findByTestId("vendor-name"), "Qui");
    await waitFor(() => expect(within(screen.getByTestId("vendors-table")).getByText("Qui")).toBeTruthy());
    await user.type(screen.getByTestId("vendor-name"), "ll");
    await waitFor(() => expect(within(screen.getByTestId("vendors-table")).getByText("Quill")).toBeTruthy());
    expect(within(screen.getByTestId("vendors-table")).queryByText("Qui")).toBeNull();
  });

  it("deletes with an undo, not a question", async () => {
    const user = userEvent.setup();
    openApp("/vendors/0197a1c0-0000-7000-8000-000000000004");
    await user.click(await screen.findByTestId("vendor-actions"));
    await user.click(await screen.findByTestId("menu-delete"));
    const toast = await screen.findByTestId("toast");
    expect(toast.textContent).toContain("deleted");
    expect(within(toast).getByText("Undo")).toBeTruthy();
  });

  it("takes one change back on the activity page", async () => {
    const user = userEvent.setup();
    openApp("/settings?tab=activity");
    const before = await screen.findAllByTestId("undo-this");
    await user.click(before[0] ?? document.body);
    expect((await screen.findByTestId("toast")).textContent).toContain("Harbor order form 2025");
    await waitFor(() => expect(screen.queryAllByTestId("undo-this")).toHaveLength(before.length - 1));
  });

  it("explains a figure and returns the focus on Escape", async () => {
    const user = userEvent.setup();
    openApp("/economics");
    const tile = await screen.findByTestId("economics-tile-spend");
    await user.click(tile);
    await screen.findByTestId("explanation");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("explanation")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(tile));
  });

  it("walks a table with j, k and Enter", async () => {
    const user = userEvent.setup();
    openApp("/vendors");
    const table = await screen.findByTestId("vendors-table");
    const rows = within(table).getAllByRole("row").slice(1);
    rows[0]?.focus();
    await user.keyboard("j");
    await waitFor(() => expect(document.activeElement).toBe(rows[1]));
    await user.keyboard("k");
    await waitFor(() => expect(document.activeElement).toBe(rows[0]));
    await user.keyboard("{Enter}");
    await screen.findByTestId("vendor-actions");
  });

  it("finds records and actions from the palette", async () => {
    const user = userEvent.setup();
    openApp("/");
    await seen("Meridian Health");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "northwind p");
    await screen.findByRole("option", { name: /^Northwind pilot/ });
    await user.keyboard("{Enter}");
    await screen.findByTestId("contract-title");
  });

  it("does something with a record, and offers the records looked at last", async () => {
    const user = userEvent.setup();
    openApp("/");
    await seen("Meridian Health");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "northwind pilot comment");
    await user.click(await screen.findByRole("option", { name: /^Add comment ?Northwind pilot/ }));
    await screen.findByTestId("comment-text");
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByTestId("palette-input");
    const [first] = screen.getAllByRole("option");
    expect(first?.textContent).toBe("Northwind pilot");
  });

  it("sends a comment with the keyboard and remembers who speaks", async () => {
    const user = userEvent.setup();
    openApp("/contracts/0197a1c0-0000-7000-8000-000000000065?tab=activity");
    await user.type(await screen.findByTestId("comment-author"), "Lin");
    await user.type(screen.getByTestId("comment-text"), "Asked again{Control>}{Enter}{/Control}");
    await waitFor(() => expect(screen.getByTestId<HTMLTextAreaElement>("comment-text").value).toBe(""));
    expect(window.localStorage.getItem("quarterdeck.author")).toBe('"Lin"');
  });

  it("goes to an area with g and a letter, and lists the keys with ?", async () => {
    const user = userEvent.setup();
    openApp("/");
    await seen("Meridian Health");
    await user.keyboard("gn");
    await screen.findByTestId("import-start");
    await user.keyboard("?");
    await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  });

  it("exports the report to a path", async () => {
    const user = userEvent.setup();
    openApp("/reports");
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("report-export").disabled).toBe(false), { timeout: 5000 });
    await user.click(screen.getByTestId("report-export"));
    await user.type(await screen.findByTestId("report-path"), "/tmp/review.pdf");
    await user.click(screen.getByTestId("report-save"));
    expect((await screen.findByTestId("toast")).textContent).toContain("6 pages");
  });

  it("asks before a typed path replaces a file", async () => {
    const user = userEvent.setup();
    openApp("/reports");
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("report-export").disabled).toBe(false), { timeout: 5000 });
    await user.click(screen.getByTestId("report-export"));
    await user.type(await screen.findByTestId("report-path"), "/tmp/taken.pdf");
    await user.click(screen.getByTestId("report-save"));
    expect((await screen.findByTestId("error-note")).textContent).toContain("taken.pdf is already there");
    await user.click(screen.getByTestId("report-replace"));
    expect((await screen.findByTestId("toast")).textContent).toContain("6 pages");
  });

  it("names the contracts that go with a vendor before it is deleted", async () => {
    const user = userEvent.setup();
    openApp("/vendors/0197a1c0-0000-7000-8000-000000000001");
    await user.click(await screen.findByTestId("vendor-actions"));
    await user.click(await screen.findByText("Delete vendor"));
    const asked = await screen.findByRole("alertdialog");
    expect(asked.textContent).toMatch(/contracts? go(es)? with it/);
    await user.click(within(asked).getByRole("button", { name: "Cancel" }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("Harbor");
    await user.click(screen.getByTestId("vendor-actions"));
    await user.click(await screen.findByText("Delete vendor"));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Delete vendor" }));
    await seen(/deleted/);
  });

  it("leads from a missing exchange rate to where it is entered", async () => {
    const user = userEvent.setup();
    const sample = fakeTransport("sample", 0);
    const refusal = { code: "missing-rate", params: { from: "USD", to: "EUR", date: "2026-07-01" }, fields: [], retryable: false, logId: "" };
    openApp("/economics");
    setTransport({ ...sample, rpc: (command, ...rest) => (command === "economics" ? Promise.reject(refusal) : sample.rpc(command, ...rest)) });
    await user.click(await screen.findByTestId("enter-rate"));
    await screen.findByTestId("rate-add");
  });

  it("goes back from a record with Esc and forth and back with Alt and the arrows, and undoes nothing behind a dialog", async () => {
    const user = userEvent.setup();
    openApp("/vendors/0197a1c0-0000-7000-8000-000000000002");
    await screen.findByTestId("vendor-actions");
    await user.keyboard("{Escape}");
    await screen.findByTestId("vendors-table");
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    await screen.findByTestId("vendor-actions");
    await user.keyboard("?");
    await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.queryByTestId("toast")).toBeNull();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    // The dialog took the key: the record is still here.
    expect(screen.getByTestId("vendor-actions")).toBeTruthy();
  });

  it("finds settings and pages from the palette by the start of a word, in either language", async () => {
    const user = userEvent.setup();
    openApp("/");
    await seen("Meridian Health");
    for (const [typed, found] of [["backups", /Backups/], ["restore", /Backups/], ["备份", /Backups/], ["calendar", /Calendar/], ["汇率", /Exchange rates/]] as const) {
      await user.keyboard("{Control>}k{/Control}");
      await user.type(await screen.findByTestId("palette-input"), typed);
      const first = (await screen.findAllByRole("option", { name: found }))[0];
      expect(first?.getAttribute("aria-selected"), typed).toBe("true");
      await user.keyboard("{Escape}");
      await waitFor(() => expect(screen.queryByTestId("palette-input")).toBeNull());
    }
  });
});
