import type { ColumnSizingState } from "@tanstack/react-table";
import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { Column } from "./column";

/** Which columns somebody has chosen otherwise than they come. */
export type ColumnChoice = Record<string, boolean>;

/** Room for the boxes that mark rows. */
export const CHECKS = 34;
const FLEXIBLE = 130;

export const needed = <Row,>(columns: Column<Row>[], sizing: ColumnSizingState): number =>
  columns.reduce((sum, column) => sum + (sizing[column.id] ?? column.width ?? column.min ?? FLEXIBLE), 0);

/** In the order they are declared in. The first one names the row, and stays. */
export const chosenColumns = <Row,>(columns: Column<Row>[], choice: ColumnChoice): Column<Row>[] =>
  columns.filter((column, index) => index === 0 || (choice[column.id] ?? column.hidden !== true));

/** What fits; a column somebody asked for stays, and the table is moved sideways then. */
export function fittingColumns<Row>(columns: Column<Row>[], sizing: ColumnSizingState, choice: ColumnChoice, room: number): Column<Row>[] {
  let kept = columns;
  while (room > 0 && needed(kept, sizing) > room) {
    const last = kept.findLast((column) => column.optional && choice[column.id] !== true);
    if (!last) return kept;
    kept = kept.filter((column) => column !== last);
  }
  return kept;
}

/** The width inside of an element, as it changes. */
export function useRoom(): { scroller: RefObject<HTMLDivElement | null>; room: number } {
  const scroller = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    setRoom(element.clientWidth);
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { scroller, room };
}
