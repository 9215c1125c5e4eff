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
/** What the core's one formatter would write; good enough to look at. */
const written = (value: number, digits: number): string => `${value < 0 ? "−" : ""}${grouped(Math.abs(value), digits)}`;
const compact = (value: number): string => (value >= 1e6 ? `${(value / 1e6).toFixed(2)}M` : value >= 1e4 ? `${(value / 1e3).toFixed(2)}k` : written(value, value < 1 ? 3 : 2));

export const usd = (value: number, places = 2): Money => ({
  ...typedMoney(value.toFixed(places), "USD"),
  text: `$${written(value, Math.abs(value) < 1 && value !== 0 ? 3 : 2)}`,
  number: written(value, 2),
  compact: `$${compact(value)}`,
});
export const percent = (value: number, digits = 1): string => `${value < 0 ? "−" : ""}${Math.abs(value * 100).toFixed(digits)} %`;
export const changeText = (value: number): string => `${value > 0 ? "+" : ""}${percent(value)}`;
export const grouped = (value: number, places = 0): string =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
export const DAY = 86_400_000;
export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const dayLabel = (at: number): string => {
  const date = new Date(at);
  return `${date.getUTCDate()} ${date.toLocaleString("en-US", { month: "short", timeZone: "UTC" })}`;
};
