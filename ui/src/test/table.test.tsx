/** The one table: found, ordered, chosen, marked, taken elsewhere, totalled. */
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { DataTable, dayDatum, moneyDatum, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { RowIndex } from "@/components/table/order";
import { sheetOf } from "@/components/table/sheet";
import { ToastProvider } from "@/components/Toast";
import { TooltipLayer } from "@/components/Tooltip";
import { createQueryClient } from "@/core/queries";
import { QueryClientProvider } from "@tanstack/react-query";
import { fakeTransport } from "@/core/dev/fake";
import { setTransport } from "@/core/rpc";
import { sheetToTsv } from "@/core/sheet";
import { openApp, seen, violations } from "./app";

interface Item {
  id: string;
  name: string;
  rate: string | null;
  ends: string | null;
}

const ITEMS: Item[] = [
  { id: "a", name: "Harbor", rate: "10.5", ends: "2026-12-31" },
  { id: "b", name: "=SUM(A1)", rate: "2.125", ends: null },
  { id: "c", name: "Ægir", rate: null, ends: "2026-01-31" },
  { id: "d", name: "azure", rate: "2.1250000000000000001", ends: "2026-06-30" },
];
const COLUMNS: Column<Item>[] = [
  { id: "name", header: "Name", cell: (row) => row.name, data: textDatum((row) => row.name), sort: true },
  { id: "rate", header: "Rate", align: "right", cell: (row) => row.rate ?? "—", data: numberDatum((row) => row.rate), sort: true, digits: (row) => row.rate ?? "—", total: {} },
  { id: "ends", header: "Ends", cell: (row) => row.ends ?? "—", data: dayDatum((row) => row.ends), sort: true },
  { id: "more", header: "More", hidden: true, cell: (row) => row.id, data: textDatum((row) => row.id) },
];

function Table({ onOpen, run = () => undefined }: { onOpen?: (row: Item) => void; run?: (rows: Item[]) => void }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <TooltipLayer>
        <ToastProvider>
          <DataTable
            label="Items" columns={COLUMNS} rows={ITEMS} rowKey={(row) => row.id} storageKey="items" testid="items"
            bulk={[{ key: "count", label: "Count", run }]} {...(onOpen ? { onOpen } : {})}
          />
        </ToastProvider>
      </TooltipLayer>
    </QueryClientProvider>
  );
}

const show = (props: Parameters<typeof Table>[0] = {}): void => {
  setTransport(fakeTransport("sample", 0));
  render(<Table {...props} />);
};
const keys = (): string[] => [...screen.getByTestId("items").querySelectorAll<HTMLElement>("tr[data-key]")].map((row) => row.dataset.key ?? "");
const row = (key: string): HTMLElement => screen.getByTestId("items").querySelector<HTMLElement>(`tr[data-key="${key}"]`) as HTMLElement;

describe("the order of rows", () => {
  const index = new RowIndex(ITEMS, COLUMNS, "en");
  const order = (filter: string, id?: string, desc = false): string => index.order(filter, id ? { id, desc } : undefined).map((at) => ITEMS[at]?.id).join("");

  it("is that of exact values, unknown last whichever way it goes", () => {
    expect(order("", "rate")).toBe("bdac");
    expect(order("", "rate", true)).toBe("adbc");
    expect(order("", "ends")).toBe("cdab");
    expect(order("", "ends", true)).toBe("adcb");
    expect(order("", "name")).toBe("bcda");
  });

  it("keeps equal rows as they came, up and down", () => {
    const rows = ["1", "2", "1", "2"].map((rate, at) => ({ id: String(at), name: "", rate, ends: null }));
    const equal = new RowIndex(rows, COLUMNS, "en");
    expect(equal.order("", { id: "rate", desc: false })).toEqual([0, 2, 1, 3]);
    expect(equal.order("", { id: "rate", desc: true })).toEqual([1, 3, 0, 2]);
  });

  it("holds what contains every word", () => {
    expect(order("HARB 12-31")).toBe("a");
    expect(order("harb 06")).toBe("");
  });
});

describe("what leaves a table", () => {
  it("is exact values with no cell that starts a formula", () => {
    expect(sheetToTsv(sheetOf("Items", COLUMNS.slice(0, 3), ITEMS))).toBe("Name\tRate\tEnds\nHarbor\t10.5\t2026-12-31\n'=SUM(A1)\t2.125\t\nÆgir\t\t2026-01-31\nazure\t2.1250000000000000001\t2026-06-30");
  });

  it("is an amount without its currency, which the header names", () => {
    const datum = moneyDatum<{ money: { amount: string } | null }>((item) => item.money);
    expect([datum.value({ money: { amount: "-3.10" } }), datum.value({ money: null })]).toEqual(["-3.10", null]);
  });
});

describe("the table", () => {
  it("filters, says how many are left, and finds its way back after a restart", async () => {
    const user = userEvent.setup();
    show();
    await user.type(screen.getByTestId("items-filter"), "har");
    await waitFor(() => expect(keys()).toEqual(["a"]));
    expect(screen.getByTestId("items-count").textContent).toBe("1 of 4 rows");
    expect(window.localStorage.getItem("quarterdeck.table.items.filter")).toBe('"har"');
    await user.clear(screen.getByTestId("items-filter"));
    await user.type(screen.getByTestId("items-filter"), "nothing like it");
    await screen.findByText("No row contains “nothing like it”");
  });

  it("keeps a view under a name, takes it up again, renames and forgets it", async () => {
    const user = userEvent.setup();
    show();
    await user.type(screen.getByTestId("items-filter"), "a");
    await user.click(screen.getByRole("button", { name: "Rate" }));
    await user.click(screen.getByTestId("items-columns"));
    await user.click(await screen.findByTestId("column-more"));
    await user.keyboard("{Escape}");
    expect(screen.getByRole("columnheader", { name: "More" })).toBeTruthy();
    await user.click(screen.getByTestId("items-views"));
    await user.type(await screen.findByTestId("view-name"), "Mine{Enter}");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.getByTestId("items-views").textContent).toBe("Mine"));
    await user.clear(screen.getByTestId("items-filter"));
    await waitFor(() => expect(screen.getByTestId("items-views").textContent).toBe("Views"));
    await user.click(screen.getByTestId("items-views"));
    await user.click(await screen.findByTestId("view-Mine"));
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("items-filter").value).toBe("a"));
    await user.click(screen.getByTestId("items-views"));
    await user.click(await screen.findByRole("button", { name: "Rename Mine" }));
    await user.clear(screen.getByTestId("view-rename"));
    await user.type(screen.getByTestId("view-rename"), "Ours{Enter}");
    await screen.findByTestId("view-Ours");
    expect(await violations()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Delete Ours" }));
    await waitFor(() => expect(screen.queryByTestId("view-Ours")).toBeNull());
  });

  it("marks rows by Space, Shift and arrows, Ctrl+A and a click, and hands them to an action", async () => {
    const user = userEvent.setup();
    const run = vi.fn();
    show({ run });
    row("a").focus();
    await user.keyboard(" ");
    expect(screen.getByTestId("items-bulk").textContent).toContain("1 selected");
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(screen.getByTestId("items-bulk").textContent).toContain("3 selected");
    expect(document.activeElement).toBe(row("c"));
    await user.click(screen.getByTestId("bulk-count"));
    expect(run.mock.calls[0]?.[0]).toEqual(ITEMS.slice(0, 3));
    row("c").focus();
    await user.keyboard("{Control>}a{/Control}");
    expect(screen.getByTestId("items-bulk").textContent).toContain("4 selected");
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("items-bulk")).toBeNull();
    await user.click(within(row("b")).getByRole("checkbox", { name: "Select =SUM(A1)" }));
    expect(screen.getByTestId("items-bulk").textContent).toContain("1 selected");
    expect(await violations()).toEqual([]);
  });

  it("copies the marked rows, all of them where none is, with every digit", async () => {
    const user = userEvent.setup();
    const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    show();
    await user.click(screen.getByTestId("items-copy"));
    await waitFor(() => expect(written.mock.lastCall?.[0].split("\n")).toHaveLength(5));
    await user.click(within(row("d")).getByRole("checkbox"));
    await user.click(screen.getByTestId("items-copy"));
    await waitFor(() => expect(written.mock.lastCall?.[0]).toBe("Name\tRate\tEnds\nazure\t2.1250000000000000001\t2026-06-30"));
    await screen.findByText("1 row copied, ready to paste into a spreadsheet");
  });

  it("has a total that the core made, of the rows that are shown", async () => {
    const user = userEvent.setup();
    show();
    await waitFor(() => expect(within(screen.getByTestId("items")).getByText("15")).toBeTruthy());
    await user.type(screen.getByTestId("items-filter"), "harbor");
    await screen.findByText("Total of 1 row shown");
  });

  it("keeps points under each other", () => {
    show();
    expect(row("a").querySelector(".places")?.textContent).toBe("000");
    expect(row("c").querySelector(".places")).toBeNull();
  });

  it("opens the row the keyboard is at, however fast Return follows j", () => {
    const opened = vi.fn();
    show({ onOpen: opened });
    row("a").focus();
    // Without a frame in between.
    for (const key of ["j", "j", "Enter"]) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    expect(opened.mock.calls).toEqual([[ITEMS[2]]]);
    (document.activeElement as HTMLElement).blur();
    for (const key of ["k", "Enter"]) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    expect(opened).toHaveBeenCalledTimes(2);
  });
});

describe("rows marked on a page", () => {
  it("are given an owner together", async () => {
    const user = userEvent.setup();
    openApp("/vendors");
    await seen("Tomasz Wolski");
    await user.click(screen.getByTestId("table-select-all"));
    await user.click(screen.getByTestId("bulk-owner"));
    await user.type(await screen.findByTestId("owner-name"), "Maya Chen");
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("owner-set"));
    await waitFor(() => expect(within(screen.getByTestId("vendors-table")).queryByText("Tomasz Wolski")).toBeNull());
    await waitFor(() => expect(screen.queryByTestId("vendors-table-bulk")).toBeNull());
    // What is said of it is no dialog: undo works at once.
    await screen.findByTestId("toast");
    await user.keyboard("{Control>}z{/Control}");
    await seen(/Undone:/);
  });

  it("are reverted in one confirmed step", async () => {
    const user = userEvent.setup();
    openApp("/imports");
    await seen(/gateway-2026-08/);
    const boxes = within(screen.getByTestId("imports-table")).getAllByRole("checkbox");
    await user.click(boxes[1] ?? document.body);
    await user.click(boxes[2] ?? document.body);
    await user.click(screen.getByTestId("bulk-revert"));
    await screen.findByText("Revert 2 imports?");
    await user.click(screen.getByTestId("alert-confirm"));
    await seen("2 imports reverted");
  });
});

describe("the keyboard within a row", () => {
  it("goes through what a row holds, explains the figure it stands on, and comes back to the row", async () => {
    const user = userEvent.setup();
    openApp("/economics");
    await seen(/Doc search/);
    const [first] = screen.getByTestId("economics-table").querySelectorAll<HTMLElement>("tbody tr[data-key]");
    first?.focus();
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement?.className).toBe("figure-button");
    expect(first?.contains(document.activeElement)).toBe(true);
    await user.keyboard("{ArrowLeft}");
    expect(document.activeElement).toBe(first);
    await user.keyboard("{ArrowLeft}");
    expect(document.activeElement).toBe(first);
    await user.keyboard("{ArrowRight}{ArrowRight}{Enter}");
    expect(await screen.findByRole("dialog")).toBeTruthy();
  });
});
