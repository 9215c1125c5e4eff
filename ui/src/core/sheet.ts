/** Cells as spreadsheets take them. */
import type { Sheet } from "./types";

const NUMBER = /^[+−-][\d\s.,\u00a0\u202f]+(%|pt)?$/;

/** A cell a spreadsheet would run as a formula becomes text. A plain signed number stays a number. */
export function safeCell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, " ");
  const risky = /^\s*[=@＝＠]/.test(flat) || (/^\s*[+＋－-]/.test(flat) && !NUMBER.test(flat));
  return risky ? `'${flat}` : flat;
}

/** Tab-separated with a header row, every digit as it is. */
export function sheetToTsv({ columns, rows }: Sheet): string {
  const line = (cells: (string | null)[]): string => cells.map((cell) => safeCell(cell ?? "")).join("\t");
  return [line(columns.map((column) => column.title)), ...rows.map(line)].join("\n");
}
