/** Colour tokens as the stylesheet has them now; read again when the theme changes. */
import { useSyncExternalStore } from "react";
import type { ColourToken } from "@/core/types";

export interface Palette {
  fill(token: ColourToken): string;
  text(token: ColourToken): string;
  ink: string;
  mut: string;
  line: string;
  paper: string;
  raised: string;
  bad: string;
  font: string;
}

/** The tokens that have a name of their own in the stylesheet. */
export const MEANING: Partial<Record<ColourToken, string>> = { accent: "--acc", ink: "--ink", muted: "--mut", good: "--good", warn: "--warn", bad: "--bad" };

function read(): Palette {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string): string => style.getPropertyValue(name).trim() || "#888888";
  return {
    fill: (token) => get(MEANING[token] ?? `--${token}`),
    text: (token) => get(MEANING[token] ?? `--${token}-text`),
    ink: get("--ink"),
    mut: get("--mut"),
    line: get("--line"),
    paper: get("--paper"),
    raised: get("--raised"),
    bad: get("--bad"),
    font: get("--font"),
  };
}

let current: Palette | null = null;
const listeners = new Set<() => void>();
let observer: MutationObserver | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => {
      current = null;
      for (const each of listeners) each();
    });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    // What was read before anybody watched may be of another theme.
    current = null;
  }
  return () => listeners.delete(listener);
}

export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, () => (current ??= read()));
}
