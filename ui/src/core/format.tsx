/** Figures come from the core with their texts; what is left here is to print them, and to write days and times. */
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Lang } from "./rpc";
import type { Money, TimeLeft } from "./types";

export const UNKNOWN = "—";
/** A plain decimal: sign, whole part, fraction. */
const PLAIN = /^([-−+]?)(\d+)(?:\.(\d+))?$/;

export interface Format {
  lang: Lang;
  timeZone: string;
  /** Today where the workspace reports. */
  today: string;
  /** To the cent; small amounts to three digits. */
  money(value: Money | null): string;
  /** Every digit there is: the value on hover. */
  moneyExact(value: Money | null): string;
  /** The number alone, for a column whose header names the currency. */
  amount(value: Money | null): string;
  /** The same with its sign, for a difference. */
  amountSigned(value: Money | null): string;
  count(value: string | number | null): string;
  /** A decimal as it is, with at least so many places. */
  decimal(value: string | null, places?: number): string;
  day(value: string | null): string;
  dayShort(value: string | null): string;
  instant(value: string | null): string;
  instantDay(value: string | null): string;
  time(value: Date): string;
  bytes(value: number): string;
  timeLeft(value: TimeLeft): string;
}

export function formatFor(lang: Lang, timeZone: string, today = ""): Format {
  const locale = lang === "en" ? "en-US" : "zh-CN";
  const dateParts = (date: Date, zone: string, time: boolean, year: boolean): string => {
    const options: Intl.DateTimeFormatOptions = {
      timeZone: zone,
      day: "numeric",
      month: lang === "en" ? "short" : "long",
      ...(year ? { year: "numeric" as const } : {}),
      ...(time ? { hour: "2-digit" as const, minute: "2-digit" as const, hourCycle: "h23" as const } : {}),
    };
    if (lang !== "en") return new Intl.DateTimeFormat("zh-CN", options).format(date);
    const part = new Map(new Intl.DateTimeFormat("en-US", options).formatToParts(date).map((p) => [p.type, p.value]));
    const day = `${part.get("day") ?? ""} ${part.get("month") ?? ""}${year ? ` ${part.get("year") ?? ""}` : ""}`;
    return time ? `${day} ${part.get("hour") ?? ""}:${part.get("minute") ?? ""}` : day;
  };
  const dayOf = (value: string | null, year: boolean): string => {
    if (!value) return UNKNOWN;
    const date = new Date(`${value}T00:00:00Z`);
    return Number.isNaN(date.getTime()) ? value : dateParts(date, "UTC", false, year);
  };
  const instantOf = (value: string | null, time: boolean): string => {
    if (!value) return UNKNOWN;
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? value : dateParts(date, timeZone, time, true);
  };
  // In thousands of bytes in either language: nobody counts them by the ten thousand.
  const sizes = new Intl.NumberFormat("en-US", { style: "unit", unit: "byte", unitDisplay: "narrow", notation: "compact", maximumSignificantDigits: 3 });
  const times = { minute: new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "short" }), second: new Intl.NumberFormat(locale, { style: "unit", unit: "second", unitDisplay: "short" }) };

  return {
    lang,
    timeZone,
    today,
    money: (value) => value?.text ?? UNKNOWN,
    moneyExact: (value) => (value ? `${value.currency} ${decimalText(value.amount, 2)}` : UNKNOWN),
    amount: (value) => value?.number ?? UNKNOWN,
    amountSigned: (value) => {
      if (!value) return UNKNOWN;
      return /[1-9]/.test(value.number) && !value.number.startsWith("−") ? `+${value.number}` : value.number;
    },
    count: (value) => (value === null ? UNKNOWN : decimalText(String(value), 0)),
    decimal: (value, places = 0) => (value === null ? UNKNOWN : decimalText(value, places)),
    day: (value) => dayOf(value, true),
    dayShort: (value) => dayOf(value, false),
    instant: (value) => instantOf(value, true),
    instantDay: (value) => instantOf(value, false),
    time: (value) => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(value),
    bytes: (value) => sizes.format(value),
    timeLeft: ({ count, unit }) => times[unit].format(count),
  };
}

/** Digits in groups of three, a true minus, at least so many places: every digit stays, nothing is computed. */
function decimalText(text: string, places: number): string {
  const [, sign, whole, fraction] = PLAIN.exec(text)?.map((part) => part ?? "") ?? [];
  if (whole === undefined) return text;
  const padded = (fraction ?? "").padEnd(places, "0");
  return `${sign === "-" || sign === "−" ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${padded === "" ? "" : `.${padded}`}`;
}

/** "USD 73833.579098971" with its digits in groups of three: every digit stays, nothing is computed. Other texts are left alone. */
export function groupDigits(text: string): string {
  const [, before, whole, after] = /^([A-Z]{3} )?([-−]?\d{4,})(\.\d+)?$/.exec(text)?.map((part) => part ?? "") ?? [];
  return whole === undefined ? text : `${before ?? ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${after ?? ""}`;
}

/** Where a price was read, short enough for a line: the whole address belongs on hover. */
export function shortSource(source: string): string {
  const commit = /^https?:\/\/github\.com\/[^/]+\/([^/]+)\/commit\/([0-9a-f]{7})/.exec(source);
  if (commit) return `${commit[1] ?? ""} ${commit[2] ?? ""}`;
  const original = source.replace(/^https?:\/\/web\.archive\.org\/web\/\w+\//, "");
  return /^https?:\/\/(?:www\.)?([^/?#]+)/.exec(original)?.[1] ?? source;
}

const FormatContext = createContext<Format>(formatFor("en", "UTC"));

export function FormatProvider({ lang, timeZone, today, children }: { lang: Lang; timeZone: string; today: string; children: ReactNode }) {
  const format = useMemo(() => formatFor(lang, timeZone, today), [lang, timeZone, today]);
  return <FormatContext value={format}>{children}</FormatContext>;
}

export const useFormat = (): Format => useContext(FormatContext);
