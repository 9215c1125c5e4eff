/** What is left against an even pace, and where it is going. */
import type { Kind, MarksOf } from "./shape";
import { drawTrend, trendMargins, type Trend } from "./trend";

function trend(marks: MarksOf<"burn">): Trend {
  const [first, second] = marks.projected;
  return { x: marks.x, xLabels: marks.xLabels, lines: [marks.actual, ...marks.projected, marks.pace], bands: [], ...(first && second ? { tint: [first, second] } : {}) };
}

export const burn: Kind<MarksOf<"burn">> = {
  ownNotes: true,
  margins: (spec, marks, size) => trendMargins(spec, trend(marks), size),
  draw: (spec, marks, frame, palette) => drawTrend(spec, trend(marks), frame, palette),
};
