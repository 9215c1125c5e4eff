/** The changes alone, from no change to the whole change: small steps on a large base can be read. */
import type { WaterfallStep } from "@/core/types";
import { longest, textWidth, type Frame } from "../layout";
import type { Palette } from "../palette";
import { categoryAxis, valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { asReturn, font, onGround, type Kind, type MarksOf, type Render, type Shape } from "./shape";

type Bridge = MarksOf<"bridge">;

export const bridge: Kind<Bridge> = {
  across: (spec, marks) => marks.horizontal && spec.x.ticks.length > 0,
  margins: (_, marks, { width }) => {
    const names = longest(marks.steps.map((step) => step.name));
    if (marks.horizontal) return { top: 6, left: Math.min(width * 0.4, names + 14), right: longest(marks.steps.map((step) => step.label)) + 12 };
    const slot = (width - 70) / Math.max(1, marks.steps.length);
    const lines = Math.max(1, Math.min(3, Math.ceil((names * 1.1) / slot)));
    return { top: 20, bottom: 12 + 12 * lines };
  },
  draw: (spec, marks, frame, palette) => {
    const names = marks.steps.map((step) => step.name);
    const axis = marks.horizontal && spec.x.ticks.length > 0 ? spec.x : spec.y;
    const category = { ...categoryAxis(names, palette, marks.horizontal, frame), ...(marks.horizontal ? {} : { axisLine: { show: false } }) };
    const value = valueAxis(axis, palette, { grid: true });
    return {
      ...(marks.horizontal ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }),
      tooltip: itemTooltip(palette, (index) => {
        const step = marks.steps[index];
        return { title: step?.name ?? "", rows: step ? [{ name: "", label: step.label, colour: palette.fill(step.colour) }] : [] };
      }),
      series: [steps(marks, frame, palette)],
      graphic: [noChange(marks, frame, palette)],
    };
  },
};

/** The line everything starts from. */
function noChange(marks: Bridge, frame: Frame, palette: Palette): Shape {
  const [x, y] = [frame.px(0), frame.py(0)];
  const [right, bottom] = [frame.width - frame.right, frame.height - frame.bottom];
  const shape = marks.horizontal ? { x1: x, x2: x, y1: frame.top, y2: bottom } : { x1: frame.left, x2: right, y1: y, y2: y };
  return { type: "line", silent: true, z: 3, shape, style: { stroke: palette.mut, lineWidth: 1 } };
}

function steps(marks: Bridge, frame: Frame, palette: Palette): Shape {
  const count = Math.max(1, marks.steps.length);
  const slot = marks.horizontal ? (frame.height - frame.top - frame.bottom) / count : (frame.width - frame.left - frame.right) / count;
  const half = Math.min(26, slot * 0.32);
  const start = (step: WaterfallStep): number => (step.total ? 0 : step.from);
  const render: Render = (params, api) => {
    const index = params.dataIndex;
    const step = marks.steps[index];
    if (!step) return asReturn(null);
    const at = (value: number, place = index): [number, number] => {
      const [x = 0, y = 0] = api.coord(marks.horizontal ? [value, place] : [place, value]);
      return [x, y];
    };
    const [from, to] = [at(start(step)), at(step.to)];
    const text = { text: step.label, fill: palette.ink, ...onGround(palette), font: font(palette, textWidth(step.label) > slot && !marks.horizontal ? 10 : 11, 500) };
    const children: Shape[] = [];
    if (marks.horizontal) {
      children.push({ type: "rect", shape: { x: Math.min(from[0], to[0]), y: from[1] - half, width: Math.max(1, Math.abs(to[0] - from[0])), height: half * 2 }, style: { fill: palette.fill(step.colour) } });
      if (index + 1 < count) children.push({ type: "line", shape: { x1: to[0], x2: to[0], y1: to[1] + half, y2: to[1] + slot - half }, style: { stroke: palette.mut, lineDash: [2, 2], lineWidth: 1 } });
      children.push({ type: "text", style: { ...text, x: Math.max(from[0], to[0]) + 5, y: from[1], textVerticalAlign: "middle" } });
    } else {
      const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
      children.push({ type: "rect", shape: { x: from[0] - half, y: top, width: half * 2, height: Math.max(1, bottom - top) }, style: { fill: palette.fill(step.colour) } });
      if (index + 1 < count) children.push({ type: "line", shape: { x1: to[0] + half, x2: to[0] + slot - half, y1: to[1], y2: to[1] }, style: { stroke: palette.mut, lineDash: [2, 2], lineWidth: 1 } });
      // A rise is labelled above, a fall below, as it moves, unless that leaves the field.
      const above = step.to >= start(step) || bottom + 16 > frame.height - frame.bottom;
      children.push({ type: "text", style: { ...text, x: from[0], y: above ? top - 4 : bottom + 4, textAlign: "center", textVerticalAlign: above ? "bottom" : "top" } });
    }
    return asReturn({ type: "group", children });
  };
  const data = marks.steps.map((step, index) => (marks.horizontal ? [step.to, index] : [index, step.to]));
  return { type: "custom", renderItem: render, data, clip: false, z: 4 };
}
