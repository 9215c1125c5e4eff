import { useId, useRef, useState, type InputHTMLAttributes, type ReactElement, type ReactNode, type Ref } from "react";
import { parseDecimal } from "@/core/decimal";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import { Term } from "./Tooltip";
import { useTypedText } from "./typedText";
import { useMarkUnreadable } from "./unreadable";
import "./Field.css";

interface FieldProps {
  label: string;
  /** Fluent `term-<id>`, shown on hover over the label. */
  term?: string;
  hint?: ReactNode;
  error?: string | undefined;
  wide?: boolean;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-description"?: string; "aria-invalid"?: boolean }) => ReactElement;
}

/** A label over its control, and below it a hint or what is wrong with it. */
export function Field({ label, term, hint, error, wide, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  const t = useText();
  const meaning = term && t.has(`term-${term}`) ? t(`term-${term}`) : null;
  return (
    <div className={wide ? "field field-wide" : "field"}>
      <label className="field-label" htmlFor={id}>
        {term ? <Term id={term} label>{label}</Term> : label}
      </label>
      {children({ id, ...(note ? { "aria-describedby": noteId } : {}), ...(meaning ? { "aria-description": meaning } : {}), ...(error ? { "aria-invalid": true } : {}) })}
      {note ? (
        <div id={noteId} className={error ? "field-error" : "field-hint"} role={error ? "alert" : undefined}>
          {note}
        </div>
      ) : null}
    </div>
  );
}

/** Two columns of fields, for a record edited as one types. */
export function FieldGrid({ children, columns = 2 }: { children: ReactNode; columns?: 1 | 2 | 3 }) {
  return <div className={`field-grid field-grid-${columns}`}>{children}</div>;
}

type Shared = Omit<FieldProps, "children">;
type NativeInput = Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange" | "size">;

interface TextFieldProps extends Shared, Omit<NativeInput, keyof Shared> {
  value: string;
  onChange: (value: string) => void;
  end?: ReactNode;
  "data-testid"?: string;
  /** Takes the focus when its side panel opens. */
  "data-first"?: string | undefined;
}

export function TextField({ label, term, hint, error, wide, value, onChange, end, ...rest }: TextFieldProps) {
  return (
    <Field label={label} {...(term ? { term } : {})} hint={hint} error={error} {...(wide ? { wide } : {})}>
      {(ids) =>
        end ? (
          <div className="input-group">
            <input {...ids} {...rest} className="input" value={value} onChange={(event) => onChange(event.target.value)} />
            {end}
          </div>
        ) : (
          <input {...ids} {...rest} className="input" value={value} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </Field>
  );
}

interface TextAreaProps extends Shared {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  rows?: number;
  placeholder?: string;
  ref?: Ref<HTMLTextAreaElement>;
  "data-testid"?: string;
}

export function TextArea({ label, term, hint, error, wide, value, onChange, rows = 4, ...rest }: TextAreaProps) {
  return (
    <Field label={label} {...(term ? { term } : {})} hint={hint} error={error} {...(wide ? { wide } : {})}>
      {(ids) => (
        <textarea {...ids} {...rest} rows={rows} className="input textarea" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

interface DecimalFieldProps extends Shared {
  /** An exact decimal string, or null when empty. */
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur?: () => void;
  unit?: string;
  places?: number;
  /** It counts or measures something: nothing below zero. */
  unsigned?: boolean;
  placeholder?: string;
  required?: boolean;
  "data-testid"?: string;
}

/** A number as a string from the keyboard to the core: what cannot be read stays on screen with a sentence. */
export function DecimalField({ label, term, hint, error, wide, value, onChange, onBlur, unit, places = 9, unsigned = false, required, ...rest }: DecimalFieldProps) {
  const t = useText();
  const format = useFormat();
  const { typed, setTyped, input, begin } = useTypedText();
  const committed = useRef(value);
  const shown = typed ?? (value === null ? "" : format.decimal(value, value.includes(".") ? Math.min(2, places) : 0));
  // Emptied from outside, as by a form that has been sent, while the keyboard is still in it.
  const [last, setLast] = useState(value);
  if (last !== value) {
    setLast(value);
    if (value === null && typed !== null && parseDecimal(typed, places) !== null && !(unsigned && typed.trim().startsWith("-"))) setTyped("");
  }
  const read = (text: string): string | null => {
    const found = parseDecimal(text, places);
    return unsigned && found?.startsWith("-") ? null : found;
  };
  const wrong = typed !== null && typed.trim() !== "" && read(typed) === null;
  useMarkUnreadable(wrong);
  const below = wrong && typed !== null && parseDecimal(typed, places) !== null;
  const message = below ? t("field-below-zero") : wrong ? t(places === 0 ? "field-not-whole" : "field-not-number") : error;
  return (
    <Field label={label} {...(term ? { term } : {})} hint={hint} error={message} {...(wide ? { wide } : {})}>
      {(ids) => (
        <div className="input-group">
          <input
            {...ids}
            {...rest}
            ref={input}
            className="input num-input"
            inputMode="decimal"
            autoComplete="off"
            aria-required={required}
            value={shown}
            onFocus={() => {
              committed.current = value;
              begin(value ?? "");
            }}
            onChange={(event) => {
              const text = event.target.value;
              setTyped(text);
              const next = read(text);
              if (next !== null || text.trim() === "") onChange(next);
              // What was read on the way to a text that cannot be read was never meant: 1 of "1e3".
              else if (value !== committed.current) onChange(committed.current);
            }}
            onBlur={() => {
              if (!wrong) setTyped(null);
              onBlur?.();
            }}
          />
          {unit ? <span className="input-unit">{unit}</span> : null}
        </div>
      )}
    </Field>
  );
}

interface NumberFieldProps extends Omit<DecimalFieldProps, "value" | "onChange" | "places"> {
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A small whole number such as a count of months or days. */
export function NumberField({ value, onChange, ...rest }: NumberFieldProps) {
  return (
    <DecimalField
      {...rest}
      places={0}
      unsigned
      value={value === null ? null : String(value)}
      onChange={(text) => onChange(text === null ? null : Number.parseInt(text, 10))}
    />
  );
}
