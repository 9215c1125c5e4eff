/** What leaves the window: the clipboard, or a file the person names. */
import { chooseTarget } from "./dialogs";
import { call } from "./rpc";
import type { ChartSpec, Sheet } from "./types";

/** What went wrong, with a code. */
export { toWireError as fileError } from "./rpc";

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

export type ChartFile = "svg" | "csv";

/** The core draws the chart on paper's terms, or writes its table. Returns where it went, or null when the person changed their mind. */
export async function exportChart(title: string, name: string, kind: ChartFile, spec: ChartSpec): Promise<string | null> {
  const chosen = await chooseTarget(title, `${name}.${kind}`, [{ name: kind.toUpperCase(), extensions: [kind] }]);
  if (!chosen) return null;
  const path = chosen.toLowerCase().endsWith(`.${kind}`) ? chosen : `${chosen}.${kind}`;
  // The dialog asked about the name it gave, and about no other.
  return (await call("chart_export", { spec, path, replace: path === chosen, createFolder: false })).path;
}

export type SheetFile = "csv" | "xlsx";

/** The core writes rows as a spreadsheet takes them. Returns where they went, or null when the person changed their mind. */
export async function exportSheet(title: string, kind: SheetFile, sheet: Sheet): Promise<string | null> {
  const chosen = await chooseTarget(title, `${sheet.title}.${kind}`, [{ name: kind.toUpperCase(), extensions: [kind] }]);
  if (!chosen) return null;
  const path = chosen.toLowerCase().endsWith(`.${kind}`) ? chosen : `${chosen}.${kind}`;
  // The dialog asked about the name it gave, and about no other.
  return (await call("table_export", { sheet, path, replace: path === chosen, createFolder: false })).path;
}
