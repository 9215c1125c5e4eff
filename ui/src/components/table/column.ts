import type { ReactNode } from "react";
import type { SheetKind } from "@/core/types";

/** An exact value of a row, as copy, export, order and filter take it; null is unknown. */
export interface Datum<Row> {
  kind: SheetKind;
  value: (row: Row) => string | null;
  /** Where a column holds more than one, such as the two days of a period. */
  title?: string;
}

export interface Column<Row> {
  id: string;
  header: string;
  /** Fluent `term-<id>` for the header. */
  term?: string;
  align?: "left" | "right";
  /** Pixels; without it the column takes what is left. */
  width?: number;
  /** What a column without a width needs at least. */
  min?: number;
  /** Left out, last first, where the window is too narrow for all columns. */
  optional?: boolean;
  /** Not shown until somebody chooses it. */
  hidden?: boolean;
  cell: (row: Row) => ReactNode;
  data?: Datum<Row> | Datum<Row>[];
  /** What else the filter finds a row by, such as a day as it is written. */
  find?: (row: Row) => string;
  /** Order of two rows, or true for that of the first datum with unknown last; without it the column does not sort. */
  sort?: true | ((a: Row, b: Row) => number);
  /** The number as the cell shows it: points stand under each other. */
  digits?: (row: Row) => string;
  /** Summed by the core in the row below: of amounts in one currency, or of counts. */
  total?: { currency?: (row: Row) => string | null; bare?: boolean };
}

export const dataOf = <Row,>(column: Column<Row>): Datum<Row>[] => (column.data === undefined ? [] : Array.isArray(column.data) ? column.data : [column.data]);

/** The plain text of a row. */
export const textDatum = <Row,>(value: (row: Row) => string | null): Datum<Row> => ({ kind: "text", value });
/** An exact decimal string or a whole number. */
export const numberDatum = <Row,>(value: (row: Row) => string | number | null): Datum<Row> => ({
  kind: "number",
  value: (row) => {
    const found = value(row);
    return found === null ? null : String(found);
  },
});
export const shareDatum = <Row,>(value: (row: Row) => number | null): Datum<Row> => ({ ...numberDatum(value), kind: "share" });
export const dayDatum = <Row,>(value: (row: Row) => string | null | undefined, title?: string): Datum<Row> => ({ kind: "day", value: (row) => value(row) ?? null, ...(title === undefined ? {} : { title }) });
export const instantDatum = <Row,>(value: (row: Row) => string | null): Datum<Row> => ({ kind: "instant", value });
/** The amount alone: the currency is in the header, or in a column of its own. */
export const moneyDatum = <Row,>(value: (row: Row) => { amount: string } | null | undefined): Datum<Row> => numberDatum((row) => value(row)?.amount ?? null);

/** Digits after the point of a number as it is shown, and what stands behind them. */
export function placesOf(text: string): number {
  return /\.(\d+)\D*$/.exec(text)?.[1]?.length ?? 0;
}

/** A single price with many places does not push all others to the left. */
const MOST_PLACES = 4;

/** For each column with digits: how many places its longest number has. */
export function longestPlaces<Row>(columns: Column<Row>[], rows: Row[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, digits } of columns) {
    if (digits) found.set(id, Math.min(MOST_PLACES, rows.reduce((most, row) => Math.max(most, placesOf(digits(row))), 0)));
  }
  return found;
}
