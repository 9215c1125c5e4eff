import { safeCell } from "@/core/sheet";
import type { Cell, TableSpec } from "@/core/types";

/** Tab-separated, as spreadsheets paste it. */
export function tableToTsv(table: TableSpec): string {
  const line = (cells: Cell[]): string => cells.map((cell) => safeCell(cell.text)).join("\t");
  const head = table.columns.map((column) => safeCell(column.title)).join("\t");
  return [head, ...table.rows.map(line), ...(table.total ? [line(table.total)] : [])].join("\n");
}
