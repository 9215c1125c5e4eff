/** Rows on a category axis of their own: where they stand, and hovering that follows them. */
import type { Palette } from "../palette";
import { itemTooltip, type Hover } from "./hover";
import { asReturn, type Render, type Shape } from "./shape";
import type { Frame } from "../layout";

/** The box of row `index` of `count`, over the whole width. */
export function rowBox(frame: Frame, index: number, count: number): { y: number; height: number; middle: number } {
  const height = (frame.height - frame.top - frame.bottom) / Math.max(1, count);
  const y = frame.top + index * height;
  return { y, height, middle: y + height / 2 };
}

/** Clear boxes that only answer the pointer; the drawing itself stands in `graphic`. */
export function hoverBoxes(boxes: { x: number; y: number; width: number; height: number }[], palette: Palette, said: (index: number) => Hover): Shape {
  const render: Render = (params) => {
    const box = boxes[params.dataIndex];
    return asReturn(box ? { type: "rect", shape: { ...box }, style: { fill: palette.paper, opacity: 0 } } : null);
  };
  return {
    // Positions are pixels of the frame: the axes are there because a series needs them.
    xAxis: { type: "value", min: 0, max: 1, show: false },
    yAxis: { type: "value", min: 0, max: 1, show: false },
    tooltip: itemTooltip(palette, said),
    series: [{ type: "custom", renderItem: render, data: boxes.map(() => [0, 0]), clip: false, z: 30 }],
  };
}

