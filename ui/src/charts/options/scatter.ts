/** Named points with the front of those no other point beats. */
import type { ChartSpec } from "@/core/types";
import { along, type Box } from "../avoid";
import { textWidth } from "../layout";
import { annotations, levelLines, placeShapes, type Place } from "./annotations";
import { axisNames, nameRoom, valueAxis } from "./axes";
import { itemTooltip } from "./hover";
import { asReturn, type Kind, type MarksOf, type Render, type Shape } from "./shape";

/** A name right of the last point needs room that the field does not have. */
function roomRight(spec: ChartSpec, marks: MarksOf<"scatter">, width: number): number {
  const span = spec.x.max - spec.x.min || 1;
  const beyond = marks.points.map((point) => textWidth(point.name) + 14 - (1 - (point.x - spec.x.min) / span) * width * 0.8);
  return Math.max(16, Math.min(width * 0.16, Math.max(0, ...beyond)));
}

export const scatter: Kind<MarksOf<"scatter">> = {
  ownNotes: true,
  margins: (spec, marks, { width }) => ({ right: roomRight(spec, marks, width), ...nameRoom(spec) }),
  draw: (spec, marks, frame, palette) => {
    const front = marks.front.flatMap((index): [number, number][] => {
      const point = marks.points[index];
      return point ? [[frame.px(point.x), frame.py(point.y)]] : [];
    });
    const hold = (value: number): number => frame.py(Math.max(spec.y.min, Math.min(spec.y.max, value)));
    const whiskers = marks.points.flatMap((point) => (point.low === null || point.high === null ? [] : [{ x: frame.px(point.x), low: hold(point.low), high: hold(point.high) }]));
    const busy: Box[] = [
      ...along(front),
      ...whiskers.flatMap(({ x, low, high }) => along([[x, low], [x, high]])),
      ...marks.points.map((point) => ({ x: frame.px(point.x) - 5, y: frame.py(point.y) - 5, width: 10, height: 10 })),
    ];
    const names = marks.points.map((point): Place => ({ x: frame.px(point.x), y: frame.py(point.y), label: point.name, fill: palette.fill(point.colour), text: palette.text(point.colour), sign: "none" }));
    const render: Render = (params, api) => {
      const point = marks.points[params.dataIndex];
      if (!point) return asReturn(null);
      const [cx = 0, cy = 0] = api.coord([point.x, point.y]);
      return asReturn({ type: "circle", shape: { cx, cy, r: 4.5 }, style: { fill: palette.fill(point.colour), stroke: palette.paper, lineWidth: 1 } });
    };
    return {
      xAxis: valueAxis(spec.x, palette, { line: true, grid: true }),
      yAxis: valueAxis(spec.y, palette, { grid: true }),
      tooltip: itemTooltip(palette, (index) => {
        const point = marks.points[index];
        return { title: point?.name ?? "", rows: point ? [{ name: "", label: point.label, colour: palette.fill(point.colour) }] : [] };
      }),
      series: [{ type: "custom", renderItem: render, data: marks.points.map((point) => [point.x, point.y]), z: 25, clip: false }],
      graphic: [
        ...axisNames(spec, frame, palette),
        { type: "polyline", silent: true, z: 3, shape: { points: front }, style: { stroke: palette.fill("accent"), fill: "none", lineDash: [4, 3], lineWidth: 1.2 } },
        ...whiskers.map(({ x, low, high }): Shape => ({ type: "line", silent: true, z: 3, shape: { x1: x, x2: x, y1: low, y2: high }, style: { stroke: palette.mut, opacity: 0.7, lineWidth: 1 } })),
        ...annotations(spec, frame, palette, { busy }),
        ...placeShapes(names, frame, palette, [...busy, ...levelLines(spec, frame)], { x: 0, y: frame.top, width: frame.width, height: frame.height - frame.top - frame.bottom }).map((shape) => ({ ...shape, z: 26 })),
      ],
    };
  },
};
