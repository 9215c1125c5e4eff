/** Currencies and time zones with the names a person searches for. */
import type { Lang } from "./rpc";

export interface Named {
  value: string;
  label: string;
}

const COMMON = ["USD", "EUR", "GBP", "CNY", "JPY", "CHF", "INR", "CAD", "AUD", "SGD"];
const supported = (kind: "currency" | "timeZone"): string[] => {
  try {
    return Intl.supportedValuesOf(kind);
  } catch {
    return kind === "currency" ? COMMON : ["UTC"];
  }
};

export function currencies(lang: Lang): Named[] {
  const names = new Intl.DisplayNames([lang], { type: "currency" });
  const rest = supported("currency").filter((code) => !COMMON.includes(code));
  return [...COMMON, ...rest].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

export function timeZones(): Named[] {
  const zones = supported("timeZone");
  return (zones.includes("UTC") ? zones : ["UTC", ...zones]).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}

export function monthNames(lang: Lang): Named[] {
  const names = new Intl.DateTimeFormat(lang, { month: "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, month) => ({ value: String(month + 1), label: names.format(new Date(Date.UTC(2026, month, 1))) }));
}

/** "New York (UTC−4)" for the zone as it is on that date. */
export function zoneLabel(zone: string, at: Date, lang: Lang): string {
  const city = (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
  try {
    const offset = new Intl.DateTimeFormat(lang === "en" ? "en-US" : "zh-CN", { timeZone: zone, timeZoneName: "shortOffset" })
      .formatToParts(at)
      .find((part) => part.type === "timeZoneName")?.value;
    const named = offset?.replace("GMT", "UTC").replace("-", "−");
    return named && named !== city ? `${city} (${named})` : city;
  } catch {
    return zone;
  }
}
