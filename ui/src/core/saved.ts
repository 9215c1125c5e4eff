/** When something was last written, for "Saved · 14:02" in the corner. */
import { useSyncExternalStore } from "react";

let last: Date | null = null;
let pending = 0;
const listeners = new Set<() => void>();
let snapshot: { last: Date | null; pending: boolean } = { last, pending: false };

function publish(): void {
  snapshot = { last, pending: pending > 0 };
  for (const listener of listeners) listener();
}

export function markSaved(): void {
  last = new Date();
  publish();
}

export function markPending(change: 1 | -1): void {
  pending += change;
  publish();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useSaved(): { last: Date | null; pending: boolean } {
  return useSyncExternalStore(subscribe, () => snapshot);
}
