/** Lines, steps and the bands around them. */
import type { ChartSpec, Series } from "@/core/types";
import { longest, type EndLabel, type Frame } from "../layout";
import type { Palette } from "../palette";
import { tooltipRows } from "../tooltip";
import { valueAxis } from "./axes";
import { endLabels, endValue } from "./ends";
import { axisTooltip } from "./hover";
import { asReturn, type Kind, type MarksOf, type Render, type Shape } from "./shape";

/** One line alone is named by the title, unless it carries its value. */
const named = (spec: ChartSpec, series: Series[]): boolean => series.length > 1 || series.some((one) => endValue(spec, one.name) !== "");

export const line: Kind<MarksOf<"line">> = {
  margins: (spec, marks, { width }) => {
    const names = named(spec, marks.series) ? marks.series.map((series) => `${endValue(spec, series.name)} ${series.name}`) : [];
    return { right: names.length > 0 ? Math.min(width * 0.28, longest(names) + 14) : 18 };
  },
  draw: (spec, marks, frame, palette) => ({
    xAxis: valueAxis(spec.x, palette, { line: true }),
    yAxis: valueAxis(spec.y, palette, { grid: true }),
    tooltip: axisTooltip(palette, (index) => ({ title: marks.xLabels[index] ?? "", rows: tooltipRows(marks.series, index, palette) })),
    graphic: named(spec, marks.series) ? endLabels(ends(spec, marks.series, frame, palette), frame, palette) : [],
    series: [
      ...marks.bands.map((band) => bandSeries(band, marks.x, palette)),
      ...marks.series.map((series) => lineSeries(series, marks.x, false, marks.step ? "end" : null, palette)),
    ],
  }),
};

function ends(spec: ChartSpec, series: Series[], frame: Frame, palette: Palette): EndLabel[] {
  return series.flatMap((one) => {
    const last = one.values.filter((value) => value !== null).slice(-1)[0];
    return last === undefined ? [] : [{ text: one.name, value: endValue(spec, one.name), y: frame.py(last), colour: palette.text(one.colour) }];
  });
}

export function lineSeries(series: Series, x: number[], stacked: boolean, step: "middle" | "end" | null, palette: Palette): Shape {
  const colour = palette.fill(series.colour);
  return {
    type: "line",
    name: series.name,
    data: x.map((at, index) => [at, series.values[index] ?? null]),
    symbol: "circle",
    showSymbol: !stacked && x.length < 2,
    symbolSize: 5,
    silent: true,
    connectNulls: false,
    ...(step ? { step } : {}),
    itemStyle: { color: colour },
    ...(stacked
      ? { stack: "all", areaStyle: { color: colour, opacity: 0.92 }, lineStyle: { color: palette.paper, width: 0.8 }, emphasis: { disabled: true } }
      : { lineStyle: { color: colour, width: 1.8 }, emphasis: { lineStyle: { width: 1.8 } } }),
  };
}

export function bandSeries(band: { name: string; colour: Series["colour"]; lower: (number | null)[]; upper: (number | null)[] }, x: number[], palette: Palette): Shape {
  const render: Render = (params, api) => {
    if (params.dataIndex !== 0) return asReturn(null);
    const known = x.flatMap((at, index) => {
      const low = band.lower[index] ?? null;
      const high = band.upper[index] ?? null;
      return low === null || high === null ? [] : [{ at, low, high }];
    });
    const points = [...known.map((p) => api.coord([p.at, p.high])), ...known.reverse().map((p) => api.coord([p.at, p.low]))];
    return asReturn({ type: "polygon", shape: { points }, style: { fill: palette.fill(band.colour), opacity: 0.18 } });
  };
  return { type: "custom", name: band.name, silent: true, renderItem: render, data: x.map((at) => [at, 0]), z: 1 };
}
