/** From a ChartSpec to what ECharts draws. Data, ticks, labels, order and colour were decided by the core. */
import type { EChartsCoreOption } from "echarts/core";
import type { ChartSpec } from "@/core/types";
import { EVENT_ROW, placeEvents } from "../events";
import { longest, type Frame } from "../layout";
import type { Palette } from "../palette";
import { annotations } from "./annotations";
import { area } from "./area";
import { bar } from "./bar";
import { bridge } from "./bridge";
import { bullet } from "./bullet";
import { burn } from "./burn";
import { fan } from "./fan";
import { forest } from "./forest";
import { heatMap } from "./heatMap";
import { histogram } from "./histogram";
import { line } from "./line";
import { multiples } from "./multiples";
import { scatter } from "./scatter";
import type { Kind, KindName, MarksOf, Shape } from "./shape";
import { slope } from "./slope";
import { stackedBar } from "./stackedBar";
import { step } from "./step";
import { timeline } from "./timeline";
import { waterfall } from "./waterfall";

const KINDS: { [K in KindName]: Kind<MarksOf<K>> } = {
  "stacked-area": area,
  line,
  bar,
  "stacked-bar": stackedBar,
  timeline,
  waterfall,
  fan,
  burn,
  step,
  multiples,
  forest,
  "heat-map": heatMap,
  bullet,
  bridge,
  scatter,
  histogram,
  slope,
};

/** The kind's rules; each reads only marks of its own kind. */
const kindOf = (spec: ChartSpec): Kind<ChartSpec["marks"]> => KINDS[spec.marks.kind] as unknown as Kind<ChartSpec["marks"]>;

/** Where the field and what surrounds it stand. */
export function frameOf(spec: ChartSpec, width: number, height: number): Frame {
  const kind = kindOf(spec);
  const margins = { left: longest(spec.y.ticks.map((tick) => tick.label)) + 10, right: 14, top: 12, bottom: 24, ...kind.margins(spec, spec.marks, { width, height }) };
  // The name of a level across stands above the field.
  if (kind.across?.(spec, spec.marks) && spec.annotations.some((note) => note.kind === "target" || note.kind === "level")) margins.top += 16;
  const innerWidth = Math.max(10, width - margins.left - margins.right);
  const spanX = spec.x.max - spec.x.min || 1;
  const px = (x: number): number => margins.left + ((x - spec.x.min) / spanX) * innerWidth;
  const events = placeEvents(spec, px, width, height);
  const rows = events.reduce((most, event) => Math.max(most, event.name ? event.name.row + 1 : 0), 0);
  if (rows > 0) margins.top += rows * EVENT_ROW - (margins.top < 14 ? 2 : 0);
  const innerHeight = Math.max(10, height - margins.top - margins.bottom);
  const spanY = spec.y.max - spec.y.min || 1;
  return { ...margins, width, height, events, px, py: (y) => margins.top + (1 - (y - spec.y.min) / spanY) * innerHeight };
}

export function optionsOf(spec: ChartSpec, frame: Frame, palette: Palette): EChartsCoreOption {
  const kind = kindOf(spec);
  const drawn = kind.draw(spec, spec.marks, frame, palette);
  const over = kind.ownNotes ? [] : annotations(spec, frame, palette, { across: kind.across?.(spec, spec.marks) ?? false, ...(kind.busy ? { busy: kind.busy(spec, spec.marks, frame) } : {}) });
  return {
    animation: false,
    textStyle: { fontFamily: palette.font, fontSize: 11, color: palette.ink },
    grid: { left: frame.left, right: frame.right, top: frame.top, bottom: frame.bottom, containLabel: false, outerBoundsMode: "none" },
    aria: { enabled: false },
    ...drawn,
    graphic: [...over, ...((drawn.graphic as Shape[] | undefined) ?? [])],
  };
}
