/** Lanes of spans with dated marks. */
import type { ChartSpec, Lane, LaneMark, Span } from "@/core/types";
import { longest, spread, textWidth, type Frame } from "../layout";
import type { Palette } from "../palette";
import { categoryAxis, valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { asReturn, onGround, type Kind, type MarksOf, type Render, type Shape } from "./shape";

export const timeline: Kind<MarksOf<"timeline">> = {
  margins: (spec, marks, { width }) => ({
    left: Math.min(width * 0.3, longest(marks.lanes.map((lane) => lane.name)) + 14),
    // The last tick's label stands centred under the right edge.
    right: Math.max(16, longest(spec.x.ticks.filter((tick) => tick.at >= spec.x.max).map((tick) => tick.label)) / 2 + 4),
  }),
  draw: (spec, marks, frame, palette) => ({
    xAxis: valueAxis(spec.x, palette, { grid: true, line: true }),
    yAxis: { ...categoryAxis(marks.lanes.map((lane) => lane.name), palette, true, frame), inverse: true },
    tooltip: itemTooltip(palette, (index) => {
      const lane = marks.lanes[index];
      const spans = lane?.spans.map((span) => ({ name: "", label: span.label, colour: palette.fill(span.colour) })) ?? [];
      const dates = lane?.marks.map((mark) => ({ name: "", label: mark.label, colour: palette.fill(mark.colour) })) ?? [];
      return { title: lane?.name ?? "", rows: [...spans, ...dates] };
    }),
    series: [lanes(marks, spec, frame, palette)],
  }),
};

/** A row per span, so that spans of one lane that overlap stand under one another. */
export function tracks(spans: Span[]): { rows: number[]; count: number } {
  const ends: number[] = [];
  const rows = spans.map(() => 0);
  const order = spans.map((_, index) => index).sort((a, b) => (spans[a]?.from ?? 0) - (spans[b]?.from ?? 0));
  for (const index of order) {
    const span = spans[index];
    if (!span) continue;
    const free = ends.findIndex((end) => end <= span.from);
    const row = free < 0 ? ends.length : free;
    ends[row] = span.to;
    rows[index] = row;
  }
  return { rows, count: Math.max(1, ends.length) };
}

/** Lanes lower than this have no room for names under their marks: hovering says them. */
const NAMED = 38;

function lanes(marks: { lanes: Lane[] }, spec: ChartSpec, frame: Frame, palette: Palette): Shape {
  const slot = (frame.height - frame.top - frame.bottom) / Math.max(1, marks.lanes.length);
  const render: Render = (params, api) => {
    const lane = marks.lanes[params.dataIndex];
    if (!lane) return asReturn(null);
    const [, centre = 0] = api.coord([spec.x.min, params.dataIndex]);
    const clamp = (at: number): number => Math.max(spec.x.min, Math.min(spec.x.max, at));
    const px = (at: number): number => api.coord([at, params.dataIndex])[0] ?? 0;
    const dates = lane.marks.filter((mark) => mark.at >= spec.x.min && mark.at <= spec.x.max).map((mark) => ({ mark, x: px(mark.at) }));
    const named = dates.length > 0 && slot >= NAMED;
    const { rows, count } = tracks(lane.spans);
    const tall = Math.min(14, (slot - (named ? 18 : 4)) / count);
    const top = centre - (tall * count + (named ? 16 : 0)) / 2;
    const middle = top + (tall * count) / 2;
    const children: Shape[] = [];
    lane.spans.forEach((span, index) => {
      if (span.to < spec.x.min || span.from > spec.x.max) return;
      const [x1, x2] = [px(clamp(span.from)), px(clamp(span.to))];
      const y = top + ((rows[index] ?? 0) + 0.5) * tall;
      const width = Math.max(2, x2 - x1);
      const high = count > 1 ? tall - 1 : tall;
      children.push({ type: "rect", shape: { x: x1, y: y - high / 2, width, height: high, r: 3 }, style: { fill: palette.fill(span.colour), opacity: 0.28 } });
      const wide = textWidth(span.label, 10) + 10;
      // The label starts at the left edge or after the first mark, wherever no mark crosses it.
      const start = [x1, ...dates.map(({ x }) => x + 6)].find((at) => at >= x1 && at + wide < x2 && !dates.some(({ x }) => x > at - 5 && x < at + wide));
      if (wide < width && start !== undefined && high >= 10) {
        children.push({ type: "text", style: { text: span.label, x: start + 6, y, textVerticalAlign: "middle", fill: palette.ink, fontSize: 10, fontFamily: palette.font } });
      }
    });
    for (const { mark, x } of dates) {
      children.push({ type: "polygon", shape: { points: [[x, middle - 6], [x + 5, middle], [x, middle + 6], [x - 5, middle]] }, style: { fill: palette.fill(mark.colour), stroke: palette.paper, lineWidth: 1 } });
    }
    if (named) children.push(...names(dates, top + tall * count + 9, frame, palette));
    return asReturn({ type: "group", children });
  };
  return { type: "custom", renderItem: render, data: marks.lanes.map((_, index) => [spec.x.min, index]), clip: false };
}

/** Names under their marks, side by side; nothing where they do not all fit. */
function names(dates: { mark: LaneMark; x: number }[], y: number, frame: Frame, palette: Palette): Shape[] {
  const [left, right] = [frame.left, frame.width - 2];
  const labels = dates.map(({ mark, x }) => {
    const wide = textWidth(mark.label, 10);
    return { text: mark.label, y: Math.max(left + wide / 2, x), tall: wide + 8, colour: palette.text(mark.colour) };
  });
  if (labels.reduce((sum, label) => sum + label.tall, 0) > right - left) return [];
  return spread(labels, left, right - 7).map((label) => ({
    type: "text",
    style: { text: label.text, x: label.y, y, textAlign: "center", textVerticalAlign: "middle", fill: label.colour, ...onGround(palette), fontSize: 10, fontFamily: palette.font },
  }));
}
