import { createRoute } from "@tanstack/react-router";
import { CalendarDays, CalendarPlus } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";
import type { CalendarSearch } from "./CalendarPage";

const CalendarPage = lazyPage(() => import("./CalendarPage").then((module) => module.CalendarPage));

const calendar = createRoute({
  getParentRoute: () => root,
  path: "/calendar",
  validateSearch: (raw: Raw): CalendarSearch => pick(raw, ["month", "view", "day"]),
  component: function Calendar() {
    return <CalendarPage search={calendar.useSearch()} />;
  },
});

export const routes = [calendar] as const;

export const area: Area = {
  name: "calendar",
  nav: [{ key: "calendar", group: "start", place: { to: "/calendar" }, jump: "l", icon: <CalendarDays />, within: ["/calendar"], counts: [] }],
  links: { calendar: () => ({ to: "/calendar" }) },
  actions: [{ key: "calendar-export", title: "palette-calendar-export", icon: <CalendarPlus />, place: { to: "/calendar", search: { view: "export" } } }],
};
