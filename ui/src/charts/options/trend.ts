/** What fans, burn-downs, steps and small multiples share: lines with intervals whose ends carry value and name. */
import type { ChartSpec, Interval, TrendLine } from "@/core/types";
import { along, type Box } from "../avoid";
import type { EndLabel, Frame } from "../layout";
import type { Palette } from "../palette";
import type { TooltipRow } from "../tooltip";
import { annotations, incompleteStrips, levelLines, placeShapes, type Place } from "./annotations";
import { axisNames, nameRoom, valueAxis } from "./axes";
import { endLabels, endWidth } from "./ends";
import { axisTooltip } from "./hover";
import { asReturn, type Render, type Shape, type Size } from "./shape";

export interface Trend {
  x: number[];
  xLabels: string[];
  lines: TrendLine[];
  bands: Interval[];
  /** Two lines between which the ground is tinted. */
  tint?: [TrendLine, TrendLine];
  /** Values hold until the next position, the last until the axis ends. */
  step?: boolean;
}

type Bounds = { at: number; low: number; high: number };

/** Runs of neighbouring positions that have both bounds. */
function runs(x: number[], lower: (number | null)[], upper: (number | null)[]): Bounds[][] {
  const all: Bounds[][] = [];
  let open: Bounds[] | null = null;
  x.forEach((at, index) => {
    const low = lower[index] ?? null;
    const high = upper[index] ?? null;
    if (low === null || high === null) open = null;
    else if (open) open.push({ at, low, high });
    else all.push((open = [{ at, low, high }]));
  });
  return all;
}

export function areaBetween(x: number[], lower: (number | null)[], upper: (number | null)[], fill: string, opacity: number, axes: Shape = {}): Shape {
  const stretches = runs(x, lower, upper);
  const render: Render = (params, api) => {
    if (params.dataIndex !== 0) return asReturn(null);
    const children = stretches.map((run) => ({
      type: "polygon",
      shape: { points: [...run.map((p) => api.coord([p.at, p.high])), ...[...run].reverse().map((p) => api.coord([p.at, p.low]))] },
      style: { fill, opacity },
    }));
    return asReturn({ type: "group", children });
  };
  return { type: "custom", silent: true, renderItem: render, data: x.map((at) => [at, 0]), z: 1, ...axes };
}

/** The line's points; a step holds its last value until the axis ends. */
export function pointsOf(trend: Trend, line: TrendLine, end: number): [number, number | null][] {
  const points = trend.x.map((at, index): [number, number | null] => [at, line.values[index] ?? null]);
  const last = points[points.length - 1];
  return trend.step && last && last[1] !== null && last[0] < end ? [...points, [end, last[1]]] : points;
}

export function trendSeries(trend: Trend, spec: ChartSpec, palette: Palette, axes: Shape = {}): Shape[] {
  const tint = trend.tint ? [areaBetween(trend.x, trend.tint[0].values, trend.tint[1].values, palette.fill(trend.tint[0].colour), 0.12, axes)] : [];
  return [
    ...trend.bands.map((band) => areaBetween(trend.x, band.lower, band.upper, palette.fill(band.colour), 0.17, axes)),
    ...tint,
    // The first line is what is read first: it is drawn last.
    ...trend.lines.map((line, index) => ({
      type: "line",
      name: line.name,
      data: pointsOf(trend, line, spec.x.max),
      symbol: "circle",
      symbolSize: 5,
      showSymbol: line.values.filter((value) => value !== null).length < 2,
      silent: true,
      connectNulls: false,
      z: 3 + trend.lines.length - index,
      ...(trend.step ? { step: "end" } : {}),
      itemStyle: { color: palette.fill(line.colour) },
      lineStyle: { color: palette.fill(line.colour), width: line.dashed ? 1.2 : 1.8, type: line.dashed ? [4, 3] : "solid" },
      emphasis: { lineStyle: { width: line.dashed ? 1.2 : 1.8 } },
      ...axes,
    })),
  ];
}

/** Where a line stands last. */
export function endOf(trend: Trend, line: TrendLine, end: number): [number, number] | null {
  const points = pointsOf(trend, line, end).flatMap(([x, y]): [number, number][] => (y === null ? [] : [[x, y]]));
  return points[points.length - 1] ?? null;
}

interface Ends {
  labels: (EndLabel & { at: number })[];
  /** Lines that end before the field does are named where they end. */
  early: { line: TrendLine; at: [number, number] }[];
}

function endsOf(spec: ChartSpec, trend: Trend, palette: Palette | null): Ends {
  const near = (spec.x.max - spec.x.min) * 0.02;
  const atEnd = (x: number | undefined): boolean => x !== undefined && spec.x.max - x <= near;
  const ends: Ends = { labels: [], early: [] };
  for (const line of trend.lines) {
    const last = endOf(trend, line, spec.x.max);
    if (!last) continue;
    if (atEnd(last[0])) ends.labels.push({ text: line.name, value: line.end, y: 0, at: last[1], colour: palette?.text(line.colour) ?? "" });
    else ends.early.push({ line, at: last });
  }
  for (const band of trend.bands) {
    const last = runs(trend.x, band.upper, band.upper).at(-1)?.at(-1);
    if (last && atEnd(last.at)) ends.labels.push({ text: band.name, y: 0, at: last.high, colour: palette?.mut ?? "", quiet: true });
  }
  for (const note of spec.annotations) {
    if (note.kind === "path" && atEnd(note.x.at(-1))) ends.labels.push({ text: note.label, y: 0, at: note.y.at(-1) ?? 0, colour: palette?.text(note.colour) ?? "", quiet: true });
  }
  return ends;
}

/** Room for the names at the right. */
export function trendMargins(spec: ChartSpec, trend: Trend, { width }: Size): { right: number; top: number; bottom: number } {
  const { labels } = endsOf(spec, trend, null);
  if (labels.length === 0) return { right: 18, ...nameRoom(spec) };
  const widest = Math.max(...labels.map((label) => endWidth(label)));
  // A label too long for one line has its name under its value.
  const stacked = Math.max(...labels.map((label) => Math.max(endWidth({ text: label.text }), endWidth({ text: "", value: label.value ?? "" }))));
  return { right: (widest + 14 <= width * 0.24 ? widest : Math.min(stacked, width * 0.28)) + 14, ...nameRoom(spec) };
}

export function rowsAt(trend: Trend, index: number, palette: Palette): TooltipRow[] {
  const at = Math.min(index, trend.x.length - 1);
  const lines = trend.lines.filter((line) => line.values[at] !== null && line.values[at] !== undefined).map((line) => ({ name: line.name, label: line.labels[at] ?? "—", colour: palette.fill(line.colour) }));
  const bands = trend.bands.flatMap((band) => (band.labels[at] ? [{ name: band.name, label: band.labels[at] ?? "", colour: palette.mut }] : []));
  return [...lines, ...bands];
}

/** Where the lines run, to be kept free of names. */
function busyOf(spec: ChartSpec, trend: Trend, frame: Frame): Box[] {
  return trend.lines.flatMap((line) => {
    const known = pointsOf(trend, line, spec.x.max).flatMap(([x, y]): [number, number][] => (y === null ? [] : [[frame.px(x), frame.py(y)]]));
    return along(trend.step ? known.flatMap(([x, y], index) => (index > 0 ? [[x, known[index - 1]?.[1] ?? y] as [number, number], [x, y] as [number, number]] : [[x, y] as [number, number]])) : known);
  });
}

/** The whole drawing. */
export function drawTrend(spec: ChartSpec, trend: Trend, frame: Frame, palette: Palette): Shape {
  const ends = endsOf(spec, trend, palette);
  const early = ends.early.map(({ line, at }): Place => ({
    x: frame.px(at[0]),
    y: frame.py(at[1]),
    label: line.end || line.name,
    fill: palette.fill(line.colour),
    text: palette.text(line.colour),
    sign: line.dashed ? "none" : "dot",
  }));
  const busy = [...busyOf(spec, trend, frame), ...early.map((place): Box => ({ x: place.x - 4, y: place.y - 4, width: 8, height: 8 }))];
  return {
    xAxis: valueAxis(spec.x, palette, { line: true }),
    yAxis: valueAxis(spec.y, palette, { grid: true }),
    tooltip: axisTooltip(palette, (index) => ({ title: trend.xLabels[Math.min(index, trend.xLabels.length - 1)] ?? "", rows: rowsAt(trend, index, palette) })),
    series: trendSeries(trend, spec, palette),
    graphic: [
      ...axisNames(spec, frame, palette),
      ...incompleteStrips(spec, frame, palette),
      ...annotations(spec, frame, palette, { busy, pathsNamed: true }),
      ...placeShapes(early, frame, palette, [...busy, ...levelLines(spec, frame)]),
      ...endLabels(ends.labels.map((label) => ({ ...label, y: frame.py(label.at) })), frame, palette),
    ],
  };
}
