import type { Cell, TableSpec } from "@/core/types";

const NUMBER = /^[+−-][\d\s.,\u00a0\u202f]+(%|pt)?$/;

/** A cell a spreadsheet would run as a formula becomes text. A plain signed number stays a number. */
export function safeCell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, " ");
  const risky = /^[=@]/.test(flat) || (/^[+-]/.test(flat) && !NUMBER.test(flat));
  return risky ? `'${flat}` : flat;
}

/** Tab-separated, as spreadsheets paste it. */
export function tableToTsv(table: TableSpec): string {
  const line = (cells: Cell[]): string => cells.map((cell) => safeCell(cell.text)).join("\t");
  const head = table.columns.map((column) => safeCell(column.title)).join("\t");
  return [head, ...table.rows.map(line), ...(table.total ? [line(table.total)] : [])].join("\n");
}
