/** The transport inside the desktop window. */
import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Transport } from "./rpc";
import type { JobEvent, Tag } from "./types";

export const inDesktop = (): boolean => "__TAURI_INTERNALS__" in window;

export const desktopTransport: Transport = {
  rpc: (command, payload, lang) => invoke("rpc", { command, payload, lang }),
  job: (command, payload, lang, onEvent) => {
    const events = new Channel<JobEvent>();
    events.onmessage = onEvent;
    return invoke("job", { command, payload, lang, events });
  },
  cancel: (job) => invoke("rpc", { command: "job_cancel", payload: { job }, lang: "en" }),
  onChanged: (listener) => {
    const stop = listen<{ tags: Tag[] }>("changed", (event) => listener(event.payload.tags));
    return () => void stop.then((off) => off());
  },
  onMenu: (listener) => {
    const stop = listen<string>("menu", (event) => listener(event.payload));
    return () => void stop.then((off) => off());
  },
};
