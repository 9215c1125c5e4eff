/** Names and values at the ends of lines, and the legend where there is no end to name. */
import type { ChartSpec, Series } from "@/core/types";
import { figureWidth, spread, textWidth, type EndLabel, type Frame } from "../layout";
import type { Palette } from "../palette";
import { font, type Shape } from "./shape";

/** The short value the series of this name ends with. */
export function endValue(spec: ChartSpec, name: string): string {
  for (const note of spec.annotations) if (note.kind === "end" && note.series === name) return note.value;
  return "";
}

const GAP = 7;

/** A value before its name wants this much room on one line. */
export const endWidth = (label: { text: string; value?: string }): number => textWidth(label.text) + (label.value ? figureWidth(label.value) + (label.text ? 5 : 0) : 0);

/** Labels beside the right edge of the field; one that does not fit on a line has its name under its value. */
export function endLabels(labels: EndLabel[], frame: Frame, palette: Palette): Shape[] {
  const room = frame.right - GAP - 3;
  const sized = labels.map((label) => ({ ...label, tall: label.value && label.text && endWidth(label) > room ? 26 : 14 }));
  const x = frame.width - frame.right + GAP;
  return spread(sized, frame.top, frame.height - frame.bottom).flatMap((label): Shape[] => {
    const two = (label.tall ?? 14) > 14;
    const text = (content: string, at: number, y: number, fill: string, weight: number): Shape => ({
      type: "text",
      silent: true,
      style: { text: content, x: at, y, width: Math.max(10, frame.width - 2 - at), overflow: "truncate", textVerticalAlign: "middle", fill, font: font(palette, 11, weight) },
    });
    if (!label.value) return [text(label.text, x, label.y, label.colour, label.quiet ? 400 : 500)];
    const beside = x + figureWidth(label.value) + 5;
    return [
      text(label.value, x, two ? label.y - 6.5 : label.y, label.colour, 500),
      ...(label.text ? [text(label.text, two ? x : beside, two ? label.y + 6.5 : label.y, palette.mut, 400)] : []),
    ];
  });
}

type Named = Pick<Series, "name" | "colour">;

const LEGEND_ROW = 16;

/** Names beside their colours, in as many rows as they take: where each begins, from the left and by row. */
function legendPlaces(series: Named[], width: number): { x: number; row: number }[] {
  let [x, row] = [0, 0];
  return series.map(({ name }) => {
    // Closer than the generous guess: a row that seems to run out of the chart is broken too early.
    const wide = 15 + textWidth(name) * 0.86;
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    const at = { x, row };
    x += wide + 14;
    return at;
  });
}

/** Room above the field for the legend. */
export const legendRoom = (series: Named[], width: number): number => 10 + LEGEND_ROW * (1 + Math.max(0, ...legendPlaces(series, width).map((place) => place.row)));

export function legend(series: Named[], frame: Frame, palette: Palette): Shape[] {
  const places = legendPlaces(series, frame.width);
  return series.flatMap((item, index) => {
    const { x, row } = places[index] ?? { x: 0, row: 0 };
    const y = row * LEGEND_ROW;
    return [
      { type: "rect", silent: true, shape: { x, y: y + 4, width: 10, height: 10, r: 2 }, style: { fill: palette.fill(item.colour) } },
      { type: "text", silent: true, style: { text: item.name, x: x + 15, y: y + 9, width: Math.max(10, frame.width - x - 17), overflow: "truncate", textVerticalAlign: "middle", fill: palette.ink, font: `11px ${palette.font}` } },
    ];
  });
}
