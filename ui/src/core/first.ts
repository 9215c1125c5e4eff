/** What the first picture shows, asked for before the application that shows it has been read. */
import type { Queries } from "./commands";
import { readPersisted } from "./persisted";
import { setRpcLanguage, setTransport, call, type Lang } from "./rpc";
import { desktopTransport, inDesktop } from "./tauri";

/** The language chosen on this device; what is kept may be of another version, and then the system's language stands. */
export function initialLang(): Lang {
  const kept = readPersisted<unknown>("lang", null);
  if (kept === "en" || kept === "zh-CN") return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Whether the window opens at Home: it was last there, and was not opened at a particular place. */
export const startsAtHome = (): boolean => ["", "#", "#/"].includes(window.location.hash) && readPersisted("place", "/") === "/";

type First = "workspace_status" | "home";
const asked = new Map<First, Promise<Queries[First]["out"] | null>>();

export function askFirst(): void {
  if (!inDesktop()) return;
  setTransport(desktopTransport);
  setRpcLanguage(initialLang());
  const commands: First[] = startsAtHome() ? ["workspace_status", "home"] : ["workspace_status"];
  // What fails here is asked again by the screen that needs it, which has a place to say so.
  for (const command of commands) asked.set(command, call(command, null).catch(() => null));
}

/** The answers that came, waiting for the rest no longer than a person would notice. */
export async function firstAnswers(): Promise<[First, Queries[First]["out"]][]> {
  const late = new Promise<null>((resolve) => window.setTimeout(() => resolve(null), 150));
  const answers = await Promise.all([...asked].map(async ([command, answer]) => [command, await Promise.race([answer, late])] as const));
  return answers.flatMap(([command, answer]) => (answer === null ? [] : [[command, answer] as [First, Queries[First]["out"]]]));
}
