/** What an area says about itself, for the sidebar, the palette, the shortcuts and links from anywhere. */
import type { ReactNode } from "react";

/** A place in the window, as the router takes it. */
export interface Place {
  to: string;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
}

export type Group = "start" | "vendors" | "economics" | "reliability" | "delivery" | "team" | "library" | "foot";

/** A page that can be jumped to. */
export interface Destination {
  /** Named by the message `nav-<key>`. */
  key: string;
  place: Place;
  /** Pressed after "g". No two are the same. */
  jump: string;
  icon: ReactNode;
}

/** A line of the sidebar. */
export interface NavEntry extends Destination {
  group: Group;
  /** Addresses at which the line is marked, by how they begin. */
  within: string[];
  /** Links whose decisions its badge counts. */
  counts: string[];
}

/** Something the palette does. */
export interface PaletteAction {
  key: string;
  /** The message that names it. */
  title: string;
  icon: ReactNode;
  place: Place;
}

/** Something that is done with one record. */
export interface Verb {
  key: string;
  /** The message that names it: "Comment". */
  title: string;
  icon: ReactNode;
  place: (id: string) => Place;
}

export interface Area {
  /** As the core names it. */
  name: string;
  nav: NavEntry[];
  /** Pages without a line of their own in the sidebar. */
  places?: Destination[];
  /** Where a link of the core leads, by the area it names. */
  links: Record<string, (id: string | null) => Place>;
  /** The icon of its records and decisions, by the area their link names. */
  icons?: Record<string, ReactNode>;
  actions?: PaletteAction[];
  /** Keys that hold on one of its pages, for the list of keys: the message that names each, and what is pressed. */
  keys?: { title: string; rows: [string, string[]][] };
  /** What can be done with one of its records, by the area its link names. */
  verbs?: Record<string, Verb[]>;
}
