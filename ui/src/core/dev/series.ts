import { typedMoney } from "../money";
import type { Money } from "../types";

/** Deterministic numbers for the fixtures. Arithmetic is allowed here: this stands in for the core. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const uuid = (seed: number): string => `0197a1c0-0000-7000-8000-${seed.toString(16).padStart(12, "0")}`;
export const usd = (value: number, places = 2): Money => typedMoney(value.toFixed(places), "USD");
export const grouped = (value: number, places = 0): string =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
export const DAY = 86_400_000;
export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const dayLabel = (at: number): string => {
  const date = new Date(at);
  return `${date.getUTCDate()} ${date.toLocaleString("en-US", { month: "short", timeZone: "UTC" })}`;
};
