import type { ChartSpec } from "@/core/types";

/** Bars with error bars, across and down. */
export function barSpecs(): ChartSpec[] {
  const bars = [["Lumen Pro", 85, "series3"], ["Harbor L-2", 84.1, "series1"], ["Northwind 4", 83.2, "series2"], ["Open 70B", 77.8, "series5"], ["Lumen Flash", 72.9, "series4"]] as const;
  const base: ChartSpec = {
    title: "Quality by candidate",
    subtitle: "Share of golden cases passed, 95 % interval",
    summary: "Lumen Pro passes most cases, 85 %.",
    x: { label: "", min: 0, max: 100, ticks: [] },
    y: { label: "", min: 0, max: 100, ticks: [0, 25, 50, 75, 100].map((at) => ({ at, label: `${at} %` })) },
    marks: { kind: "bar", horizontal: false, bars: bars.map(([name, value, colour]) => ({ name, value, label: `${value} %`, colour, low: value - 2, high: value + 2 })) },
    annotations: [],
    table: { columns: [{ title: "Candidate", align: "left", weight: 1 }], rows: bars.map(([name]) => [{ text: name, tone: "plain" }]), total: null },
  };
  return [base, { ...base, title: "The same, across", marks: { kind: "bar", horizontal: true, bars: base.marks.kind === "bar" ? base.marks.bars : [] } }];
}
