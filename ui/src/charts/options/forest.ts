/** Estimates with their intervals, one per row, on one scale with the line of no difference. */
import { longest } from "../layout";
import { hoverBoxes, rowBox } from "./rows";
import { font, textShape, type Kind, type MarksOf, type Shape } from "./shape";

export const forest: Kind<MarksOf<"forest">> = {
  ownNotes: true,
  margins: (spec, marks, { width }) => ({
    left: Math.min(width * 0.32, longest(marks.rows.map((row) => row.name)) + 12),
    right: Math.min(width * 0.32, longest(marks.rows.map((row) => row.label)) + 14),
    top: marks.margin?.label ? 18 : 6,
    bottom: spec.x.label ? 38 : 24,
  }),
  draw: (spec, marks, frame, palette) => {
    const boxes = marks.rows.map((_, index) => rowBox(frame, index, marks.rows.length));
    const [start, end, bottom] = [frame.left, frame.width - frame.right, frame.height - frame.bottom];
    const hold = (value: number): number => Math.max(start, Math.min(end, frame.px(value)));
    const shapes: Shape[] = [];
    if (marks.margin) {
      const [from, to] = [hold(marks.margin.low), hold(marks.margin.high)];
      shapes.push({ type: "rect", silent: true, z: 0, shape: { x: from, y: frame.top, width: to - from, height: bottom - frame.top }, style: { fill: palette.ink, opacity: 0.07 } });
      shapes.push(textShape(marks.margin.label, (from + to) / 2, frame.top - 9, { textAlign: "center", fill: palette.mut, font: font(palette, 10) }));
    }
    for (const tick of spec.x.ticks) shapes.push(textShape(tick.label, frame.px(tick.at), bottom + 12, { textAlign: "center", fill: palette.mut, font: font(palette) }));
    if (spec.x.label) shapes.push(textShape(spec.x.label, end, bottom + 28, { textAlign: "right", fill: palette.mut, font: font(palette) }));
    const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, lineWidth = 1): Shape => ({ type: "line", silent: true, z: 2, shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth } });
    shapes.push(line(start, bottom, end, bottom, palette.line));
    if (marks.reference >= spec.x.min && marks.reference <= spec.x.max) shapes.push(line(hold(marks.reference), frame.top, hold(marks.reference), bottom, palette.mut));
    marks.rows.forEach((row, index) => {
      const box = boxes[index];
      if (!box) return;
      const y = box.middle;
      const fill = palette.fill(row.colour);
      if (index > 0) shapes.push(line(0, box.y, frame.width, box.y, palette.line));
      shapes.push(textShape(row.name, 0, y, { width: start - 8, overflow: "truncate", fill: palette.ink, font: font(palette) }));
      shapes.push(textShape(row.label, frame.width - 2, y, { textAlign: "right", fill: row.estimate === null ? palette.mut : palette.ink, font: font(palette) }));
      if (row.low !== null && row.high !== null) {
        const [from, to] = [hold(row.low), hold(row.high)];
        shapes.push(line(from, y, to, y, fill, 1.6));
        // Where the interval goes on beyond the scale, an arrow says so.
        if (row.low < spec.x.min) shapes.push({ type: "polyline", silent: true, z: 3, shape: { points: [[from + 5, y - 3.5], [from, y], [from + 5, y + 3.5]] }, style: { stroke: fill, fill: "none", lineWidth: 1.6 } });
        if (row.high > spec.x.max) shapes.push({ type: "polyline", silent: true, z: 3, shape: { points: [[to - 5, y - 3.5], [to, y], [to - 5, y + 3.5]] }, style: { stroke: fill, fill: "none", lineWidth: 1.6 } });
      }
      if (row.estimate !== null && row.estimate >= spec.x.min && row.estimate <= spec.x.max)
        shapes.push({ type: "rect", silent: true, z: 4, shape: { x: hold(row.estimate) - 3.6, y: y - 3.6, width: 7.2, height: 7.2 }, style: { fill } });
    });
    const hover = hoverBoxes(boxes.map((box) => ({ x: 0, y: box.y, width: frame.width, height: box.height })), palette, (index) => {
      const row = marks.rows[index];
      return { title: row?.name ?? "", rows: row ? [{ name: "", label: row.label, colour: palette.fill(row.colour) }] : [] };
    });
    return { ...hover, graphic: shapes };
  },
};
