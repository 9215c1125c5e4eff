import type { Axis } from "@/core/types";
import { longest, type Frame } from "../layout";
import type { Palette } from "../palette";
import type { Shape } from "./shape";

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
      width: side ? frame.left - 10 : Math.max(36, slot * every + (frame.bottom < 30 ? 6 : 0)),
    },
  };
}
