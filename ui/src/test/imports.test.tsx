import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { constantOf, fieldsOf, missingFields, withColumn, withConstant } from "@/features/imports/fields";
import { inspection } from "@/core/dev/imports";
import { openApp } from "./app";

async function toColumns(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  openApp("/imports/new");
  await user.type(await screen.findByTestId("import-path"), "/data/gateway-2026-09.csv");
  await user.click(screen.getByTestId("import-inspect"));
  await screen.findByTestId("column-0");
}

describe("a file's columns", () => {
  it("are read as one field each, which moves from one column to another", () => {
    const { mapping } = inspection("x.csv");
    const moved = withColumn(mapping, "model", "vendor");
    expect(fieldsOf(moved, "model")).toEqual(["vendor"]);
    expect(fieldsOf(moved, "provider")).toEqual([]);
    expect(missingFields(moved)).toEqual(["model"]);
    expect(missingFields(withConstant(moved, "model", "gpt-4o"))).toEqual([]);
    expect(constantOf(withConstant(withConstant(moved, "model", "gpt-4o"), "model", ""), "model")).toBe("");
    expect(withConstant(moved, "model", "").constants.some((item) => item.field === "model")).toBe(false);
  });

  it("are chosen at their heads, with what is still needed beside, and a value for every row takes the place of a column", async () => {
    const user = userEvent.setup();
    await toColumns(user);
    const needed = (): string => screen.getByTestId("needed-fields").textContent;
    expect(needed()).toContain("Nothing is missing");
    expect(screen.queryByTestId("constant-vendor")).toBeNull();
    await user.selectOptions(screen.getByTestId("column-1"), "");
    expect(needed()).toContain("Vendor · needed");
    expect(screen.getByTestId<HTMLButtonElement>("import-plan").disabled).toBe(true);
    await user.type(screen.getByTestId("constant-vendor"), "harbor");
    expect(needed()).toContain("Nothing is missing");
    expect(screen.getByTestId<HTMLButtonElement>("import-plan").disabled).toBe(false);
    // A field that another column is comes over to this one.
    await user.selectOptions(screen.getByTestId("column-1"), "model");
    expect(screen.getByTestId<HTMLSelectElement>("column-2").value).toBe("");
  });

  it("are reached one after the other by the keyboard", async () => {
    const user = userEvent.setup();
    await toColumns(user);
    screen.getByTestId("column-0").focus();
    for (let index = 1; index < 10; index += 1) {
      await user.tab();
      expect(document.activeElement).toBe(screen.getByTestId(`column-${index}`));
    }
  });
});

describe("the preview", () => {
  it("says what each answer does to the spend, what models cost and when rows are", async () => {
    const user = userEvent.setup();
    await toColumns(user);
    await user.click(screen.getByTestId("import-plan"));
    const effect = await screen.findByTestId("effect-months");
    expect(effect.textContent).toContain("898,330.10");
    expect(screen.getByTestId("plan-effect").textContent).toContain("Until the questions here are answered");
    await user.click(screen.getByTestId("conflict-replace"));
    await waitFor(() => expect(screen.getByTestId("effect-months").textContent).toContain("901,114.20"));
    const models = screen.getByTestId("plan-models");
    expect(within(models).getByText("No price")).toBeTruthy();
    expect(within(models).getByText("Contract")).toBeTruthy();
    expect(screen.getByText("Requests by day: 2 of 21 days have no rows")).toBeTruthy();
  });
});

describe("an import", () => {
  it("opens to what it covers", async () => {
    const user = userEvent.setup();
    openApp("/imports");
    await user.click(await screen.findByText("prod gateway", { selector: "tr:nth-child(1) *" }));
    const gaps = await screen.findByTestId("coverage-gaps");
    expect(gaps.textContent).toContain("2 gaps, the longest first");
    expect(gaps.textContent).toContain("48 hours");
    expect(screen.getByTestId("coverage-shares").textContent).toContain("gateway-2026-08.csv");
    expect(screen.getByTestId("coverage-feeds").textContent).toContain("prod gateway counts");
    expect(screen.getByTestId("coverage-mapping").textContent).toContain("ContextTokens");
  });
});
