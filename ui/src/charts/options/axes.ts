import type { Axis, ChartSpec } from "@/core/types";
import { longest, type Frame } from "../layout";
import type { Palette } from "../palette";
import { font, textShape, type Shape } from "./shape";

export function valueAxis(axis: Axis, palette: Palette, look: { grid?: boolean; line?: boolean; hideLabels?: boolean }): Shape {
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
export const TIGHT = 62;

export function categoryAxis(names: string[], palette: Palette, side: boolean, frame: Frame): Shape {
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
      // The engine would drop the first and the last name where their room touches their neighbours'.
      ...(every === 1 ? { showMinLabel: true, showMaxLabel: true } : {}),
      overflow: side || frame.bottom < 30 ? "truncate" : "break",
      lineHeight: 12,
      // A name that fits has no box: boxes as wide as their slots touch, and the engine drops every other one.
      ...(side ? { width: frame.left - 10 } : longest(names) + 4 < slot * every ? {} : { width: Math.max(36, slot * every - 2) }),
    },
  };
}

/** Room for the names of the axes: above the field and below its ticks. */
export const nameRoom = (spec: ChartSpec): { top: number; bottom: number } => ({ top: spec.y.label ? 24 : 12, bottom: spec.x.label ? 38 : 24 });

/** The names of the axes, with their units. */
export function axisNames(spec: ChartSpec, frame: Frame, palette: Palette): Shape[] {
  const style = { fill: palette.mut, font: font(palette) };
  return [
    ...(spec.y.label ? [textShape(spec.y.label, 0, 8, style)] : []),
    ...(spec.x.label ? [textShape(spec.x.label, frame.width - frame.right, frame.height - 8, { ...style, textAlign: "right" })] : []),
  ];
}
