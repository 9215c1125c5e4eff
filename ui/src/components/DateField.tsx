import { CalendarDays } from "lucide-react";
import { useRef, useState } from "react";
import { dayOfText } from "@/core/dayText";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import { IconButton } from "./Button";
import { DayChoice } from "./DayChoice";
import { Field } from "./Field";
import { Popover } from "./Menu";
import { useTypedText } from "./typedText";
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

/** A day typed as 2026-09-30 or chosen from a month. Shown in the reader's form when it is not being edited. */
export function DateField({ label, term, hint, error, value, onChange, onBlur, ...rest }: DateFieldProps) {
  const t = useText();
  const format = useFormat();
  const { typed, setTyped, input, begin } = useTypedText();
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
            ref={input}
            className="input"
            placeholder={t("date-placeholder")}
            autoComplete="off"
            value={typed ?? (value ? format.day(value) : "")}
            onFocus={() => {
              committed.current = value;
              begin(value ?? "");
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
              <DayChoice
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
