/** A value per row and column as a shade, with its text on it. */
import { longest } from "../layout";
import { ramp } from "../ramp";
import { hoverBoxes } from "./rows";
import { font, textShape, type Kind, type MarksOf, type Shape } from "./shape";

const FOOT = 22;
const STEPS = 24;

export const heatMap: Kind<MarksOf<"heat-map">> = {
  ownNotes: true,
  margins: (_, marks, { width }) => ({ left: Math.min(width * 0.3, longest(marks.rows.map((row) => row.name)) + 16), right: 2, top: 20, bottom: FOOT }),
  draw: (_, marks, frame, palette) => {
    const { shade, textOn } = ramp(palette);
    const wide = (frame.width - frame.left - frame.right) / Math.max(1, marks.columns.length);
    const tall = Math.min(36, (frame.height - frame.top - frame.bottom) / Math.max(1, marks.rows.length));
    const boxes = marks.rows.flatMap((row, y) => row.cells.slice(0, marks.columns.length).map((cell, x) => ({ cell, row, column: marks.columns[x] ?? "", x: frame.left + x * wide, y: frame.top + y * tall, width: wide, height: tall })));
    const cells = boxes.flatMap(({ cell, x, y, width, height }): Shape[] => {
      const fill = cell.shade === null ? null : shade(cell.shade);
      return [
        { type: "rect", silent: true, z: 2, shape: { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 }, style: fill ? { fill } : { fill: palette.paper, stroke: palette.line, lineWidth: 1 } },
        ...(longest([cell.label]) * 0.9 < width ? [textShape(cell.label, x + width / 2, y + height / 2, { textAlign: "center", fill: fill ? textOn(fill) : palette.mut, font: font(palette) })] : []),
      ];
    });
    const bottom = frame.top + tall * marks.rows.length + 13;
    const from = frame.left + longest([marks.low]) + 6;
    const part = 110 / STEPS;
    const key: Shape[] = [
      textShape(marks.low, frame.left, bottom, { fill: palette.mut, font: font(palette) }),
      ...Array.from({ length: STEPS }, (_, step): Shape => ({ type: "rect", silent: true, z: 2, shape: { x: from + step * part, y: bottom - 4, width: part + 0.3, height: 8 }, style: { fill: shade(step / (STEPS - 1)) } })),
      textShape(marks.high, from + 116, bottom, { fill: palette.mut, font: font(palette) }),
    ];
    const hover = hoverBoxes(boxes, palette, (index) => {
      const box = boxes[index];
      return { title: box ? `${box.row.name} · ${box.column}` : "", rows: box ? [{ name: "", label: box.cell.exact, colour: box.cell.shade === null ? palette.line : shade(box.cell.shade) }] : [] };
    });
    return {
      ...hover,
      graphic: [
        ...marks.columns.map((name, x) => textShape(name, frame.left + (x + 0.5) * wide, 9, { textAlign: "center", width: wide - 2, overflow: "truncate", fill: palette.mut, font: font(palette) })),
        ...marks.rows.map((row, y) => textShape(row.name, 0, frame.top + (y + 0.5) * tall, { width: frame.left - 4, overflow: "truncate", fill: palette.ink, font: font(palette) })),
        ...cells,
        ...key,
      ],
    };
  },
};
