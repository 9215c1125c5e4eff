/** A total, its changes, the new total. */
import type { ChartSpec, WaterfallStep } from "@/core/types";
import { longest, textWidth } from "../layout";
import type { Palette } from "../palette";
import { categoryAxis, TIGHT, valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { asReturn, type Kind, type MarksOf, type Render, type Shape } from "./shape";

const LINE = 12;

export const waterfall: Kind<MarksOf<"waterfall">> = {
  margins: (_, marks, { width }) => {
    // Long names take two lines, long figures stand on steps of their own.
    const slot = (width - 12) / Math.max(1, marks.steps.length);
    const top = longest(marks.steps.map((step) => step.label)) * 0.9 > slot ? 46 : 22;
    return { left: 6, right: 6, top, ...(longest(marks.steps.map((step) => step.name)) * 0.92 > slot ? { bottom: 36 } : {}) };
  },
  draw: (spec: ChartSpec, marks, frame, palette) => ({
    xAxis: categoryAxis(marks.steps.map((step) => step.name), palette, false, frame),
    yAxis: { ...valueAxis(spec.y, palette, {}), show: false },
    tooltip: itemTooltip(palette, (index) => {
      const step = marks.steps[index];
      return { title: step?.name ?? "", rows: step ? [{ name: "", label: step.label, colour: palette.fill(step.colour) }] : [] };
    }),
    series: [steps(marks, palette)],
  }),
};

function steps(marks: { steps: WaterfallStep[] }, palette: Palette): Shape {
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
