import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, type MouseEventHandler, type ReactNode } from "react";
import { DayPicker, type ClassNames, type CustomComponents, type Formatters, type Labels } from "react-day-picker";
import { dayOfText } from "@/core/dayText";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import { IconButton } from "./Button";

const iso = (date: Date): string => date.toISOString().slice(0, 10);

const CLASSES: Partial<ClassNames> = {
  root: "calendar", months: "calendar-months", month_caption: "calendar-head", nav: "calendar-nav", month_grid: "calendar-grid", day_button: "calendar-day",
  outside: "other", today: "today", selected: "chosen", weekday: "calendar-weekday",
};
const COMPONENTS: Partial<CustomComponents> = {
  PreviousMonthButton: ({ onClick, "aria-disabled": off }) => <MonthButton id="previous-month" onClick={onClick} off={off === true}><ChevronLeft /></MonthButton>,
  NextMonthButton: ({ onClick, "aria-disabled": off }) => <MonthButton id="next-month" onClick={onClick} off={off === true}><ChevronRight /></MonthButton>,
};

interface MonthButtonProps {
  id: "previous-month" | "next-month";
  onClick: MouseEventHandler<HTMLButtonElement> | undefined;
  off: boolean;
  children: ReactNode;
}

function MonthButton({ id, onClick, off, children }: MonthButtonProps) {
  const t = useText();
  return <IconButton label={t(id)} aria-disabled={off} {...(onClick ? { onClick } : {})}>{children}</IconButton>;
}

/** A month to choose a day from: six weeks from Monday, so that it keeps its height. Days are days of UTC, and of nowhere else. */
export function DayChoice({ value, onPick }: { value: string | null; onPick: (day: string) => void }) {
  const format = useFormat();
  const locale = format.lang === "en" ? "en-GB" : "zh-CN";
  const chosen = value === null ? null : dayOfText(value);
  const today = dayOfText(format.today) ?? new Date();
  const formatters = useMemo<Partial<Formatters>>(() => {
    const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" });
    return { formatCaption: (day) => month.format(day), formatWeekdayName: (day) => weekday.format(day) };
  }, [locale]);
  const labels = useMemo<Partial<Labels>>(() => {
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
    const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
    return { labelDayButton: (day) => format.day(iso(day)), labelWeekday: (day) => weekday.format(day), labelGrid: (day) => month.format(day), labelNav: () => "" };
  }, [format, locale]);
  return (
    <DayPicker
      mode="single"
      timeZone="UTC"
      weekStartsOn={1}
      showOutsideDays
      fixedWeeks
      autoFocus
      defaultMonth={chosen ?? today}
      today={today}
      selected={chosen ?? undefined}
      onSelect={(_, day) => onPick(iso(day))}
      classNames={CLASSES}
      components={COMPONENTS}
      formatters={formatters}
      labels={labels}
    />
  );
}
