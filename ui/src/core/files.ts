/** What leaves the window: the clipboard, or a file the person names. */
import { chooseTarget } from "./dialogs";
import { call } from "./rpc";
import { inDesktop } from "./tauri";
import type { ChartSpec } from "./types";

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/**
 * In the desktop window the core draws the chart on paper's terms, in the form the chosen name ends with; elsewhere the drawing
 * on screen is downloaded. Returns where it went, or null when the person changed their mind.
 */
export async function exportChart(title: string, name: string, spec: ChartSpec, svg: string): Promise<string | null> {
  if (!inDesktop()) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    link.download = `${name}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    return link.download;
  }
  const path = await chooseTarget(title, `${name}.svg`, [{ name: "SVG, PNG, CSV, XLSX", extensions: ["svg", "png", "csv", "xlsx"] }]);
  if (!path) return null;
  return (await call("chart_export", { spec, path })).path;
}
