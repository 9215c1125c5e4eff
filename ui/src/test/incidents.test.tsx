/** Incidents: declared in a line, worked on by stages, times that are read by the core. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { incidents } from "@/core/dev/incidents";
import { openApp, violations } from "./app";

const idOf = (number: number): string => incidents().find((row) => row.number === number)!.id;

describe("incidents", () => {
  it("are listed with how grave they are and how they stand, in words", async () => {
    openApp("/incidents");
    const table = await screen.findByTestId("incidents-table");
    for (const text of ["INC-27", "SEV1", "Cross-tenant leak", "acknowledged", "1 h 58 min"]) expect(table.textContent).toContain(text);
    expect(await violations()).toEqual([]);
  });

  it("are declared with a line, a kind and Enter", async () => {
    const user = userEvent.setup();
    openApp("/incidents?add=true");
    const title = await screen.findByTestId("incident-title");
    await waitFor(() => expect(screen.getByTestId("incident-suggested").textContent).toContain("is suggested"));
    expect(await violations()).toEqual([]);
    await user.type(title, "Letters were sent twice{Enter}");
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("Letters were sent twice"));
    await user.click(await screen.findByTestId("incident-next"));
    await waitFor(() => expect(screen.getByTestId("incident-next").textContent).toContain("Mitigated now"));
  });

  it("keep a time that cannot be read where it stands, with a sentence, and send nothing of it", async () => {
    const user = userEvent.setup();
    openApp(`/incidents/${idOf(33)}`);
    const began = await screen.findByTestId<HTMLInputElement>("incident-began");
    const before = began.value;
    await user.clear(began);
    await user.type(began, "soon");
    await user.tab();
    const field = began.closest<HTMLElement>(".field")!;
    await waitFor(() => expect(within(field).getByRole("alert").textContent).toContain("This is not a time"));
    expect(began.value).toBe("soon");
    await user.clear(began);
    await user.type(began, "2026-09-22 10:30");
    await user.tab();
    await waitFor(() => expect(field.textContent).toContain("2026-09-22 10:30 UTC"));
    expect(began.value).not.toBe(before);
    expect(within(field).queryByRole("alert")).toBeNull();
    expect(await violations()).toEqual([]);
  });
});
