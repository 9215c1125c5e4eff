/** Two points per entity, joined; names and values at both ends, none on another. */
import { longest, spread, textWidth } from "../layout";
import { hoverBoxes } from "./rows";
import { font, textShape, type Kind, type MarksOf, type Shape } from "./shape";

const GAP = 11;

export const slope: Kind<MarksOf<"slope">> = {
  ownNotes: true,
  margins: (_, marks, { width }) => ({
    left: Math.min(width * 0.3, longest(marks.rows.map((row) => row.fromLabel)) + GAP + 2),
    right: Math.min(width * 0.42, Math.max(...marks.rows.map((row) => textWidth(row.toLabel) + textWidth(row.name)), 0) + GAP + 12),
    top: 24,
    bottom: 8,
  }),
  draw: (_, marks, frame, palette) => {
    const [start, end, bottom] = [frame.left, frame.width - frame.right, frame.height - frame.bottom];
    const edge = (name: string, x: number): Shape[] => {
      const half = textWidth(name) / 2;
      return [
        { type: "line", silent: true, z: 1, shape: { x1: x, x2: x, y1: frame.top, y2: bottom }, style: { stroke: palette.line, lineWidth: 1 } },
        textShape(name, Math.max(half, Math.min(frame.width - half, x)), 9, { textAlign: "center", fill: palette.mut, font: font(palette) }),
      ];
    };
    // The first entity is what is read first: it is drawn last.
    const lines = [...marks.rows].reverse().flatMap((row): Shape[] => {
      const fill = palette.fill(row.colour);
      const ends = [[start, row.from], [end, row.to]].flatMap(([x, value]): [number, number][] => (value === null || value === undefined ? [] : [[x ?? 0, frame.py(value)]]));
      return [
        ...(ends.length === 2 ? [{ type: "polyline", silent: true, z: 3, shape: { points: ends }, style: { stroke: fill, fill: "none", lineWidth: 1.7 } }] : []),
        ...ends.map(([cx, cy]): Shape => ({ type: "circle", silent: true, z: 4, shape: { cx, cy, r: 3.2 }, style: { fill } })),
      ];
    });
    const side = (x: number, turn: 1 | -1, of: (row: (typeof marks.rows)[number]) => { value: number | null; text: string }): Shape[] => {
      const labels = marks.rows.flatMap((row) => {
        const { value, text } = of(row);
        return value === null ? [] : [{ text, y: frame.py(value), at: frame.py(value), colour: palette.text(row.colour) }];
      });
      const moved = spread(labels, frame.top, bottom) as typeof labels;
      return moved.flatMap((label): Shape[] => [
        ...(Math.abs(label.y - label.at) > 4 ? [{ type: "line", silent: true, z: 3, shape: { x1: x + turn * 4, y1: label.at, x2: x + turn * (GAP - 2), y2: label.y }, style: { stroke: label.colour, lineWidth: 0.7 } }] : []),
        textShape(label.text, x + turn * GAP, label.y, { textAlign: turn > 0 ? "left" : "right", fill: label.colour, font: font(palette, 11, 500), width: (turn > 0 ? frame.right : frame.left) - GAP, overflow: "truncate" }),
      ]);
    };
    const boxes = marks.rows.map((row) => ({ x: end - 8, y: frame.py(row.to ?? row.from ?? 0) - 7, width: frame.right + 8, height: 14 }));
    const hover = hoverBoxes(boxes, palette, (index) => {
      const row = marks.rows[index];
      return { title: row?.name ?? "", rows: row ? [{ name: marks.from, label: row.fromLabel, colour: palette.fill(row.colour) }, { name: marks.to, label: row.toLabel, colour: palette.fill(row.colour) }] : [] };
    });
    return {
      ...hover,
      graphic: [
        ...edge(marks.from, start),
        ...edge(marks.to, end),
        ...lines,
        ...side(start, -1, (row) => ({ value: row.from, text: row.fromLabel })),
        ...side(end, 1, (row) => ({ value: row.to, text: `${row.toLabel}  ${row.name}` })),
      ],
    };
  },
};
