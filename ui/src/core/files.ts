/** Text that leaves the window: the clipboard, or a file the person names. */
import { invoke } from "@tauri-apps/api/core";
import { chooseTarget, type FileKind } from "./dialogs";
import { inDesktop } from "./tauri";

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** Returns where it was written, or null when the person changed their mind. */
export async function saveText(title: string, suggestion: string, kind: FileKind, text: string): Promise<string | null> {
  if (!inDesktop()) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = suggestion;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    return suggestion;
  }
  const path = await chooseTarget(title, suggestion, [kind]);
  if (!path) return null;
  await invoke("rpc", { command: "export_text", payload: { path, text }, lang: "en" });
  return path;
}
