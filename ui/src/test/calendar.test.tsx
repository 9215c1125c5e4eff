/** A crowded day says how much more it holds, and opens. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { openApp, violations } from "./app";

it("opens a day of which only a part is shown, in the agenda, even one that is over", async () => {
  const user = userEvent.setup();
  openApp("/calendar");
  const more = await screen.findByRole("button", { name: "2 more on 2026-09-15: open in the agenda" });
  expect(await violations()).toEqual([]);
  await user.click(more);
  await waitFor(() => expect(document.querySelector("li[aria-current]")).toBeTruthy());
  const day = document.querySelector<HTMLElement>("li[aria-current]") ?? document.body;
  expect(within(day).getByText("2026-09-15")).toBeTruthy();
  expect(within(day).getAllByRole("button").map((button) => button.textContent)).toHaveLength(5);
  expect(day.contains(document.activeElement)).toBe(true);
  expect(window.location.hash).toContain("day=2026-09-15");
  expect(await violations()).toEqual([]);
});
