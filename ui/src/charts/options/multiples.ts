/** A grid of small charts on the same two axes. */
import type { ChartSpec, Panel } from "@/core/types";
import { figureWidth, type Frame } from "../layout";
import type { Palette } from "../palette";
import { levelsOf } from "./annotations";
import { valueAxis } from "./axes";
import { axisTooltip } from "./hover";
import { font, onGround, textShape, type Kind, type MarksOf, type Shape } from "./shape";
import { endOf, trendSeries, type Trend } from "./trend";

type Multiples = MarksOf<"multiples">;

const HEAD = 20;
const ACROSS = 18;
const DOWN = 8;

interface Cell {
  left: number;
  top: number;
  width: number;
  height: number;
  first: boolean;
  last: boolean;
}

/** Where each panel's field stands. */
export function cells(marks: Multiples, frame: Frame): Cell[] {
  const columns = Math.max(1, Math.min(marks.columns, marks.panels.length));
  const rows = Math.max(1, Math.ceil(marks.panels.length / columns));
  const width = Math.max(10, (frame.width - frame.left - frame.right - ACROSS * (columns - 1)) / columns);
  const height = Math.max(8, (frame.height - frame.top - frame.bottom - DOWN * (rows - 1)) / rows - HEAD);
  return marks.panels.map((_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    return {
      left: frame.left + column * (width + ACROSS),
      top: frame.top + row * (height + HEAD + DOWN) + HEAD,
      width,
      height,
      first: column === 0,
      // The last panel of a column carries the ticks.
      last: index + columns >= marks.panels.length,
    };
  });
}

const trend = (marks: Multiples, panel: Panel): Trend => ({ x: marks.x, xLabels: marks.xLabels, lines: panel.lines, bands: [] });

export const multiples: Kind<Multiples> = {
  ownNotes: true,
  margins: () => ({ top: 0, right: 6 }),
  draw: (spec, marks, frame, palette) => {
    const places = cells(marks, frame);
    return {
      grid: places.map(({ left, top, width, height }) => ({ left, top, width, height, containLabel: false, outerBoundsMode: "none" })),
      xAxis: places.map((cell, gridIndex) => ({ ...within(spec, palette, cell), gridIndex })),
      yAxis: places.map((cell, gridIndex) => ({ ...valueAxis(spec.y, palette, { grid: true, hideLabels: !cell.first }), gridIndex })),
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      tooltip: axisTooltip(palette, (index) => ({
        title: marks.xLabels[index] ?? "",
        rows: marks.panels.flatMap((panel) => panel.lines.map((line) => ({ name: panel.lines.length > 1 ? `${panel.title} · ${line.name}` : panel.title, label: line.labels[index] ?? "—", colour: palette.fill(line.colour) }))),
      })),
      series: marks.panels.flatMap((panel, index) => trendSeries(trend(marks, panel), spec, palette, { xAxisIndex: index, yAxisIndex: index })),
      graphic: places.flatMap((cell, index) => {
        const panel = marks.panels[index];
        return panel ? [...over(spec, marks, panel, cell, palette), ...levelNames(spec, marks, index, cell, palette)] : [];
      }),
    };
  },
};

/** The x axis of a panel: its end labels stay under it. */
function within(spec: ChartSpec, palette: Palette, cell: Cell): Shape {
  const axis = valueAxis(spec.x, palette, { line: true, hideLabels: !cell.last });
  return { ...axis, axisLabel: { ...(axis.axisLabel as Shape), alignMinLabel: "left", alignMaxLabel: "right" } };
}

/** The panel whose lines begin farthest from a level: there its name has room. */
function quietPanel(marks: Multiples, level: number): number {
  const away = (panel: Panel): number => Math.min(...panel.lines.flatMap((line) => line.values.slice(0, Math.ceil(line.values.length / 2)).flatMap((value) => (value === null ? [] : [Math.abs(value - level)]))));
  let best = { index: 0, away: 0 };
  marks.panels.forEach((panel, index) => {
    if (away(panel) > best.away * 1.2) best = { index, away: away(panel) };
  });
  return best.index;
}

/** Levels are named once. */
function levelNames(spec: ChartSpec, marks: Multiples, index: number, cell: Cell, palette: Palette): Shape[] {
  const y = (value: number): number => cell.top + (1 - (value - spec.y.min) / (spec.y.max - spec.y.min || 1)) * cell.height;
  const here = levelsOf(spec, palette).filter((level) => quietPanel(marks, level.at) === index);
  return here.map((level) => textShape(level.label, cell.left + 4, y(level.at) - 8, { fill: level.text, ...onGround(palette), font: font(palette) }));
}

/** Title, latest value, levels and the dot at the end. */
function over(spec: ChartSpec, marks: Multiples, panel: Panel, cell: Cell, palette: Palette): Shape[] {
  const right = cell.left + cell.width;
  const y = (value: number): number => cell.top + (1 - (value - spec.y.min) / (spec.y.max - spec.y.min || 1)) * cell.height;
  const note = figureWidth(panel.note);
  const line = panel.lines[0];
  const end = line ? endOf(trend(marks, panel), line, spec.x.max) : null;
  const text = { textVerticalAlign: "middle", y: cell.top - HEAD + 9 };
  return [
    { type: "text", silent: true, style: { ...text, text: panel.title, x: cell.left, width: Math.max(10, cell.width - note - 6), overflow: "truncate", fill: palette.ink, font: font(palette, 11, 500) } },
    { type: "text", silent: true, style: { ...text, text: panel.note, x: right, textAlign: "right", fill: palette.mut, font: font(palette) } },
    ...levelsOf(spec, palette).map((level): Shape => ({ type: "line", silent: true, z: 20, shape: { x1: cell.left, x2: right, y1: y(level.at), y2: y(level.at) }, style: { stroke: level.fill, lineDash: [5, 4], lineWidth: 1 } })),
    ...(end && line ? [{ type: "circle", silent: true, z: 22, shape: { cx: cell.left + ((end[0] - spec.x.min) / (spec.x.max - spec.x.min || 1)) * cell.width, cy: y(end[1]), r: 2.6 }, style: { fill: palette.fill(line.colour) } }] : []),
  ];
}
