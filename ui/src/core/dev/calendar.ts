/** A month with what has a day in it. */
import type { CalendarDay, CalendarView, DatedThing } from "../types";
import { contracts } from "./records";
import { DAY } from "./series";

const TODAY = "2026-09-23";
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

function things(): DatedThing[] {
  const crowded: DatedThing[] = ["harbor-s-2", "harbor-l-2", "lumen-pro", "lumen-flash", "northwind-4"].map((model) => ({
    key: `price/${model}`, area: "price", kind: "starts", day: "2026-09-15", title: model, detail: "Price changes", owner: "", urgency: "overdue", link: { area: "price", id: null },
  }));
  return contracts.flatMap<DatedThing>(({ contract, vendorName, deadline }) =>
    deadline
      ? [{ key: `contract/${contract.id}`, area: "contract", kind: deadline.kind, day: deadline.date, title: `${vendorName} · ${contract.title}`, detail: deadline.kind === "notice" ? "Last day for notice" : "Ends", owner: "Priya Raman", urgency: deadline.urgency, link: { area: "contract", id: contract.id } }]
      : [],
  ).concat(crowded);
}

export function calendarView(asked: string | null): CalendarView {
  const month = asked ?? TODAY.slice(0, 7);
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY;
  const day = (at: number): CalendarDay => ({
    day: iso(at), number: String(new Date(at).getUTCDate()), label: iso(at), within: iso(at).startsWith(month), things: things().filter((thing) => thing.day === iso(at)),
  });
  return {
    month, previous: iso(first - DAY).slice(0, 7), next: iso(first + 32 * DAY).slice(0, 7), label: month, today: TODAY, weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    weeks: Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, at) => day(start + (week * 7 + at) * DAY))),
    agenda: things().filter((thing) => thing.day >= TODAY).map((thing) => ({ day: thing.day, label: thing.day, fromNow: "in 9 days", things: [thing] })),
  };
}
