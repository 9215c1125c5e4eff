/** Numbers, money and dates as a person reads them. Amounts enter Intl as exact strings, never as floats. */
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Lang } from "./rpc";
import type { Change, FigureValue, Money } from "./types";

export const UNKNOWN = "—";
const NARROW = "\u202f";

type Exact = Intl.StringNumericLiteral;
const exact = (text: string): Exact => text as Exact;

export interface Format {
  lang: Lang;
  timeZone: string;
  /** To the cent; small amounts to three digits. */
  money(value: Money | null): string;
  /** Every digit there is: the value on hover. */
  moneyExact(value: Money | null): string;
  /** $1.24 M: for tiles. */
  moneyCompact(value: Money | null): string;
  /** The number alone, for a column whose header names the currency. */
  amount(value: Money | null, places?: number, maxPlaces?: number): string;
  /** The same with its sign, for a difference. */
  amountSigned(value: Money | null, places?: number): string;
  count(value: string | number | null): string;
  countCompact(value: string | number | null): string;
  decimal(value: string | null, minPlaces?: number, maxPlaces?: number): string;
  share(value: number | null): string;
  /** Of how much of the whole a figure tells; never "100 %" of less than all. */
  coverage(value: number): string;
  /** A share with its sign, for a difference. */
  shareSigned(value: number | null): string;
  change(value: Change | null): string;
  /** A key figure as its tile shows it. */
  figure(value: FigureValue): string;
  /** The same with every digit. */
  figureExact(value: FigureValue): string;
  day(value: string | null): string;
  dayShort(value: string | null): string;
  instant(value: string | null): string;
  instantDay(value: string | null): string;
  /** The last day of a span whose end no longer belongs to it. */
  lastDay(end: string): string;
  time(value: Date): string;
  bytes(value: number): string;
  seconds(value: number): string;
}

/** Between 0 and 1, 0 itself not. */
const isSmall = (amount: string): boolean => /^-?0*\./.test(amount.replace(/^(-?)0+\./, "$1.")) && /[1-9]/.test(amount);

const cache = new Map<string, Intl.NumberFormat>();

function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) {
    // A tie goes to the even digit, as on paper and on the command line.
    found = new Intl.NumberFormat(locale, { roundingMode: "halfEven", ...options });
    cache.set(key, found);
  }
  return found;
}

/** A true minus sign; in English a narrow space before a magnitude or a percent sign, and thousands as "k", as on paper. */
function tidy(parts: Intl.NumberFormatPart[], lang: Lang): string {
  return parts
    .map((part) => {
      if (part.type === "minusSign") return "−";
      if (part.type === "compact" && part.value === "K") return "k";
      const spaced = part.type === "compact" || part.type === "percentSign";
      return spaced && lang === "en" ? NARROW + part.value.trim() : part.value;
    })
    .join("");
}

export function formatFor(lang: Lang, timeZone: string): Format {
  const locale = lang === "en" ? "en-US" : "zh-CN";
  const number = (value: Exact | number | bigint, options: Intl.NumberFormatOptions): string =>
    tidy(numbers(locale, options).formatToParts(value as Exact), lang);
  const currency = (code: string): Intl.NumberFormatOptions => ({ style: "currency", currency: code, currencyDisplay: lang === "en" ? "narrowSymbol" : "symbol" });
  const asExact = (value: string | number): Exact | number => (typeof value === "number" ? value : exact(value));

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

  const format: Format = {
    lang,
    timeZone,
    money: (value) =>
      value
        ? number(
            exact(value.amount),
            isSmall(value.amount)
              ? { ...currency(value.currency), minimumSignificantDigits: 3, maximumSignificantDigits: 3 }
              : { ...currency(value.currency), minimumFractionDigits: 2, maximumFractionDigits: 2 },
          )
        : UNKNOWN,
    moneyExact: (value) =>
      value ? number(exact(value.amount), { ...currency(value.currency), minimumFractionDigits: 2, maximumFractionDigits: 9 }) : UNKNOWN,
    moneyCompact: (value) => {
      if (!value) return UNKNOWN;
      // Below a thousand there is nothing to shorten.
      if (/^-?0*\d{0,3}(\.|$)/.test(value.amount)) return format.money(value);
      return number(exact(value.amount), { ...currency(value.currency), notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 2 });
    },
    amount: (value, places = 2, maxPlaces = places) =>
      value ? number(exact(value.amount), { minimumFractionDigits: places, maximumFractionDigits: maxPlaces }) : UNKNOWN,
    amountSigned: (value, places = 2) =>
      value ? number(exact(value.amount), { minimumFractionDigits: places, maximumFractionDigits: places, signDisplay: "exceptZero" }) : UNKNOWN,
    count: (value) => (value === null ? UNKNOWN : number(asExact(value), { maximumFractionDigits: 0 })),
    countCompact: (value) =>
      value === null ? UNKNOWN : number(asExact(value), { notation: "compact", maximumSignificantDigits: 3 }),
    decimal: (value, minPlaces = 0, maxPlaces = 9) =>
      value === null ? UNKNOWN : number(exact(value), { minimumFractionDigits: minPlaces, maximumFractionDigits: maxPlaces }),
    share: (value) => {
      if (value === null) return UNKNOWN;
      const style = { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
      // What is not all of it is not shown as all of it.
      return number(value, value < 1 && value >= 0.9995 ? { ...style, roundingMode: "trunc" } : style);
    },
    shareSigned: (value) =>
      value === null ? UNKNOWN : number(value, { style: "percent", signDisplay: "exceptZero", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    coverage: (value) => number(value, { style: "percent", maximumFractionDigits: 1, roundingMode: "trunc" }),
    change: (value) => {
      if (!value) return UNKNOWN;
      if (value.ratio !== null) {
        return number(value.ratio, { style: "percent", signDisplay: "exceptZero", minimumFractionDigits: 1, maximumFractionDigits: 1 });
      }
      if (value.points === null) return UNKNOWN;
      // Points come as a part of 1, like shares: Intl shifts them, and the sign gives way to the unit.
      const style = { style: "percent", signDisplay: "exceptZero", minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
      const parts = numbers(locale, style).formatToParts(value.points).filter((part) => part.type !== "percentSign" && part.type !== "literal");
      return lang === "en" ? `${tidy(parts, lang)}${NARROW}pt` : `${tidy(parts, lang)} 个百分点`;
    },
    figure: (value) => {
      switch (value.kind) {
        case "money":
          return format.moneyCompact(value.money);
        case "count":
          return format.countCompact(value.count);
        case "share":
          return format.share(value.share);
        case "unknown":
          return UNKNOWN;
      }
    },
    figureExact: (value) => {
      switch (value.kind) {
        case "money":
          return `${value.money.currency} ${format.amount(value.money, 2, 9)}`;
        case "count":
          return format.count(value.count);
        case "share":
          return number(value.share, { style: "percent", maximumFractionDigits: 4 });
        case "unknown":
          return UNKNOWN;
      }
    },
    day: (value) => dayOf(value, true),
    dayShort: (value) => dayOf(value, false),
    instant: (value) => instantOf(value, true),
    instantDay: (value) => instantOf(value, false),
    lastDay: (end) => instantOf(new Date(Date.parse(end) - 1).toISOString(), false),
    time: (value) => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(value),
    bytes: (value) => {
      const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
      const step = value < 1e3 ? 0 : value < 1e6 ? 1 : value < 1e9 ? 2 : 3;
      const unit = units[step] ?? "byte";
      return number(value / 10 ** (step * 3), { style: "unit", unit, unitDisplay: step === 0 ? "long" : "short", maximumSignificantDigits: 3 });
    },
    seconds: (value) => {
      const minutes = value >= 90;
      return number(minutes ? value / 60 : value, {
        style: "unit",
        unit: minutes ? "minute" : "second",
        unitDisplay: "short",
        maximumFractionDigits: 0,
      });
    },
  };
  return format;
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

export function FormatProvider({ lang, timeZone, children }: { lang: Lang; timeZone: string; children: ReactNode }) {
  const format = useMemo(() => formatFor(lang, timeZone), [lang, timeZone]);
  return <FormatContext value={format}>{children}</FormatContext>;
}

export const useFormat = (): Format => useContext(FormatContext);
