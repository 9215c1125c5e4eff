import type { Series } from "@/core/types";
import type { Palette } from "./palette";

export interface TooltipRow {
  name: string;
  label: string;
  colour: string;
}

/** The exact label of every series at one position, in drawing order from the top. */
export function tooltipRows(series: Series[], index: number, palette: Palette): TooltipRow[] {
  return series.map((item) => ({ name: item.name, label: item.labels[index] ?? "—", colour: palette.fill(item.colour) }));
}
