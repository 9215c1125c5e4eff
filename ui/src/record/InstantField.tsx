import { useEffect, useRef, useState } from "react";
import { Field } from "@/components/Field";
import { useTypedText } from "@/components/typedText";
import { useMarkUnreadable } from "@/components/unreadable";
import { useFormat } from "@/core/format";
import { call } from "@/core/rpc";
import { useText } from "@/core/text";

interface InstantFieldProps {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur?: () => void;
  error?: string | undefined;
  "data-testid"?: string;
}

/** The minute of UTC an instant lies in, as it is written: what anybody in another zone can compare. */
const utc = (value: string): string => `${value.slice(0, 16).replace("T", " ")} UTC`;

/** An instant, typed by the clock on the wall of the workspace's zone; the core reads it, and what cannot be read stays with a sentence. */
export function InstantField({ label, value, onChange, onBlur, error, ...rest }: InstantFieldProps) {
  const t = useText();
  const format = useFormat();
  const { typed, setTyped, input, begin } = useTypedText();
  const [note, setNote] = useState<{ text: string; wrong: boolean } | null>(null);
  useMarkUnreadable(note?.wrong === true);
  // Only the answer to what stands there now counts.
  const asked = useRef("");
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);

  const read = async (text: string): Promise<void> => {
    asked.current = text;
    if (text.trim() === "") {
      setNote(null);
      onChange(null);
      return;
    }
    const found = await call("instant_read", { text });
    if (!alive.current || asked.current !== text) return;
    setNote(found.note === "" ? null : { text: found.note, wrong: found.at === null });
    if (found.at !== null) {
      onChange(found.at);
      setTyped(null);
    }
  };
  const wrong = note?.wrong === true ? note.text : error;
  const hint = note !== null && !note.wrong ? note.text : value === null ? t("instant-hint") : utc(value);
  return (
    <Field label={label} hint={hint} error={wrong}>
      {(ids) => (
        <input
          {...ids}
          {...rest}
          ref={input}
          className="input"
          autoComplete="off"
          placeholder={t("instant-placeholder")}
          value={typed ?? (value === null ? "" : format.instant(value))}
          onFocus={() => begin(value === null ? "" : format.instant(value))}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && typed !== null) void read(typed);
          }}
          onBlur={() => {
            if (typed === null) return;
            const before = value === null ? "" : format.instant(value);
            if (typed === before) {
              setNote(null);
              setTyped(null);
            } else void read(typed).then(onBlur);
          }}
        />
      )}
    </Field>
  );
}
