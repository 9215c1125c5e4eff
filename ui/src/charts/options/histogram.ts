/** Counts per bin, with quantiles as lines that are named as events are. */
import { axisNames, nameRoom, valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { asReturn, type Kind, type MarksOf, type Render } from "./shape";

export const histogram: Kind<MarksOf<"histogram">> = {
  margins: (spec) => ({ right: 16, ...nameRoom(spec) }),
  draw: (spec, marks, frame, palette) => {
    const render: Render = (params, api) => {
      const bin = marks.bins[params.dataIndex];
      if (!bin) return asReturn(null);
      const [left = 0, top = 0] = api.coord([bin.from, bin.value]);
      const [right = 0, bottom = 0] = api.coord([bin.to, 0]);
      return asReturn({ type: "rect", shape: { x: left, y: top, width: Math.max(0.5, right - left - 1), height: bottom - top }, style: { fill: palette.fill(marks.colour) } });
    };
    return {
      xAxis: valueAxis(spec.x, palette, { line: true }),
      yAxis: valueAxis(spec.y, palette, { grid: true }),
      tooltip: itemTooltip(palette, (index) => ({ title: "", rows: [{ name: "", label: marks.bins[index]?.label ?? "", colour: palette.fill(marks.colour) }] })),
      series: [{ type: "custom", renderItem: render, data: marks.bins.map((bin) => [bin.from, bin.value]), z: 3 }],
      graphic: axisNames(spec, frame, palette),
    };
  },
};
