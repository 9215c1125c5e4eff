/** One bar of shares per category. */
import { longest } from "../layout";
import { tooltipRows } from "../tooltip";
import { categoryAxis, valueAxis } from "./axes";
import { legend, legendRoom } from "./ends";
import { hatchedSlots } from "./hatch";
import { itemTooltip } from "./hover";
import type { Kind, MarksOf } from "./shape";

export const stackedBar: Kind<MarksOf<"stacked-bar">> = {
  margins: (spec, marks, { width }) => {
    const top = legendRoom(marks.series, width);
    if (!marks.horizontal) return { top };
    // The last tick's label stands centred under the right edge.
    const right = longest(spec.x.ticks.slice(-1).map((tick) => tick.label)) / 2 + 8;
    return { top, right: Math.max(14, right), left: Math.min(width * 0.4, longest(marks.categories) + 14) };
  },
  across: (spec, marks) => marks.horizontal && spec.x.ticks.length > 0,
  draw: (spec, marks, frame, palette) => {
    const totals = marks.categories.map((_, index) => marks.series.reduce((sum, series) => sum + (series.values[index] ?? 0), 0));
    const category = categoryAxis(marks.categories, palette, marks.horizontal, frame);
    const axis = marks.horizontal && spec.x.ticks.length > 0 ? spec.x : spec.y;
    const value = valueAxis(axis, palette, { grid: true });
    return {
      ...(marks.horizontal ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }),
      tooltip: itemTooltip(palette, (index) => ({
        title: marks.categories[index] ?? "",
        rows: tooltipRows([...marks.series].reverse(), index, palette),
      })),
      graphic: [...legend(marks.series, frame, palette), ...hatchedSlots(spec, frame, palette, totals, { horizontal: marks.horizontal, axis, most: 46, share: 0.7 })],
      series: marks.series.map((series) => ({
        type: "bar",
        name: series.name,
        stack: "all",
        barMaxWidth: 46,
        barCategoryGap: "30%",
        itemStyle: { color: palette.fill(series.colour), borderColor: palette.paper, borderWidth: 0.8 },
        data: series.values.map((value) => value ?? "-"),
      })),
    };
  },
};
