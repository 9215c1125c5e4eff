/** Lanes of spans with dated marks. */
import type { ChartSpec, Lane } from "@/core/types";
import { longest, textWidth } from "../layout";
import type { Palette } from "../palette";
import { categoryAxis, valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { asReturn, type Kind, type MarksOf, type Render, type Shape } from "./shape";

export const timeline: Kind<MarksOf<"timeline">> = {
  margins: (_, marks, { width }) => ({ left: Math.min(width * 0.3, longest(marks.lanes.map((lane) => lane.name)) + 14), right: 16 }),
  draw: (spec, marks, frame, palette) => ({
    xAxis: valueAxis(spec.x, palette, { grid: true, line: true }),
    yAxis: { ...categoryAxis(marks.lanes.map((lane) => lane.name), palette, true, frame), inverse: true },
    tooltip: itemTooltip(palette, (index) => {
      const lane = marks.lanes[index];
      const spans = lane?.spans.map((span) => ({ name: "", label: span.label, colour: palette.fill(span.colour) })) ?? [];
      const dates = lane?.marks.map((mark) => ({ name: "", label: mark.label, colour: palette.fill(mark.colour) })) ?? [];
      return { title: lane?.name ?? "", rows: [...spans, ...dates] };
    }),
    series: [lanes(marks, spec, palette)],
  }),
};

function lanes(marks: { lanes: Lane[] }, spec: ChartSpec, palette: Palette): Shape {
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
