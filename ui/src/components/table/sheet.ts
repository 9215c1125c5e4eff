import type { Sheet } from "@/core/types";
import { dataOf, type Column } from "./column";

/** A table's rows as exact values: what is copied and what is exported. */
export function sheetOf<Row>(title: string, columns: Column<Row>[], rows: Row[]): Sheet {
  const parts = columns.flatMap((column) => dataOf(column).map((datum) => ({ ...datum, title: datum.title ?? column.header })));
  return {
    title,
    columns: parts.map((part) => ({ title: part.title, kind: part.kind })),
    rows: rows.map((row) => parts.map((part) => part.value(row))),
  };
}
