/** What is drawn over the marks: levels, paths, events, places, and what is not complete. */
import type { ChartSpec } from "@/core/types";
import { overlap, place, type Box } from "../avoid";
import { EVENT_ROW } from "../events";
import { textWidth, type Frame } from "../layout";
import type { Palette } from "../palette";
import { corners, hatch } from "./hatch";
import { font, onGround, textShape, type Shape } from "./shape";

/** A dashed level: where, its name, its colour as line and as text. */
interface Level {
  at: number;
  label: string;
  fill: string;
  text: string;
}

export function levelsOf(spec: ChartSpec, palette: Palette): Level[] {
  return spec.annotations.flatMap((note): Level[] => {
    if (note.kind === "target") return [{ at: note.at, label: note.label, fill: palette.bad, text: palette.ink }];
    return note.kind === "level" ? [{ at: note.at, label: note.label, fill: palette.fill(note.colour), text: palette.text(note.colour) }] : [];
  });
}

const bounds = (frame: Frame): Box => ({ x: frame.left, y: frame.top, width: frame.width - frame.left - frame.right, height: frame.height - frame.top - frame.bottom });

/** Everything, for a kind whose marks need not be kept free. `busy` holds where its lines run, if it says so. */
export function annotations(spec: ChartSpec, frame: Frame, palette: Palette, look: { across?: boolean; busy?: Box[]; pathsNamed?: boolean } = {}): Shape[] {
  const busy = [...(look.busy ?? []), ...frame.events.map((event) => ({ x: event.x - 1, y: frame.top, width: 2, height: bounds(frame).height }))];
  return [
    ...paths(spec, frame, palette, look.pathsNamed ?? false),
    ...levelsOf(spec, palette).flatMap((level) => (look.across ? acrossLevel(level, frame, palette) : levelShapes(level, frame, palette, look.busy ? busy : null))),
    ...events(frame, palette),
    ...places(spec, frame, palette, busy),
  ];
}

function levelShapes(level: Level, frame: Frame, palette: Palette, busy: Box[] | null): Shape[] {
  const area = bounds(frame);
  const y = frame.py(level.at);
  if (y < area.y - 0.5 || y > area.y + area.height + 0.5) return [];
  const box = busy ? quietSpot(level.label, y, area, busy) : { x: area.x + 4, y: y - 15, width: textWidth(level.label), height: 12 };
  if (busy) busy.push(box, { x: area.x, y: y - 1, width: area.width, height: 2 });
  return [
    { type: "line", silent: true, z: 20, shape: { x1: area.x, x2: area.x + area.width, y1: y, y2: y }, style: { stroke: level.fill, lineDash: [5, 4], lineWidth: 1 } },
    textShape(level.label, box.x, box.y + 6, { fill: level.text, ...onGround(palette), font: font(palette) }),
  ];
}

/** Where levels run, to be kept free of names. */
export function levelLines(spec: ChartSpec, frame: Frame): Box[] {
  const area = bounds(frame);
  return spec.annotations.flatMap((note) => (note.kind === "level" || note.kind === "target" ? [{ x: area.x, y: frame.py(note.at) - 1, width: area.width, height: 2 }] : []));
}

/** Beside its line, from the ends inwards, above or below, wherever it covers least. */
function quietSpot(label: string, y: number, area: Box, busy: Box[]): Box {
  const width = textWidth(label);
  const room = Math.max(0, area.width - width - 10);
  const spots = Array.from({ length: 9 }, (_, step) => (step % 2 === 0 ? step / 16 : 1 - (step - 1) / 16)).flatMap((share) =>
    [y - 15, y + 3].map((top): Box => ({ x: area.x + 5 + room * share, y: top, width, height: 12 })),
  );
  const inside = spots.filter((box) => box.y >= area.y - 12 && box.y + box.height <= area.y + area.height + 1);
  const cost = (box: Box, rank: number): number => busy.reduce((sum, mark) => sum + overlap(box, mark), 0) + rank * 0.2;
  let best = inside[0] ?? { x: area.x + 5, y: y - 15, width, height: 12 };
  let least = Number.POSITIVE_INFINITY;
  inside.forEach((box, rank) => {
    const at = cost(box, rank);
    if (at < least) [least, best] = [at, box];
  });
  return best;
}

/** A vertical line where bars run across, its name above the field. */
function acrossLevel(level: Level, frame: Frame, palette: Palette): Shape[] {
  const x = frame.px(level.at);
  const half = textWidth(level.label) / 2;
  const at = Math.max(half, Math.min(frame.width - half, x));
  return [
    { type: "line", silent: true, z: 20, shape: { x1: x, x2: x, y1: frame.top, y2: frame.height - frame.bottom }, style: { stroke: level.fill, lineDash: [5, 4], lineWidth: 1 } },
    textShape(level.label, at, frame.top - 8, { textAlign: "center", fill: level.text, font: font(palette) }),
  ];
}

function paths(spec: ChartSpec, frame: Frame, palette: Palette, named: boolean): Shape[] {
  return spec.annotations.flatMap((note): Shape[] => {
    if (note.kind !== "path") return [];
    const points = note.x.flatMap((at, index): [number, number][] => {
      const value = note.y[index];
      return value === undefined || at < spec.x.min || at > spec.x.max ? [] : [[frame.px(at), frame.py(value)]];
    });
    const last = points[points.length - 1];
    if (!last) return [];
    const line: Shape = { type: "polyline", silent: true, z: 20, shape: { points }, style: { stroke: palette.fill(note.colour), fill: "none", lineDash: [5, 4], lineWidth: 1.1 } };
    return named ? [line] : [line, textShape(note.label, last[0] - 3, last[1] - 8, { textAlign: "right", fill: palette.text(note.colour), ...onGround(palette), font: font(palette) })];
  });
}

/** A sign on a hairline; the kinds differ by shape, not by colour alone. */
export function events(frame: Frame, palette: Palette): Shape[] {
  return frame.events.flatMap(({ x, label, kind, name }): Shape[] => {
    const y = name ? frame.top - EVENT_ROW * (name.row + 1) : frame.top;
    const sign: Shape =
      kind === "incident"
        ? { type: "polygon", silent: true, z: 21, shape: { points: [[x, y - 4.4], [x + 4.4, y], [x, y + 4.4], [x - 4.4, y]] }, style: { fill: palette.bad } }
        : { type: "circle", silent: true, z: 21, shape: { cx: x, cy: y, r: kind === "price-change" ? 2.8 : 3.2 }, style: kind === "price-change" ? { fill: palette.paper, stroke: palette.ink, lineWidth: 1.4 } : { fill: palette.ink } };
    return [
      { type: "line", silent: true, z: 20, shape: { x1: x, x2: x, y1: y, y2: frame.height - frame.bottom }, style: { stroke: palette.ink, opacity: 0.4, lineWidth: 0.8 } },
      sign,
      ...(name ? [textShape(label, name.left, y, { ...(name.width === null ? {} : { width: name.width, overflow: "truncate" }), fill: palette.ink, font: font(palette) })] : []),
    ];
  });
}

export interface Place {
  x: number;
  y: number;
  label: string;
  fill: string;
  text: string;
  sign: "dot" | "ring" | "none";
}

function places(spec: ChartSpec, frame: Frame, palette: Palette, busy: Box[]): Shape[] {
  const points = spec.annotations.flatMap((note): Place[] => {
    if (note.kind !== "point" || note.x < spec.x.min || note.x > spec.x.max) return [];
    return [{ x: frame.px(note.x), y: frame.py(note.y), label: note.label, fill: palette.fill(note.colour), text: palette.text(note.colour), sign: note.ring ? "ring" : "dot" }];
  });
  return placeShapes(points, frame, palette, busy);
}

/** Places with their names, each where it covers neither another nor the marks. */
export function placeShapes(points: Place[], frame: Frame, palette: Palette, busy: Box[], within: Box = bounds(frame)): Shape[] {
  const dots = points.filter((point) => point.sign !== "none").map((point): Box => ({ x: point.x - 4, y: point.y - 4, width: 8, height: 8 }));
  const named = points.filter((point) => point.label !== "");
  const wanted = named.map((point) => ({ x: point.x, y: point.y, gap: point.sign === "none" ? 4 : 8, width: textWidth(point.label) * 1.04, height: 13 }));
  const spots = place(wanted, [...busy, ...dots], within);
  return [
    ...points.flatMap((point): Shape[] => {
      if (point.sign === "none") return [];
      const style = point.sign === "ring" ? { fill: palette.paper, stroke: point.fill, lineWidth: 1.5 } : { fill: point.fill };
      return [{ type: "circle", silent: true, z: 22, shape: { cx: point.x, cy: point.y, r: point.sign === "ring" ? 3.6 : 3.2 }, style }];
    }),
    ...named.flatMap((point, index): Shape[] => {
      const spot = spots[index];
      if (!spot) return [];
      const leader: Shape[] = spot.leader ? [{ type: "line", silent: true, z: 20, shape: { x1: point.x, y1: point.y, x2: spot.leader[0], y2: spot.leader[1] }, style: { stroke: point.fill, lineWidth: 0.7 } }] : [];
      return [...leader, textShape(point.label, spot.x, spot.y + spot.height / 2, { fill: point.text, ...onGround(palette), font: font(palette, 11, 500) })];
    }),
  ];
}

/** A faint hatched strip over the whole height, for lines, which have no area to hatch. */
export function incompleteStrips(spec: ChartSpec, frame: Frame, palette: Palette): Shape[] {
  const area = bounds(frame);
  return spec.annotations.flatMap((note): Shape[] => {
    if (note.kind !== "incomplete") return [];
    const [left, right] = [Math.max(area.x, frame.px(note.from)), Math.min(area.x + area.width, frame.px(note.to))];
    if (right <= left) return [];
    const half = textWidth(note.label, 10) / 2 + 2;
    const x = Math.max(area.x + half, Math.min(area.x + area.width - half, (left + right) / 2));
    const lines = hatch(corners(left, area.y, right - left, area.height), palette.line, 1, 4).map((shape) => ({ ...shape, z: 0 }));
    return [...lines, textShape(note.label, x, area.y + 8, { textAlign: "center", fill: palette.mut, ...onGround(palette), font: font(palette, 10) })];
  });
}
