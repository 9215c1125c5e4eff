/** The root that every area hangs its routes under, and how they read what an address says. */
import { createRootRoute } from "@tanstack/react-router";

export const root = createRootRoute();

export type Raw = Record<string, unknown>;

const text = (raw: Raw, key: string): string | undefined => {
  const value = raw[key];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** Absent keys stay absent, so that addresses stay short. */
export function pick<K extends string>(raw: Raw, keys: readonly K[]): { [key in K]?: string } {
  const out: { [key in K]?: string } = {};
  for (const key of keys) {
    const value = text(raw, key);
    if (value !== undefined) out[key] = value;
  }
  return out;
}

/** For pages whose address says nothing but where they are. */
export const nothing = (): Record<string, never> => ({});
