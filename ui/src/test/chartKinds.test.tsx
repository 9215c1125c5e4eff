import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { specimens } from "@/app/gallery/specimens";
import { along, overlap, place } from "@/charts/avoid";
import { Bullet } from "@/charts/Bullet";
import { frameOf, optionsOf } from "@/charts/options";
import { hatch } from "@/charts/options/hatch";
import { tracks } from "@/charts/options/timeline";
import type { Palette } from "@/charts/palette";
import { contrast, ramp } from "@/charts/ramp";
import type { ChartSpec } from "@/core/types";

const colours = (paper: string, accent: string): Palette => ({ fill: () => accent, text: () => accent, ink: "#191c20", mut: "#565c63", line: "#e4e4e0", paper, raised: paper, bad: "#b03325", font: "Inter" });
const palette = colours("#fcfcfb", "#0e6b7c");

function specimen(name: string): ChartSpec {
  const found = specimens.find(([known]) => known === name);
  if (!found) throw new Error(`no specimen ${name}`);
  return found[1];
}

interface Drawn {
  type: string;
  style?: { text?: string; fill?: string };
  shape?: Record<string, number>;
}
const graphic = (spec: ChartSpec, width = 640, height = 260): Drawn[] => (optionsOf(spec, frameOf(spec, width, height), palette) as { graphic: Drawn[] }).graphic;
const words = (spec: ChartSpec): string[] => graphic(spec).flatMap((shape) => (shape.style?.text ? [shape.style.text] : []));

describe("time charts", () => {
  it("carry the value at each line's end, and name the bands there", () => {
    expect(words(specimen("fan"))).toEqual(expect.arrayContaining(["5.00 M", "forecast", "95 %", "80 %", "50 %", "4.30 M"]));
    expect(words(specimen("area"))).toEqual(expect.arrayContaining(["$3.1k", "Document search"]));
  });

  it("name events in rows, none on another", () => {
    for (const name of ["fan", "error-budget", "area", "plan"]) {
      for (const width of [380, 640, 1100]) {
        const { events, top } = frameOf(specimen(name), width, 240);
        const boxes = events.flatMap((event) => (event.name ? [{ x: event.name.left, y: event.name.row * 16, width: event.name.width ?? event.label.length * 6, height: 15 }] : []));
        expect(boxes.length).toBeGreaterThan(0);
        expect(top).toBeGreaterThan(boxes.length > 1 ? 25 : 12);
        boxes.forEach((box, at) => boxes.slice(at + 1).forEach((other) => expect(overlap(box, other)).toBe(0)));
      }
    }
  });

  it("hatch an unfinished bucket and nothing else", () => {
    const lines = (spec: ChartSpec): number => graphic(spec).filter((shape) => shape.type === "line").length;
    for (const name of ["columns", "area", "burn-down"]) {
      const spec = specimen(name);
      expect(lines(spec)).toBeGreaterThan(lines({ ...spec, annotations: spec.annotations.filter((note) => note.kind !== "incomplete") }) + 3);
    }
  });

  it("keep hatching inside its polygon", () => {
    for (const shape of hatch([[10, 50], [40, 20], [60, 50]], "#000000", 1, 4) as unknown as Drawn[]) {
      for (const x of [shape.shape?.x1, shape.shape?.x2]) expect(x).toBeGreaterThanOrEqual(9.9);
      for (const y of [shape.shape?.y1, shape.shape?.y2]) expect(y).toBeGreaterThanOrEqual(19.9);
    }
  });
});

describe("names beside points", () => {
  it("cover no other name and stay inside", () => {
    const wanted = Array.from({ length: 12 }, (_, i) => ({ x: 150 + (i % 4) * 9, y: 100 + Math.floor(i / 4) * 7, gap: 6, width: 50, height: 11 }));
    const found = place(wanted, [], { x: 0, y: 0, width: 300, height: 200 }).flatMap((spot) => (spot ? [spot] : []));
    expect(found.length).toBeGreaterThanOrEqual(10);
    found.forEach((spot, at) => found.slice(at + 1).forEach((other) => expect(overlap(spot, other)).toBe(0)));
  });

  it("leave the side where a line runs", () => {
    const [spot] = place([{ x: 100, y: 50, gap: 5, width: 40, height: 10 }], along([[100, 50], [180, 50]]), { x: 0, y: 0, width: 200, height: 100 });
    expect((spot?.x ?? 200) + 40).toBeLessThanOrEqual(100);
  });

  it("are all there in a scatter", () => {
    const spec = specimen("scatter");
    const names = spec.marks.kind === "scatter" ? spec.marks.points.map((point) => point.name) : [];
    expect(words(spec)).toEqual(expect.arrayContaining(names));
  });
});

describe("a heat map", () => {
  it("has text of 4.5:1 on every shade, light and dark", () => {
    for (const look of [palette, colours("#15181c", "#4fb6c6")]) {
      const { shade, textOn } = ramp(look);
      for (let at = 0; at <= 1; at += 0.02) expect(contrast(shade(at), textOn(shade(at)))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("writes each value on its cell and leaves the unknown without a shade", () => {
    expect(words(specimen("heat-map")).filter((text) => /^\d\.\d$/.test(text)).length).toBe(55);
  });
});

describe("bridges and lanes", () => {
  it("start from no change", () => {
    const spec = specimen("bridge");
    const frame = frameOf(spec, 640, 260);
    const zero = graphic(spec).find((shape) => shape.type === "line" && shape.shape?.y1 === frame.py(0) && shape.shape?.y2 === frame.py(0));
    expect(zero).toBeDefined();
    expect(spec.y.min).toBeLessThan(0);
  });

  it("give overlapping spans a row each", () => {
    const span = (from: number, to: number) => ({ from, to, label: "", colour: "ink" as const });
    expect(tracks([span(0, 5), span(3, 8), span(5, 9), span(8, 9)])).toEqual({ rows: [0, 1, 0, 1], count: 2 });
  });
});

describe("every specimen", () => {
  it.each(specimens)("%s says in words what it shows", (_, spec) => expect(spec.summary.length).toBeGreaterThan(20));
  it.each(specimens)("%s has its table", (_, spec) => {
    expect(spec.table.columns.length).toBeGreaterThan(0);
    for (const row of spec.table.rows) expect(row.length).toBe(spec.table.columns.length);
  });
  it.each(specimens)("%s stays inside a narrow place", (_, spec) => {
    const frame = frameOf(spec, 320, 220);
    expect(frame.left + frame.right).toBeLessThan(320);
    expect(JSON.stringify(optionsOf(spec, frame, palette), (__, value: unknown) => (typeof value === "number" && !Number.isFinite(value) ? "broken" : value))).not.toContain("broken");
  });
});

describe("the bullet of a tile", () => {
  it("says name, value and target, and draws both", () => {
    const marks = specimen("bullet").marks;
    const row = marks.kind === "bullet" ? marks.rows[0] : undefined;
    if (!row) throw new Error("specimen");
    const { container } = render(<Bullet row={row} />);
    expect(screen.getByRole("img", { name: `${row.name}, ${row.label}, ${row.targetLabel}` })).toBeTruthy();
    expect(container.querySelector(".bullet-value")?.getAttribute("width")).toBe(`${((row.value ?? 0) / row.max) * 100}%`);
    expect(container.querySelector(".bullet-target")).not.toBeNull();
  });
});
