import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import { dayOfText } from "@/core/dayText";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import { IconButton } from "./Button";
import { Field } from "./Field";
import { Popover } from "./Menu";
import { useMarkUnreadable } from "./unreadable";
import "./Field.css";

interface DateFieldProps {
  label: string;
  term?: string;
  hint?: string;
  error?: string | undefined;
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur?: () => void;
  "data-testid"?: string;
}

const iso = (date: Date): string => date.toISOString().slice(0, 10);
const shifted = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);
const monthShifted = (date: Date, months: number): Date =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));

/** A day typed as 2026-09-30 or chosen from a month. Shown in the reader's form when it is not being edited. */
export function DateField({ label, term, hint, error, value, onChange, onBlur, ...rest }: DateFieldProps) {
  const t = useText();
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const committed = useRef(value);
  const wrong = typed !== null && typed.trim() !== "" && dayOfText(typed) === null;
  useMarkUnreadable(wrong);
  return (
    <Field label={label} {...(term ? { term } : {})} hint={hint} error={wrong ? t("field-not-date") : error}>
      {(ids) => (
        <div className="input-group">
          <input
            {...ids}
            {...rest}
            className="input"
            placeholder={t("date-placeholder")}
            autoComplete="off"
            value={typed ?? (value ? format.day(value) : "")}
            onFocus={() => {
              committed.current = value;
              setTyped(value ?? "");
            }}
            onChange={(event) => {
              setTyped(event.target.value);
              const date = dayOfText(event.target.value);
              if (date) onChange(iso(date));
              else if (event.target.value.trim() === "") onChange(null);
              // A day read on the way to a text that is none was never meant.
              else if (value !== committed.current) onChange(committed.current);
            }}
            onBlur={() => {
              if (!wrong) setTyped(null);
              onBlur?.();
            }}
          />
          <div style={{ position: "absolute", right: 2 }}>
            <Popover
              label={label}
              open={open}
              onOpenChange={setOpen}
              trigger={<IconButton label={t("choose-date")}><CalendarDays /></IconButton>}
            >
              <Calendar
                value={value}
                onPick={(day) => {
                  setTyped(null);
                  onChange(day);
                  setOpen(false);
                }}
              />
            </Popover>
          </div>
        </div>
      )}
    </Field>
  );
}

function Calendar({ value, onPick }: { value: string | null; onPick: (day: string) => void }) {
  const t = useText();
  const format = useFormat();
  const today = format.today;
  const [focus, setFocus] = useState(() => dayOfText(value ?? today) ?? new Date());
  const grid = useRef<HTMLTableElement>(null);
  const first = new Date(Date.UTC(focus.getUTCFullYear(), focus.getUTCMonth(), 1));
  const start = shifted(first, -((first.getUTCDay() + 6) % 7));
  const weeks = [0, 1, 2, 3, 4, 5].map((week) => [0, 1, 2, 3, 4, 5, 6].map((day) => shifted(start, week * 7 + day)));
  const locale = format.lang === "en" ? "en-GB" : "zh-CN";
  const name = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(first);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" });

  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const next = step !== undefined ? shifted(focus, step) : event.key === "PageUp" ? monthShifted(focus, -1) : event.key === "PageDown" ? monthShifted(focus, 1) : null;
    if (!next) return;
    event.preventDefault();
    setFocus(next);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLButtonElement>(`[data-day="${iso(next)}"]`)?.focus());
  };

  return (
    <div className="calendar">
      <div className="calendar-head">
        <IconButton label={t("previous-month")} onClick={() => setFocus(monthShifted(focus, -1))}><ChevronLeft /></IconButton>
        <span aria-live="polite">{name}</span>
        <IconButton label={t("next-month")} onClick={() => setFocus(monthShifted(focus, 1))}><ChevronRight /></IconButton>
      </div>
      <table ref={grid} className="calendar-grid" onKeyDown={move}>
        <thead>
          <tr>
            {(weeks[0] ?? []).map((day) => (
              <th key={iso(day)} scope="col">{weekday.format(day)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={iso(week[0] ?? first)}>
              {week.map((day) => {
                const key = iso(day);
                const other = day.getUTCMonth() !== first.getUTCMonth();
                return (
                  <td key={key}>
                    <button
                      type="button"
                      data-day={key}
                      tabIndex={key === iso(focus) ? 0 : -1}
                      aria-pressed={key === value}
                      aria-label={format.day(key)}
                      className={`calendar-day${other ? " other" : ""}${key === today ? " today" : ""}`}
                      onClick={() => onPick(key)}
                    >
                      {day.getUTCDate()}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
