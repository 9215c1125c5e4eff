/** Where things stand inside the drawing, in pixels. */
import type { PlacedEvent } from "./events";

/** Room around the field. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Frame extends Margins {
  width: number;
  height: number;
  /** Their names stand in rows just above the field. */
  events: PlacedEvent[];
  px(x: number): number;
  py(y: number): number;
}

export interface EndLabel {
  text: string;
  /** Stands before the text, in the colour. */
  value?: string;
  y: number;
  colour: string;
  /** Bands and levels are named in regular weight. */
  quiet?: boolean;
  tall?: number;
}

const GLYPH = 6.4;

/** A generous guess of a label's width, so that nothing is cut before it is drawn. */
export function textWidth(text: string, size = 11): number {
  let units = 0;
  for (const char of text) units += (char.codePointAt(0) ?? 0) > 0x2e80 ? 1.75 : /[A-Z]/.test(char) ? 1.25 : 1;
  return (units * GLYPH * size) / 11;
}

/** Digits and signs as they are set: closer than the generous guess, for what stands right behind a figure. */
export function figureWidth(text: string, size = 11): number {
  let units = 0;
  for (const char of text) units += /[.,:;'’ \u00a0\u202f]/.test(char) ? 0.3 : /[MW%]/.test(char) ? 0.88 : (char.codePointAt(0) ?? 0) > 0x2e80 ? 1.02 : 0.64;
  return units * size;
}

export const longest = (texts: string[]): number => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);

/** Labels at the right edge, pushed apart until none touches another. */
export function spread(labels: EndLabel[], top: number, bottom: number, gap = 14): EndLabel[] {
  const placed = [...labels].sort((a, b) => a.y - b.y).map((label) => ({ ...label }));
  const apart = (a: EndLabel, b: EndLabel): number => ((a.tall ?? gap) + (b.tall ?? gap)) / 2;
  for (let index = 1; index < placed.length; index++) {
    const above = placed[index - 1];
    const label = placed[index];
    if (above && label && label.y - above.y < apart(above, label)) label.y = above.y + apart(above, label);
  }
  for (let index = placed.length - 1; index >= 0; index--) {
    const label = placed[index];
    const below = placed[index + 1];
    if (!label) continue;
    const limit = below ? below.y - apart(label, below) : bottom - ((label.tall ?? gap) - gap) / 2;
    if (label.y > limit) label.y = limit;
  }
  return placed.filter((label) => label.y >= top - gap);
}
