/** Counts per bin, with quantiles as lines that are named as events are. */
import { valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { asReturn, font, textShape, type Kind, type MarksOf, type Render } from "./shape";

export const histogram: Kind<MarksOf<"histogram">> = {
  margins: (spec) => ({ right: 16, top: spec.y.label ? 22 : 12, bottom: spec.x.label ? 38 : 24 }),
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
      graphic: [
        ...(spec.y.label ? [textShape(spec.y.label, 0, 8, { fill: palette.mut, font: font(palette) })] : []),
        ...(spec.x.label ? [textShape(spec.x.label, frame.width - frame.right, frame.height - 8, { textAlign: "right", fill: palette.mut, font: font(palette) })] : []),
      ],
    };
  },
};
