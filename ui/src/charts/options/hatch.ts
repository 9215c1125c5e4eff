/** Hatching of what is not complete yet. */
import type { Axis, ChartSpec } from "@/core/types";
import type { Frame } from "../layout";
import type { Palette } from "../palette";
import { font, textShape, type Shape } from "./shape";

type Point = [number, number];

/** Rising parallel lines inside a polygon, `gap` pixels apart, over a wash of the same colour. */
export function hatch(polygon: Point[], colour: string, width: number, gap: number, wash = 0): Shape[] {
  const sums = polygon.map(([x, y]) => x + y);
  const step = gap * Math.SQRT2;
  const shapes: Shape[] = wash > 0 ? [{ type: "polygon", silent: true, z: 10, shape: { points: polygon }, style: { fill: colour, opacity: wash } }] : [];
  // On a lattice of its own, so that neighbours continue each other.
  for (let sum = Math.ceil(Math.min(...sums) / step) * step; sum < Math.max(...sums); sum += step) {
    const cuts = polygon.flatMap(([x0, y0], index): number[] => {
      const [x1, y1] = polygon[(index + 1) % polygon.length] ?? [x0, y0];
      const [a, b] = [x0 + y0 - sum, x1 + y1 - sum];
      return a < 0 !== b < 0 ? [x0 + ((x1 - x0) * a) / (a - b)] : [];
    });
    cuts.sort((a, b) => a - b);
    for (let at = 0; at + 1 < cuts.length; at += 2) {
      const [from = 0, to = 0] = [cuts[at], cuts[at + 1]];
      shapes.push({ type: "line", silent: true, z: 11, shape: { x1: from, y1: sum - from, x2: to, y2: sum - to }, style: { stroke: colour, lineWidth: width } });
    }
  }
  return shapes;
}

export const corners = (x: number, y: number, width: number, height: number): Point[] => [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];

/** Hatches the bars of categories that are still filling; category `i` reaches from `i` to `i + 1`. */
export function hatchedSlots(spec: ChartSpec, frame: Frame, palette: Palette, values: number[], look: { horizontal: boolean; axis: Axis; most: number; share: number }): Shape[] {
  const notes = spec.annotations.flatMap((note) => (note.kind === "incomplete" ? [note] : []));
  const inner = { width: frame.width - frame.left - frame.right, height: frame.height - frame.top - frame.bottom };
  const slot = (look.horizontal ? inner.height : inner.width) / Math.max(1, values.length);
  const thick = Math.min(look.most, slot * look.share);
  const along = (value: number): number => (value - look.axis.min) / (look.axis.max - look.axis.min || 1);
  return values.flatMap((value, index): Shape[] => {
    const note = notes.find((one) => one.from <= index + 0.5 && index + 0.5 < one.to);
    if (!note) return [];
    const across = (index + 0.5) * slot - thick / 2;
    const [zero, end] = [along(Math.max(0, look.axis.min)), along(value)];
    const box = look.horizontal
      ? corners(frame.left + zero * inner.width, frame.top + across, (end - zero) * inner.width, thick)
      : corners(frame.left + across, frame.top + (1 - end) * inner.height, thick, (end - zero) * inner.height);
    // Above the value, which stands on the bar; bars that run across say it in their name.
    const above = frame.top + (1 - Math.max(end, zero)) * inner.height - 26;
    const said = look.horizontal ? [] : [textShape(note.label, frame.left + (index + 0.5) * slot, above, { width: slot, overflow: "truncate", textAlign: "center", fill: palette.mut, font: font(palette, 10) })];
    return [...hatch(box, palette.paper, 1.4, 4), ...said];
  });
}
