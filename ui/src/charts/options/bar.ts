/** Bars from zero, one per category, with error bars. */
import { longest, textWidth } from "../layout";
import type { Palette } from "../palette";
import { categoryAxis, valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { hatchedSlots } from "./hatch";
import { asReturn, type Kind, type MarksOf, type Render, type Shape } from "./shape";

export const bar: Kind<MarksOf<"bar">> = {
  margins: (_, marks, { width }) => {
    if (!marks.horizontal) return { top: 20 };
    return { top: 6, left: Math.min(width * 0.4, longest(marks.bars.map((bar) => bar.name)) + 14), right: longest(marks.bars.map((bar) => bar.label)) + 12 };
  },
  across: (spec, marks) => marks.horizontal && spec.x.ticks.length > 0,
  busy: (_, marks, frame) => {
    if (marks.horizontal) return [];
    const slot = (frame.width - frame.left - frame.right) / Math.max(1, marks.bars.length);
    return marks.bars.flatMap((bar, index) => {
      const [middle, top] = [frame.left + (index + 0.5) * slot, frame.py(Math.max(0, bar.high ?? bar.value ?? 0))];
      const wide = textWidth(bar.label);
      const thick = Math.min(42, slot * 0.68);
      return [{ x: middle - wide / 2, y: top - 18, width: wide, height: 16 }, { x: middle - thick / 2, y: top, width: thick, height: Math.max(0, frame.height - frame.bottom - top) }];
    });
  },
  draw: (spec, marks, frame, palette) => {
    const names = marks.bars.map((bar) => bar.name);
    const category = categoryAxis(names, palette, marks.horizontal, frame);
    const axis = marks.horizontal && spec.x.ticks.length > 0 ? spec.x : spec.y;
    const value = valueAxis(axis, palette, { grid: true, hideLabels: marks.horizontal });
    return {
      ...(marks.horizontal ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }),
      tooltip: itemTooltip(palette, (index) => {
        const bar = marks.bars[index];
        return { title: bar?.name ?? "", rows: bar ? [{ name: "", label: bar.label, colour: palette.fill(bar.colour) }] : [] };
      }),
      graphic: hatchedSlots(spec, frame, palette, marks.bars.map((bar) => bar.value ?? 0), { horizontal: marks.horizontal, axis, most: marks.horizontal ? 18 : 42, share: 0.68 }),
      series: [
        {
          type: "bar",
          barMaxWidth: marks.horizontal ? 18 : 42,
          barCategoryGap: "32%",
          data: marks.bars.map((bar) => ({ value: bar.value ?? "-", itemStyle: { color: palette.fill(bar.colour) } })),
          label: {
            show: true,
            position: marks.horizontal ? "right" : "top",
            color: palette.ink,
            fontSize: 11,
            formatter: ({ dataIndex }: { dataIndex: number }) => marks.bars[dataIndex]?.label ?? "",
          },
        },
        errorBars(marks, palette),
      ],
    };
  },
};

function errorBars(marks: { bars: { low: number | null; high: number | null }[]; horizontal: boolean }, palette: Palette): Shape {
  const render: Render = (params, api) => {
    const bar = marks.bars[params.dataIndex];
    if (!bar || bar.low === null || bar.high === null) return asReturn(null);
    const point = (value: number): number[] => api.coord(marks.horizontal ? [value, params.dataIndex] : [params.dataIndex, value]);
    const [x1 = 0, y1 = 0] = point(bar.low);
    const [x2 = 0, y2 = 0] = point(bar.high);
    return asReturn({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: palette.mut, lineWidth: 1.4 } });
  };
  return { type: "custom", silent: true, renderItem: render, data: marks.bars.map((_, index) => [index, 0]), z: 5 };
}
