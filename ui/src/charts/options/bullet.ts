/** A measure against its target: bar, tick and qualitative ranges, each row on a scale of its own. */
import type { BulletRow } from "@/core/types";
import { longest } from "../layout";
import type { Palette } from "../palette";
import { hoverBoxes, rowBox } from "./rows";
import { font, textShape, type Kind, type MarksOf, type Shape } from "./shape";

export const bullet: Kind<MarksOf<"bullet">> = {
  ownNotes: true,
  margins: (_, marks, { width }) => ({
    left: Math.min(width * 0.3, longest(marks.rows.map((row) => row.name)) + 12),
    right: Math.min(width * 0.45, longest(marks.rows.map((row) => row.label)) + longest(marks.rows.map((row) => row.targetLabel)) + 24),
    top: 2,
    bottom: 2,
  }),
  draw: (_, marks, frame, palette) => {
    const boxes = marks.rows.map((_, index) => rowBox(frame, index, marks.rows.length));
    const end = frame.width - frame.right;
    const values = longest(marks.rows.map((row) => row.label)) + 10;
    const shapes = marks.rows.flatMap((row, index): Shape[] => {
      const box = boxes[index];
      if (!box) return [];
      const tall = Math.max(4, Math.min(14, box.height * 0.42));
      return [
        textShape(row.name, 0, box.middle, { width: frame.left - 8, overflow: "truncate", fill: palette.ink, font: font(palette, 11, 500) }),
        ...bulletShapes(row, { x: frame.left, y: box.middle - tall / 2, width: end - frame.left, height: tall }, palette),
        textShape(row.label, end + values, box.middle, { textAlign: "right", fill: palette.ink, font: font(palette, 11, 500) }),
        textShape(row.targetLabel, end + values + 10, box.middle, { width: frame.width - end - values - 10, overflow: "truncate", fill: palette.mut, font: font(palette) }),
      ];
    });
    const hover = hoverBoxes(boxes.map((box) => ({ x: 0, y: box.y, width: frame.width, height: box.height })), palette, (index) => {
      const row = marks.rows[index];
      return { title: row?.name ?? "", rows: row ? [{ name: row.targetLabel, label: row.label, colour: palette.fill(row.colour) }] : [] };
    });
    return { ...hover, graphic: shapes };
  },
};

/** How dark one range is; where ranges lie over one another they add up. */
const RANGE = 0.07;

function bulletShapes(row: BulletRow, track: { x: number; y: number; width: number; height: number }, palette: Palette): Shape[] {
  const at = (value: number): number => (Math.max(0, Math.min(1, value / (row.max || 1))) * track.width);
  const thin = track.height * 0.42;
  const y = track.y + (track.height - thin) / 2;
  const rect = (x: number, top: number, width: number, height: number, fill: string, opacity = 1): Shape => ({ type: "rect", silent: true, z: 5, shape: { x, y: top, width, height }, style: { fill, opacity } });
  return [
    rect(track.x, track.y, track.width, track.height, palette.ink, 0.05),
    ...row.ranges.map((end) => rect(track.x, track.y, at(end), track.height, palette.ink, RANGE)),
    ...(row.projected === null ? [] : [rect(track.x, y, at(row.projected), thin, palette.fill("accent"), 0.45), rect(track.x + at(row.projected) - 1, y - 2, 2, thin + 4, palette.fill("accent"))]),
    ...(row.value === null ? [] : [rect(track.x, y, at(row.value), thin, palette.fill(row.colour))]),
    ...(row.target === null ? [] : [rect(track.x + at(row.target) - 1, track.y - 2, 2, track.height + 4, palette.ink)]),
  ];
}
