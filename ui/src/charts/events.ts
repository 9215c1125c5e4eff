/** Where the names of events stand: in rows above the field, none on another. */
import type { ChartSpec, EventKind } from "@/core/types";
import { textWidth } from "./layout";

export interface PlacedEvent {
  x: number;
  label: string;
  kind: EventKind;
  /** Left edge and row of the name, row 0 nearest to the field; an event without room keeps its sign only. */
  name: { left: number; row: number; /** Where the name has to be cut. */ width: number | null } | null;
}

export const EVENT_ROW = 16;
/** More rows of names than this would leave no room for the chart. */
const MOST_ROWS = 5;

/** From the right, so that a name never crosses the line of a later event. */
export function placeEvents(spec: ChartSpec, px: (x: number) => number, width: number, height: number): PlacedEvent[] {
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor((height * 0.3) / EVENT_ROW)));
  const events = spec.annotations.flatMap((note) => {
    if (note.kind !== "event" && note.kind !== "mark") return [];
    return note.at < spec.x.min || note.at > spec.x.max ? [] : [{ at: note.at, label: note.label, kind: note.kind === "mark" ? note.event : ("other" as const) }];
  });
  // A quantile is named as an event is.
  if (spec.marks.kind === "histogram") events.push(...spec.marks.quantiles.map(({ at, label }) => ({ at, label, kind: "other" as const })));
  const starts: number[] = [];
  return events.sort((a, b) => b.at - a.at).map(({ at, label, kind }) => {
    const x = px(at);
    const whole = textWidth(label);
    const wide = Math.min(whole, width * 0.5);
    const left = x + 8 + wide > width ? x - 8 - wide : x + 8;
    const end = Math.max(left + wide, x) + 5;
    // A row is free when the name ends before everything in it, and before the lines that rise to rows above.
    const free = starts.findIndex((_, row) => starts.slice(row).every((start) => end < start));
    const row = free < 0 ? starts.length : free;
    if (row >= most) return { x, label, kind, name: null };
    starts[row] = Math.min(left, x) - 5;
    return { x, label, kind, name: { left, row, width: wide < whole ? wide : null } };
  });
}
