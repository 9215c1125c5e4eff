import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(__dirname, "../components/tokens.css"), "utf8");

function tokens(selector: RegExp): Map<string, string> {
  const block = selector.exec(css)?.[1] ?? "";
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

const themes = { light: tokens(/\[data-theme="light"\] \{([^}]*)\}/), dark: tokens(/\[data-theme="dark"\] \{([^}]*)\}/) };

function channels(hex: string): [number, number, number] {
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** The colours of entities; the remainder has its grey. */
const COLOURS = ["series1", "series2", "series3", "series4", "series5", "series6", "series7"];
const SERIES = [...COLOURS, "rest"];
const TEXT: [string, string[]][] = [
  ["ink", ["paper", "panel", "raised", "hover", "acc-soft"]],
  ["mut", ["paper", "panel", "raised", "hover", "acc-soft"]],
  ["faint", ["paper", "panel", "raised", "hover"]],
  ["acc", ["paper", "panel", "raised", "acc-soft"]],
  ["good", ["paper", "raised", "hover", "acc-soft"]],
  ["bad", ["paper", "panel", "raised", "hover", "acc-soft"]],
  ["warn", ["paper", "panel", "raised", "hover", "acc-soft"]],
  ["acc-ink", ["acc", "acc-hover"]],
  ["paper", ["ink", "bad"]],
  ...SERIES.map((name): [string, string[]] => [`${name}-text`, ["paper", "raised"]]),
];

/** Linear RGB as seen with all cones, and with full protanopia and deuteranopia (Viénot, Brettel and Mollon 1999). */
const SIGHT: Record<string, number[][]> = {
  trichromacy: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
  deuteranopia: [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
};

function lab(rgb: number[]): number[] {
  const [r = 0, g = 0, b = 0] = rgb;
  const f = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const apart = (a: number[], b: number[]): number => Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));

describe.each(Object.entries(themes))("%s theme", (_, theme) => {
  const colour = (name: string): string => {
    const value = theme.get(name);
    if (!value) throw new Error(`no token ${name}`);
    return value;
  };

  it("holds AA contrast for every text on every ground it stands on", () => {
    const weak = TEXT.flatMap(([text, grounds]) => grounds.map((ground) => ({ pair: `${text} on ${ground}`, ratio: contrast(colour(text), colour(ground)) }))).filter((item) => item.ratio < 4.5);
    expect(weak).toEqual([]);
  });

  it("draws around a field at 3:1 on every ground it stands on", () => {
    const weak = ["paper", "panel", "raised"].filter((ground) => contrast(colour("field"), colour(ground)) < 3);
    expect(weak).toEqual([]);
  });

  it("gives every chart colour 3:1 against every ground a chart stands on", () => {
    const weak = COLOURS.flatMap((name) => ["paper", "panel", "raised"].map((ground) => ({ pair: `${name} on ${ground}`, ratio: contrast(colour(name), colour(ground)) }))).filter((item) => item.ratio < 3);
    expect(weak).toEqual([]);
  });

  it("keeps any two chart colours apart, with all cones and without red or green ones", () => {
    // A colour belongs to an entity, so any two may stand side by side; the rest is grey and stands last.
    for (const matrix of Object.values(SIGHT)) {
      const views = SERIES.map((name) => {
        const rgb = channels(colour(name));
        return { name, lab: lab(matrix.map((row) => Math.max(0, row.reduce((sum, weight, at) => sum + weight * (rgb[at] ?? 0), 0)))) };
      });
      const close = views.flatMap((one, at) =>
        views.slice(at + 1).flatMap((other) => (apart(one.lab, other.lab) < (other.name === "rest" ? 5.9 : 12) ? [`${one.name} and ${other.name}`] : [])),
      );
      expect(close).toEqual([]);
    }
  });
});
