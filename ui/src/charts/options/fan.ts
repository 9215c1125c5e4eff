/** History and forecast, with nested intervals that are named at their ends. */
import type { Kind, MarksOf } from "./shape";
import { drawTrend, trendMargins } from "./trend";

export const fan: Kind<MarksOf<"fan">> = {
  ownNotes: true,
  margins: (spec, marks, size) => trendMargins(spec, marks, size),
  draw: (spec, marks, frame, palette) => drawTrend(spec, marks, frame, palette),
};
