/** The areas of the window, in the order of the sidebar. An area is added here when its first page works. */
import type { ReactNode } from "react";
import type { Area, Destination, Group, NavEntry, Place, Verb } from "@/core/area";
import * as home from "@/features/home/area";
import * as calendar from "@/features/calendar/area";
import * as vendors from "@/features/vendors/area";
import * as contracts from "@/features/contracts/area";
import * as bakeoffs from "@/features/bakeoffs/area";
import * as suites from "@/features/suites/area";
import * as economics from "@/features/economics/area";
import * as slos from "@/features/slos/area";
import * as incidents from "@/features/incidents/area";
import * as postmortems from "@/features/postmortems/area";
import * as prices from "@/features/prices/area";
import * as people from "@/features/people/area";
import * as reports from "@/features/reports/area";
import * as reconciliation from "@/features/reconciliation/area";
import * as imports from "@/features/imports/area";
import * as settings from "@/features/settings/area";
import * as guide from "@/features/guide/area";
import type { Link } from "@/core/types";

const LIST = [home, calendar, vendors, contracts, bakeoffs, suites, economics, prices, slos, incidents, postmortems, people, reports, reconciliation, imports, settings, guide] as const;

/** Every area's routes, for the router. */
export const ROUTES = LIST.flatMap((module) => [...module.routes] as (typeof LIST)[number]["routes"][number][]);

export const AREAS: readonly Area[] = LIST.map((module) => module.area);

const ORDER: readonly Group[] = ["start", "vendors", "economics", "reliability", "delivery", "team", "library", "foot"];
/** Groups that stand without a heading. */
const UNNAMED: readonly Group[] = ["start", "foot"];

export interface NavGroup {
  key: Group;
  named: boolean;
  entries: NavEntry[];
}

export const GROUPS: NavGroup[] = ORDER.map((key) => ({
  key,
  named: !UNNAMED.includes(key),
  entries: AREAS.flatMap((area) => area.nav).filter((entry) => entry.group === key),
})).filter((group) => group.entries.length > 0);

/** Every page a key or the palette leads to. */
export const DESTINATIONS: Destination[] = AREAS.flatMap((area): Destination[] => [...area.nav, ...(area.places ?? [])]);

/** What can be done with the record a link leads to. */
export const verbsOf = (link: Link): readonly Verb[] => (link.id === null ? [] : AREAS.flatMap((area) => area.verbs?.[link.area] ?? []));

const HOME: Place = { to: "/" };

/** Where a link of the core leads. */
export function placeOf(link: Link): Place {
  for (const area of AREAS) {
    const to = area.links[link.area];
    if (to) return to(link.id);
  }
  return HOME;
}

/** The icon of what a link of the core leads to. */
export const iconOf = (link: Link): ReactNode => AREAS.map((area) => area.icons?.[link.area]).find((icon) => icon !== undefined) ?? null;
