/** What every kind of chart is drawn with. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from "echarts/types/dist/shared";
import type { ChartSpec, Marks } from "@/core/types";
import type { Box } from "../avoid";
import type { Frame, Margins } from "../layout";
import type { Palette } from "../palette";

export type Shape = Record<string, unknown>;
export type Render = (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => CustomSeriesRenderItemReturn;
export const asReturn = (shape: Shape | null): CustomSeriesRenderItemReturn => shape as unknown as CustomSeriesRenderItemReturn;

export type KindName = Marks["kind"];
export type MarksOf<K extends KindName> = Extract<Marks, { kind: K }>;

export interface Size {
  width: number;
  height: number;
}

/** How one kind of marks becomes a drawing. */
export interface Kind<M> {
  /** Room around the field; what is left out keeps its default. */
  margins(spec: ChartSpec, marks: M, size: Size): Partial<Margins>;
  /** Axes, series, what stands over them, and what hovering says. */
  draw(spec: ChartSpec, marks: M, frame: Frame, palette: Palette): Shape;
  /** Whether annotations stand on the x axis, as on bars that run across. */
  across?(spec: ChartSpec, marks: M): boolean;
  /** Where its marks and their labels stand, to be kept free of names. */
  busy?(spec: ChartSpec, marks: M, frame: Frame): Box[];
  /** The kind draws its annotations itself. */
  ownNotes?: boolean;
}

export const font = (palette: Palette, size = 11, weight = 400): string => `${weight} ${size}px ${palette.font}`;

/** A text that nothing reacts to. */
export const textShape = (text: string, x: number, y: number, style: Shape): Shape => ({
  type: "text",
  silent: true,
  z: 21,
  style: { text, x, y, textVerticalAlign: "middle", ...style },
});

/** A ground under text that stands over marks. */
export const onGround = (palette: Palette): Shape => ({ stroke: palette.paper, lineWidth: 3 });
