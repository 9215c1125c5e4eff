/** A day chosen from a month, by mouse and by keyboard, wherever the machine is. */
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { DateField } from "@/components/DateField";
import { TooltipLayer } from "@/components/Tooltip";
import { FormatProvider } from "@/core/format";
import { TextProvider } from "@/core/text";
import { violations } from "./app";

const show = (value: string | null, onChange: (day: string | null) => void, lang: "en" | "zh-CN" = "en"): void => {
  render(
    <TextProvider lang={lang}>
      <FormatProvider lang={lang} timeZone="America/New_York" today="2026-09-23">
        <TooltipLayer><DateField label="Start" value={value} onChange={onChange} /></TooltipLayer>
      </FormatProvider>
    </TextProvider>,
  );
};

it("opens at the day it has, walks by arrows and pages, and takes the day", async () => {
  const user = userEvent.setup();
  const onChange = vi.fn();
  show("2026-12-31", onChange);
  await user.click(screen.getByRole("button", { name: "Choose a date" }));
  await screen.findByText("December 2026");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("31"));
  expect(await violations()).toEqual([]);
  await user.keyboard("{ArrowRight}");
  await screen.findByText("January 2027");
  await user.keyboard("{ArrowDown}{PageUp}");
  await screen.findByText("December 2026");
  await user.keyboard("{Enter}");
  expect(onChange.mock.calls).toEqual([["2026-12-08"]]);
});

it("begins at today where there is none, with weeks from Monday, six of them, and takes a click", async () => {
  const user = userEvent.setup();
  const onChange = vi.fn();
  show(null, onChange);
  await user.click(screen.getByRole("button", { name: "Choose a date" }));
  const grid = await screen.findByRole("grid", { name: "September 2026" });
  expect(within(grid).getAllByRole("row").filter((row) => within(row).queryAllByRole("gridcell").length > 0)).toHaveLength(6);
  await user.click(screen.getByRole("button", { name: "Next month" }));
  await user.click(await screen.findByRole("button", { name: "1 Oct 2026" }));
  expect(onChange.mock.lastCall).toEqual(["2026-10-01"]);
});

it("speaks Chinese", async () => {
  const user = userEvent.setup();
  show("2026-09-30", () => undefined, "zh-CN");
  await user.click(screen.getByRole("button", { name: "选择日期" }));
  await screen.findByText("2026年9月");
  expect(screen.getByRole("button", { name: "2026年9月30日" })).toBeTruthy();
});
