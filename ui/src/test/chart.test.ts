import { describe, expect, it } from "vitest";
import { specimens } from "@/app/gallery/specimens";
import { barSpecs } from "@/app/gallery/specs";
import { spread } from "@/charts/layout";
import { frameOf, optionsOf } from "@/charts/options";
import type { Palette } from "@/charts/palette";
import { economics } from "@/core/dev/economics";
import { contractsView, priceHistory } from "@/core/dev/records";
import type { ChartSpec } from "@/core/types";

const palette: Palette = { fill: (token) => `fill-${token}`, text: (token) => `text-${token}`, ink: "ink", mut: "mut", line: "line", paper: "paper", raised: "raised", bad: "bad", font: "Inter" };
const view = economics({ period: "2026-Q3", by: ["feature"], filters: [], limit: 50 });
const specs: [string, ChartSpec][] = [
  ["stacked area", view.chart], ["waterfall", view.waterfall], ["stacked bar", view.tokensChart], ["timeline", contractsView().timeline],
  ["line", priceHistory("harbor", "harbor-l-2").chart], ["bar", barSpecs()[0] ?? null], ["bar across", barSpecs()[1] ?? null], ...specimens,
].flatMap(([name, spec]) => (spec && typeof spec === "object" ? [[String(name), spec] as [string, ChartSpec]] : []));

describe("every kind of chart", () => {
  it("has a specimen", () => expect(new Set(specs.map(([, spec]) => spec.marks.kind)).size).toBe(17));

  it.each(specs)("draws a %s with the core's ticks, labels and colours", (_, spec) => {
    const frame = frameOf(spec, 640, 240);
    expect(frame.left + frame.right).toBeLessThan(640 * 0.75);
    const text = JSON.stringify(optionsOf(spec, frame, palette), (_key, value: unknown) => (typeof value === "function" ? "ƒ" : value));
    for (const tick of spec.marks.kind === "waterfall" || spec.marks.kind === "timeline" ? [] : spec.y.ticks) expect(text).toContain(String(tick.at));
    if ("series" in spec.marks) for (const series of spec.marks.series) expect(text).toContain(`fill-${series.colour}`);
    for (const note of spec.annotations) expect(text).toContain(JSON.stringify(note.kind === "end" ? note.value : note.label).slice(1, -1));
    expect(text).not.toContain("NaN");
  });

  it("starts bars at zero and keeps a gap a gap", () => {
    const [spec] = barSpecs();
    if (!spec || spec.marks.kind !== "bar") throw new Error("specimen");
    expect(spec.y.min).toBe(0);
    const gap: ChartSpec = { ...spec, marks: { ...spec.marks, bars: spec.marks.bars.map((bar) => ({ ...bar, value: null, label: "—" })) } };
    expect(JSON.stringify(optionsOf(gap, frameOf(gap, 640, 240), palette))).not.toContain('"value":0');
  });
});

describe("labels at the right edge", () => {
  it("never touch and stay inside", () => {
    const placed = spread([10, 12, 13, 200, 201].map((y) => ({ text: String(y), y, colour: "" })), 0, 205);
    const ys = placed.map((label) => label.y);
    for (let at = 1; at < ys.length; at++) expect((ys[at] ?? 0) - (ys[at - 1] ?? 0)).toBeGreaterThanOrEqual(14);
    expect(Math.max(...ys)).toBeLessThanOrEqual(205);
  });
});
