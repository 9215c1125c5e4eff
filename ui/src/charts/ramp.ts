/** The sequential scale of heat maps: from the ground towards the accent, with text that reads on every shade. */
import type { Palette } from "./palette";

type Rgb = [number, number, number];

const parse = (hex: string): Rgb | null => {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim());
  return match ? [Number.parseInt(match[1] ?? "0", 16), Number.parseInt(match[2] ?? "0", 16), Number.parseInt(match[3] ?? "0", 16)] : null;
};
const hex = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const mix = (a: Rgb, b: Rgb, share: number): Rgb => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(parse(a) ?? [0, 0, 0]), luminance(parse(b) ?? [0, 0, 0])];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const WHITE: Rgb = [255, 255, 255];
/** Not ink, which would not reach 4.5:1 in the middle of the scale. */
const BLACK: Rgb = [0, 0, 0];

export function ramp(palette: Palette): { shade: (value: number) => string; textOn: (fill: string) => string } {
  const ground = parse(palette.paper) ?? WHITE;
  const accent = parse(palette.fill("accent")) ?? [14, 107, 124];
  const light = luminance(ground) > 0.5;
  // The far end goes beyond the accent, away from the ground, so that the middle of the scale can be told apart.
  const far = mix(accent, light ? BLACK : WHITE, light ? 0.3 : 0.25);
  const near = mix(ground, accent, 0.09);
  return {
    shade: (value) => hex(mix(near, far, Math.max(0, Math.min(1, value)))),
    textOn: (fill) => (contrast(fill, hex(WHITE)) >= contrast(fill, hex(BLACK)) ? hex(WHITE) : hex(BLACK)),
  };
}
