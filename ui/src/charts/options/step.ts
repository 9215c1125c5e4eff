/** Values that hold until they change; the last one holds until the axis ends. */
import type { Kind, MarksOf } from "./shape";
import { drawTrend, trendMargins, type Trend } from "./trend";

const trend = (marks: MarksOf<"step">): Trend => ({ ...marks, bands: [], step: true });

export const step: Kind<MarksOf<"step">> = {
  ownNotes: true,
  margins: (spec, marks, size) => trendMargins(spec, trend(marks), size),
  draw: (spec, marks, frame, palette) => drawTrend(spec, trend(marks), frame, palette),
};
