/** Native file dialogs. Outside the desktop window they answer "nothing chosen": the path field does the work. */
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open, save } from "@tauri-apps/plugin-dialog";
import { inDesktop } from "./tauri";

export interface FileKind {
  name: string;
  extensions: string[];
}

export async function chooseFile(title: string, kinds: FileKind[]): Promise<string | null> {
  if (!inDesktop()) return null;
  return open({ title, multiple: false, directory: false, filters: kinds });
}

export async function chooseFolder(title: string): Promise<string | null> {
  if (!inDesktop()) return null;
  return open({ title, multiple: false, directory: true });
}

export async function chooseTarget(title: string, suggestion: string, kinds: FileKind[]): Promise<string | null> {
  if (!inDesktop()) return null;
  return save({ title, defaultPath: suggestion, filters: kinds });
}

/** Where a new workspace goes if the person does not care; the core reads "~" as the home folder. */
export function suggestWorkspacePath(name: string): string {
  const slug = name.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  return slug === "" ? "" : `~/${slug}.quarterdeck`;
}

/** Says where a file was dropped on the window, until the returned function is called. */
export function onFileDrop(listener: (path: string) => void): () => void {
  if (!inDesktop()) return () => undefined;
  const stop = getCurrentWebview().onDragDropEvent((event) => {
    const path = event.payload.type === "drop" ? event.payload.paths[0] : undefined;
    if (path) listener(path);
  });
  return () => void stop.then((off) => off());
}
