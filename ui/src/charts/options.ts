/** From a ChartSpec to what ECharts draws. Data, ticks, labels, order and colour were decided by the core. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from "echarts/types/dist/shared";
import type { EChartsCoreOption } from "echarts/core";
import type { Axis, ChartSpec, Series } from "@/core/types";
import { longest, spread, textWidth, type EndLabel, type Frame } from "./layout";
import type { Palette } from "./palette";
import { tooltipRows, type TooltipRow } from "./tooltip";

type Shape = Record<string, unknown>;
type Render = (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => CustomSeriesRenderItemReturn;
const asReturn = (shape: Shape | null): CustomSeriesRenderItemReturn => shape as unknown as CustomSeriesRenderItemReturn;

export function optionsOf(spec: ChartSpec, frame: Frame, palette: Palette): EChartsCoreOption {
  const base = {
    animation: false,
    textStyle: { fontFamily: palette.font, fontSize: 11, color: palette.ink },
    grid: { left: frame.left, right: frame.right, top: frame.top, bottom: frame.bottom, containLabel: false, outerBoundsMode: "none" },
    aria: { enabled: false },
  };
  const notes = annotations(spec, frame, palette);
  const { marks } = spec;
  switch (marks.kind) {
    case "stacked-area":
    case "line": {
      const stacked = marks.kind === "stacked-area";
      return {
        ...base,
        xAxis: valueAxis(spec.x, palette, { line: true }),
        yAxis: valueAxis(spec.y, palette, { grid: true }),
        tooltip: axisTooltip(palette, (index) => ({
          title: marks.xLabels[index] ?? "",
          rows: tooltipRows(stacked ? [...marks.series].reverse() : marks.series, index, palette),
        })),
        graphic: [...notes, ...(stacked && marks.step ? legend(marks.series, frame, palette) : endLabels(spec, frame, palette))],
        series: [
          ...(marks.kind === "line" ? marks.bands.map((band) => bandSeries(band, marks.x, palette)) : []),
          ...marks.series.map((series) => lineSeries(series, marks.x, stacked, marks.step ? (stacked ? "middle" : "end") : null, palette)),
        ],
      };
    }
    case "bar": {
      const names = marks.bars.map((bar) => bar.name);
      const category = categoryAxis(names, palette, marks.horizontal, frame);
      const axis = marks.horizontal && spec.x.ticks.length > 0 ? spec.x : spec.y;
      const value = valueAxis(axis, palette, { grid: true, hideLabels: marks.horizontal });
      return {
        ...base,
        ...(marks.horizontal ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }),
        tooltip: itemTooltip(palette, (index) => {
          const bar = marks.bars[index];
          return { title: bar?.name ?? "", rows: bar ? [{ name: "", label: bar.label, colour: palette.fill(bar.colour) }] : [] };
        }),
        graphic: notes,
        series: [
          {
            type: "bar",
            barMaxWidth: marks.horizontal ? 18 : 42,
            barCategoryGap: "32%",
            data: marks.bars.map((bar) => ({ value: bar.value ?? "-", itemStyle: { color: palette.fill(bar.colour) } })),
            label: {
              show: true,
              position: marks.horizontal ? "right" : "top",
              color: palette.ink,
              fontSize: 11,
              formatter: ({ dataIndex }: { dataIndex: number }) => marks.bars[dataIndex]?.label ?? "",
            },
          },
          errorBars(marks, palette),
        ],
      };
    }
    case "stacked-bar": {
      const category = categoryAxis(marks.categories, palette, marks.horizontal, frame);
      const axis = marks.horizontal && spec.x.ticks.length > 0 ? spec.x : spec.y;
      const value = valueAxis(axis, palette, { grid: true });
      return {
        ...base,
        ...(marks.horizontal ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }),
        tooltip: itemTooltip(palette, (index) => ({
          title: marks.categories[index] ?? "",
          rows: tooltipRows([...marks.series].reverse(), index, palette),
        })),
        graphic: [...notes, ...legend(marks.series, frame, palette)],
        series: marks.series.map((series) => ({
          type: "bar",
          name: series.name,
          stack: "all",
          barMaxWidth: 46,
          barCategoryGap: "30%",
          itemStyle: { color: palette.fill(series.colour), borderColor: palette.paper, borderWidth: 0.8 },
          data: series.values.map((value) => value ?? "-"),
        })),
      };
    }
    case "waterfall":
      return {
        ...base,
        xAxis: categoryAxis(marks.steps.map((step) => step.name), palette, false, frame),
        yAxis: { ...valueAxis(spec.y, palette, {}), show: false },
        tooltip: itemTooltip(palette, (index) => {
          const step = marks.steps[index];
          return { title: step?.name ?? "", rows: step ? [{ name: "", label: step.label, colour: palette.fill(step.colour) }] : [] };
        }),
        graphic: notes,
        series: [waterfall(marks, palette)],
      };
    case "timeline":
      return {
        ...base,
        xAxis: valueAxis(spec.x, palette, { grid: true, line: true }),
        yAxis: { ...categoryAxis(marks.lanes.map((lane) => lane.name), palette, true, frame), inverse: true },
        tooltip: itemTooltip(palette, (index) => {
          const lane = marks.lanes[index];
          const spans = lane?.spans.map((span) => ({ name: "", label: span.label, colour: palette.fill(span.colour) })) ?? [];
          const dates = lane?.marks.map((mark) => ({ name: "", label: mark.label, colour: palette.fill(mark.colour) })) ?? [];
          return { title: lane?.name ?? "", rows: [...spans, ...dates] };
        }),
        graphic: notes,
        series: [timeline(marks, spec, palette)],
      };
  }
}

function valueAxis(axis: Axis, palette: Palette, look: { grid?: boolean; line?: boolean; hideLabels?: boolean }): Shape {
  const labels = new Map(axis.ticks.map((tick) => [tick.at, tick.label]));
  const at = axis.ticks.map((tick) => tick.at);
  return {
    type: "value",
    min: axis.min,
    max: axis.max,
    scale: true,
    axisLine: { show: look.line ?? false, onZero: false, lineStyle: { color: palette.line } },
    axisTick: { show: false, customValues: at },
    axisLabel: {
      show: !look.hideLabels,
      customValues: at,
      color: palette.mut,
      fontSize: 11,
      hideOverlap: true,
      showMinLabel: true,
      formatter: (value: number) => labels.get(value) ?? "",
    },
    splitLine: { show: look.grid ?? false, lineStyle: { color: palette.line, width: 1 } },
    axisPointer: { label: { show: false } },
  };
}

/** Slots narrower than this have smaller names. */
const TIGHT = 62;
const LINE = 12;

function categoryAxis(names: string[], palette: Palette, side: boolean, frame: Frame): Shape {
  const slot = (frame.width - frame.left - frame.right) / Math.max(1, names.length);
  // Few long names are cut, many names are thinned out.
  const every = names.length > 8 ? Math.max(1, Math.ceil((longest(names) + 8) / slot)) : 1;
  const tight = !side && every === 1 && slot < TIGHT;
  return {
    type: "category",
    data: names,
    inverse: side,
    axisLine: { show: !side, lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: {
      color: palette.mut,
      fontSize: tight ? 10 : 11,
      interval: side ? 0 : (index: number) => index % every === 0,
      hideOverlap: false,
      overflow: side || frame.bottom < 30 ? "truncate" : "break",
      lineHeight: 12,
      width: side ? frame.left - 10 : Math.max(36, slot * every + (frame.bottom < 30 ? 6 : 0)),
    },
  };
}

function lineSeries(series: Series, x: number[], stacked: boolean, step: "middle" | "end" | null, palette: Palette): Shape {
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

function bandSeries(band: { name: string; colour: Series["colour"]; lower: (number | null)[]; upper: (number | null)[] }, x: number[], palette: Palette): Shape {
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

function errorBars(marks: { bars: { low: number | null; high: number | null }[]; horizontal: boolean }, palette: Palette): Shape {
  const render: Render = (params, api) => {
    const bar = marks.bars[params.dataIndex];
    if (!bar || bar.low === null || bar.high === null) return asReturn(null);
    const point = (value: number): number[] => api.coord(marks.horizontal ? [value, params.dataIndex] : [params.dataIndex, value]);
    const [x1 = 0, y1 = 0] = point(bar.low);
    const [x2 = 0, y2 = 0] = point(bar.high);
    return asReturn({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: palette.mut, lineWidth: 1.4 } });
  };
  return { type: "custom", silent: true, renderItem: render, data: marks.bars.map((_, index) => [index, 0]), z: 5 };
}

function waterfall(marks: { steps: { from: number; to: number; label: string; colour: Series["colour"] }[] }, palette: Palette): Shape {
  const render: Render = (params, api) => {
    const step = marks.steps[params.dataIndex];
    if (!step) return asReturn(null);
    const [x = 0, yFrom = 0] = api.coord([params.dataIndex, step.from]);
    const [, yTo = 0] = api.coord([params.dataIndex, step.to]);
    const [next = x] = api.coord([params.dataIndex + 1, step.to]);
    const font = Math.abs(next - x) < TIGHT ? 9.5 : 11;
    /** Above its bar, or above its left neighbour's label where the two would touch. */
    const labelY = (index: number): number => {
      const item = marks.steps[index];
      const own = Math.min(api.coord([index, item?.from ?? 0])[1] ?? 0, api.coord([index, item?.to ?? 0])[1] ?? 0) - 5;
      const left = marks.steps[index - 1];
      if (!item || !left || (textWidth(left.label, font) + textWidth(item.label, font)) / 2 < Math.abs(next - x)) return own;
      const beside = labelY(index - 1);
      return Math.abs(own - beside) < LINE ? beside - LINE : own;
    };
    const half = Math.min(26, Math.abs((next - x) * 0.36));
    const top = Math.min(yFrom, yTo);
    const children: Shape[] = [
      {
        type: "rect",
        shape: { x: x - half, y: top, width: half * 2, height: Math.max(1, Math.abs(yTo - yFrom)) },
        style: { fill: palette.fill(step.colour) },
      },
      {
        type: "text",
        style: { text: step.label, x, y: labelY(params.dataIndex), textAlign: "center", textVerticalAlign: "bottom", fill: palette.ink, fontSize: font, fontFamily: palette.font },
      },
    ];
    if (params.dataIndex < marks.steps.length - 1) {
      children.unshift({ type: "line", shape: { x1: x + half, y1: yTo, x2: next - half, y2: yTo }, style: { stroke: palette.line, lineWidth: 1 } });
    }
    return asReturn({ type: "group", children });
  };
  return { type: "custom", renderItem: render, data: marks.steps.map((step, index) => [index, step.to, step.from]), encode: { x: 0, y: [1, 2] }, clip: false };
}

interface LaneShape {
  spans: { from: number; to: number; label: string; colour: Series["colour"] }[];
  marks: { at: number; label: string; colour: Series["colour"] }[];
}

function timeline(marks: { lanes: LaneShape[] }, spec: ChartSpec, palette: Palette): Shape {
  const render: Render = (params, api) => {
    const lane = marks.lanes[params.dataIndex];
    if (!lane) return asReturn(null);
    const clamp = (at: number): number => Math.max(spec.x.min, Math.min(spec.x.max, at));
    const children: Shape[] = [];
    for (const span of lane.spans) {
      if (span.to < spec.x.min || span.from > spec.x.max) continue;
      const [x1 = 0, y = 0] = api.coord([clamp(span.from), params.dataIndex]);
      const [x2 = 0] = api.coord([clamp(span.to), params.dataIndex]);
      const width = Math.max(2, x2 - x1);
      children.push({ type: "rect", shape: { x: x1, y: y - 7, width, height: 14, r: 3 }, style: { fill: palette.fill(span.colour), opacity: 0.28 } });
      const wide = textWidth(span.label, 10) + 10;
      const dates = lane.marks.map((mark) => api.coord([mark.at, params.dataIndex])[0] ?? 0);
      // The label starts at the left edge or after the first mark, wherever no mark crosses it.
      const start = [x1, ...dates.map((at) => at + 6)].find((at) => at >= x1 && at + wide < x2 && !dates.some((date) => date > at - 5 && date < at + wide));
      if (wide < width && start !== undefined) {
        children.push({
          type: "text",
          style: { text: span.label, x: start + 6, y, textVerticalAlign: "middle", fill: palette.ink, fontSize: 10, fontFamily: palette.font },
        });
      }
    }
    for (const mark of lane.marks) {
      if (mark.at < spec.x.min || mark.at > spec.x.max) continue;
      const [x = 0, y = 0] = api.coord([mark.at, params.dataIndex]);
      children.push({ type: "polygon", shape: { points: [[x, y - 6], [x + 5, y], [x, y + 6], [x - 5, y]] }, style: { fill: palette.fill(mark.colour), stroke: palette.paper, lineWidth: 1 } });
    }
    return asReturn({ type: "group", children });
  };
  return { type: "custom", renderItem: render, data: marks.lanes.map((_, index) => [spec.x.min, index]), clip: false };
}

function endLabels(spec: ChartSpec, frame: Frame, palette: Palette): Shape[] {
  const { marks } = spec;
  if (marks.kind !== "stacked-area" && marks.kind !== "line") return [];
  if (marks.kind === "line" && marks.series.length < 2) return [];
  const labels: EndLabel[] = [];
  let base = 0;
  for (const series of marks.series) {
    // Geometry: the middle of the band over its last few points, so that one unfinished day does not pile all names up.
    const near = series.values.filter((value) => value !== null).slice(marks.kind === "stacked-area" ? -7 : -1);
    if (near.length === 0) continue;
    const last = near.reduce((sum, value) => sum + value, 0) / near.length;
    const y = marks.kind === "stacked-area" ? base + last / 2 : last;
    if (marks.kind === "stacked-area") base += last;
    labels.push({ text: series.name, y: frame.py(y), colour: palette.text(series.colour) });
  }
  const room = frame.right - 10;
  return spread(labels, frame.top, frame.height - frame.bottom).map((label) => ({
    type: "text",
    silent: true,
    style: {
      text: label.text,
      x: frame.width - frame.right + 7,
      y: label.y,
      width: room,
      overflow: "truncate",
      textVerticalAlign: "middle",
      fill: label.colour,
      font: `500 11px ${palette.font}`,
    },
  }));
}

function legend(series: Series[], frame: Frame, palette: Palette): Shape[] {
  let x = frame.left;
  return series.flatMap((item) => {
    const at = x;
    x += textWidth(item.name) + 28;
    return [
      { type: "rect", silent: true, shape: { x: at, y: 4, width: 10, height: 10, r: 2 }, style: { fill: palette.fill(item.colour) } },
      { type: "text", silent: true, style: { text: item.name, x: at + 15, y: 9, textVerticalAlign: "middle", fill: palette.ink, font: `11px ${palette.font}` } },
    ];
  });
}

function annotations(spec: ChartSpec, frame: Frame, palette: Palette): Shape[] {
  const font = `11px ${palette.font}`;
  return spec.annotations.flatMap((note): Shape[] => {
    if (note.kind === "target") {
      const y = frame.py(note.at);
      return [
        { type: "line", silent: true, z: 20, shape: { x1: frame.left, x2: frame.width - frame.right, y1: y, y2: y }, style: { stroke: palette.bad, lineDash: [5, 4], lineWidth: 1 } },
        { type: "text", silent: true, z: 21, style: { text: note.label, x: frame.left + 4, y: y - 4, textVerticalAlign: "bottom", fill: palette.ink, stroke: palette.paper, lineWidth: 3, font } },
      ];
    }
    if (note.at < spec.x.min || note.at > spec.x.max) return [];
    const x = frame.px(note.at);
    const flip = x + longest([note.label]) + 12 > frame.width;
    return [
      { type: "line", silent: true, z: 20, shape: { x1: x, x2: x, y1: 12, y2: frame.height - frame.bottom }, style: { stroke: palette.ink, opacity: 0.5, lineWidth: 0.8 } },
      { type: "circle", silent: true, z: 21, shape: { cx: x, cy: 10, r: 3.2 }, style: { fill: palette.ink } },
      { type: "text", silent: true, z: 21, style: { text: note.label, x: x + (flip ? -8 : 8), y: 10, textAlign: flip ? "right" : "left", textVerticalAlign: "middle", fill: palette.ink, font } },
    ];
  });
}

interface Hover {
  title: string;
  rows: TooltipRow[];
}

function tooltipBase(palette: Palette): Shape {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: palette.raised,
    borderColor: palette.line,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: palette.ink, fontSize: 12, fontFamily: palette.font },
    extraCssText: "border-radius:6px;box-shadow:0 6px 20px rgb(0 0 0 / 12%);",
  };
}

function axisTooltip(palette: Palette, at: (index: number) => Hover): Shape {
  return {
    ...tooltipBase(palette),
    trigger: "axis",
    axisPointer: { type: "line", snap: true, lineStyle: { color: palette.mut, width: 1, type: "solid", opacity: 0.6 } },
    formatter: (items: { dataIndex: number }[]) => hoverElement(at(items[0]?.dataIndex ?? 0)),
  };
}

function itemTooltip(palette: Palette, at: (index: number) => Hover): Shape {
  return { ...tooltipBase(palette), trigger: "item", formatter: (item: { dataIndex: number }) => hoverElement(at(item.dataIndex)) };
}

/** Built as elements, not as markup: names come from people's files. */
function hoverElement(hover: Hover): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-hover";
  const title = document.createElement("b");
  title.textContent = hover.title;
  box.append(title);
  for (const row of hover.rows) {
    const line = document.createElement("div");
    const dot = document.createElement("i");
    dot.style.background = row.colour;
    const name = document.createElement("span");
    name.textContent = row.name;
    const value = document.createElement("em");
    value.textContent = row.label;
    line.append(dot, name, value);
    box.append(line);
  }
  return box;
}
