/** Areas stacked in the order given, named at their right end. */
import type { ChartSpec, Series } from "@/core/types";
import { longest, textWidth, type EndLabel, type Frame } from "../layout";
import type { Palette } from "../palette";
import { tooltipRows } from "../tooltip";
import { valueAxis } from "./axes";
import { endLabels, endValue, legend, legendRoom } from "./ends";
import { hatch } from "./hatch";
import { axisTooltip } from "./hover";
import { lineSeries } from "./line";
import type { Kind, MarksOf, Shape } from "./shape";

type Area = MarksOf<"stacked-area">;

export const area: Kind<Area> = {
  margins: (spec, marks, { width }) => {
    // Blocks may have nothing at the end to name: their legend stands above.
    if (marks.step) return { top: legendRoom(marks.series, width), right: 18 };
    const named = marks.series.map((series) => endValue(spec, series.name) + series.name);
    return { right: Math.min(width * 0.28, longest(named) + 14 + (named.some((_, index) => endValue(spec, marks.series[index]?.name ?? "")) ? 5 : 0)) };
  },
  draw: (spec, marks, frame, palette) => ({
    xAxis: valueAxis(spec.x, palette, { line: true }),
    yAxis: valueAxis(spec.y, palette, { grid: true }),
    tooltip: axisTooltip(palette, (index) => ({ title: marks.xLabels[index] ?? "", rows: tooltipRows([...marks.series].reverse(), index, palette) })),
    graphic: [...unfinished(spec, marks, frame, palette), ...(marks.step ? legend(marks.series, frame, palette) : endLabels(ends(spec, marks.series, frame, palette), frame, palette))],
    series: marks.series.map((series) => lineSeries(series, marks.x, true, marks.step ? "middle" : null, palette)),
  }),
};

function ends(spec: ChartSpec, series: Series[], frame: Frame, palette: Palette): EndLabel[] {
  let base = 0;
  return series.flatMap((one) => {
    // Geometry: the middle of the band over its last few points, so that one unfinished day does not pile all names up.
    const near = one.values.filter((value) => value !== null).slice(-7);
    if (near.length === 0) return [];
    const last = near.reduce((sum, value) => sum + value, 0) / near.length;
    base += last;
    return [{ text: one.name, value: endValue(spec, one.name), y: frame.py(base - last / 2), colour: palette.text(one.colour) }];
  });
}

/** Hatches the stack where it is not complete yet. */
function unfinished(spec: ChartSpec, marks: Area, frame: Frame, palette: Palette): Shape[] {
  const half = marks.step ? marks.x.slice(1).reduce((least, at, index) => Math.min(least, at - (marks.x[index] ?? at)), 1) / 2 : 0;
  return spec.annotations.flatMap((note): Shape[] => {
    if (note.kind !== "incomplete") return [];
    const top = marks.x.flatMap((at, index) => {
      const height = marks.series.reduce((sum, series) => sum + (series.values[index] ?? 0), 0);
      return (half > 0 ? [at - half, at + half] : [at]).filter((x) => x >= note.from && x <= note.to).map((x): [number, number] => [frame.px(x), frame.py(height)]);
    });
    const [first, last] = [top[0], top[top.length - 1]];
    if (!first || !last || first[0] === last[0]) return [];
    const ground = frame.py(Math.max(0, spec.y.min));
    const wide = textWidth(note.label, 10);
    const x = Math.min(frame.width - frame.right - wide / 2 - 2, (first[0] + last[0]) / 2);
    return [
      ...hatch([...top, [last[0], ground], [first[0], ground]], palette.paper, 1.4, 4, 0.35),
      { type: "text", silent: true, z: 21, style: { text: note.label, x, y: frame.top + 8, textAlign: "center", textVerticalAlign: "middle", fill: palette.mut, stroke: palette.paper, lineWidth: 3, font: `10px ${palette.font}` } },
    ];
  });
}
