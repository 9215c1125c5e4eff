/** Where things stand inside the drawing, in pixels. */
import type { ChartSpec } from "@/core/types";

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  px(x: number): number;
  py(y: number): number;
}

export interface EndLabel {
  text: string;
  y: number;
  colour: string;
}

const GLYPH = 6.4;

/** A generous guess of a label's width, so that nothing is cut before it is drawn. */
export function textWidth(text: string, size = 11): number {
  let units = 0;
  for (const char of text) units += (char.codePointAt(0) ?? 0) > 0x2e80 ? 1.75 : /[A-Z]/.test(char) ? 1.25 : 1;
  return (units * GLYPH * size) / 11;
}

export const longest = (texts: string[]): number => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);

export function frameOf(spec: ChartSpec, width: number, height: number): Frame {
  const { marks } = spec;
  const events = spec.annotations.some((item) => item.kind === "event");
  let left = longest(spec.y.ticks.map((tick) => tick.label)) + 10;
  let right = 14;
  let top = events ? 26 : 12;
  let bottom = 24;
  if (marks.kind === "stacked-area" || marks.kind === "line") {
    // Blocks may have nothing at the end to name: their legend stands above.
    const blocks = marks.kind === "stacked-area" && marks.step;
    if (blocks) top = Math.max(top, 26);
    const names = !blocks && (marks.series.length > 1 || marks.kind === "stacked-area") ? marks.series.map((series) => series.name) : [];
    right = names.length > 0 ? Math.min(width * 0.28, longest(names) + 14) : 18;
  }
  if (marks.kind === "waterfall") {
    left = 6;
    right = 6;
    // Long names take two lines, long figures stand on steps of their own.
    const slot = (width - left - right) / Math.max(1, marks.steps.length);
    top = longest(marks.steps.map((step) => step.label)) * 0.9 > slot ? 46 : 22;
    if (longest(marks.steps.map((step) => step.name)) * 0.92 > slot) bottom = 36;
  }
  if (marks.kind === "timeline") {
    left = Math.min(width * 0.3, longest(marks.lanes.map((lane) => lane.name)) + 14);
    right = 16;
  }
  if (marks.kind === "bar") {
    top = Math.max(top, marks.horizontal ? 6 : 20);
    if (marks.horizontal) {
      left = Math.min(width * 0.4, longest(marks.bars.map((bar) => bar.name)) + 14);
      right = longest(marks.bars.map((bar) => bar.label)) + 12;
    }
  }
  if (marks.kind === "stacked-bar") {
    top = 26;
    // The last tick's label stands centred under the right edge.
    if (marks.horizontal) right = Math.max(right, longest(spec.x.ticks.slice(-1).map((tick) => tick.label)) / 2 + 8);
    if (marks.horizontal) left = Math.min(width * 0.4, longest(marks.categories) + 14);
  }
  const innerWidth = Math.max(10, width - left - right);
  const innerHeight = Math.max(10, height - top - bottom);
  const spanX = spec.x.max - spec.x.min || 1;
  const spanY = spec.y.max - spec.y.min || 1;
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    px: (x) => left + ((x - spec.x.min) / spanX) * innerWidth,
    py: (y) => top + (1 - (y - spec.y.min) / spanY) * innerHeight,
  };
}

/** Labels at the right edge, pushed apart until none touches another. */
export function spread(labels: EndLabel[], top: number, bottom: number, gap = 14): EndLabel[] {
  const placed = [...labels].sort((a, b) => a.y - b.y).map((label) => ({ ...label }));
  for (let index = 1; index < placed.length; index++) {
    const above = placed[index - 1];
    const label = placed[index];
    if (above && label && label.y - above.y < gap) label.y = above.y + gap;
  }
  let limit = bottom;
  for (let index = placed.length - 1; index >= 0; index--) {
    const label = placed[index];
    if (!label) continue;
    if (label.y > limit) label.y = limit;
    limit = label.y - gap;
  }
  return placed.filter((label) => label.y >= top - gap);
}
