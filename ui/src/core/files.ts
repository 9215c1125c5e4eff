/** What leaves the window: the clipboard, or a file the person names. */
import { chooseTarget } from "./dialogs";
import { call } from "./rpc";
import type { ChartSpec, TableSpec } from "./types";

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

const NO_AXIS = { label: "", min: 0, max: 0, ticks: [] };

/** A table that belongs to no chart, written by the same command: it reads the table of what it is given. */
export function exportTable(title: string, name: string, table: TableSpec): Promise<string | null> {
  return exportChart(title, name, "csv", { title: name, subtitle: "", summary: "", x: NO_AXIS, y: NO_AXIS, marks: { kind: "timeline", lanes: [] }, annotations: [], table });
}
