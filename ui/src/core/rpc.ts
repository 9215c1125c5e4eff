/** One door to the core: every query, mutation and job goes through the transport chosen at start. */
import type { Jobs, Mutations, Queries } from "./commands";
import type { JobEvent, Tag, WireError } from "./types";

export type Commands = Queries & Mutations;
export type Lang = "en" | "zh-CN";

export interface Transport {
  rpc(command: string, payload: unknown, lang: Lang): Promise<unknown>;
  job(command: string, payload: unknown, lang: Lang, onEvent: (event: JobEvent) => void): Promise<unknown>;
  cancel(job: string): Promise<void>;
  onChanged(listener: (tags: Tag[]) => void): () => void;
  /** An entry of the native menu was chosen. */
  onMenu(listener: (id: string) => void): () => void;
}

let transport: Transport | null = null;
let language: Lang = "en";

export function setTransport(next: Transport): void {
  transport = next;
}

/** The language in which the core writes titles, labels and sentences. */
export function setRpcLanguage(next: Lang): void {
  language = next;
}

function current(): Transport {
  if (!transport) throw new Error("no transport");
  return transport;
}

export async function call<C extends keyof Commands>(command: C, payload: Commands[C]["in"]): Promise<Commands[C]["out"]> {
  try {
    return (await current().rpc(command, payload, language)) as Commands[C]["out"];
  } catch (cause) {
    throw toWireError(cause);
  }
}

export async function runJob<C extends keyof Jobs>(
  command: C,
  payload: Jobs[C]["in"],
  onEvent: (event: JobEvent) => void,
): Promise<Jobs[C]["out"]> {
  try {
    return (await current().job(command, payload, language, onEvent)) as Jobs[C]["out"];
  } catch (cause) {
    throw toWireError(cause);
  }
}

export function cancelJob(job: string): Promise<void> {
  return current().cancel(job);
}

export function onChanged(listener: (tags: Tag[]) => void): () => void {
  return current().onChanged(listener);
}

export function onMenu(listener: (id: string) => void): () => void {
  return current().onMenu(listener);
}

export function isWireError(cause: unknown): cause is WireError {
  return typeof cause === "object" && cause !== null && typeof (cause as { code?: unknown }).code === "string";
}

/** Whatever was thrown becomes an error with a code, so that every failure has a sentence. */
export function toWireError(cause: unknown): WireError {
  if (isWireError(cause)) {
    return { ...cause, params: cause.params ?? {}, fields: cause.fields ?? [] };
  }
  return { code: "internal", params: {}, fields: [], retryable: false, logId: "" };
}
