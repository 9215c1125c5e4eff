import { useEffect, useId, useRef } from "react";
import { Segmented } from "@/components/Checks";
import { Term } from "@/components/Tooltip";
import { errorSentence } from "@/core/errors";
import { useText } from "@/core/text";
import type { WireError } from "@/core/types";

/** What a file can leave open, and the refusal with which the core asks about it. */
const ASKED = { "decimal-sign": "decimal-sign-undecided", "day-order": "day-order-undecided" } as const;
const ANSWERS = { "decimal-sign": ["point", "comma"], "day-order": ["month", "day"] } as const;

/** Whether the core refused the file for one of these, and nobody has answered since. */
export const isQuestion = (error: WireError | null): boolean => error !== null && (Object.values(ASKED) as string[]).includes(error.code);

interface DecidedProps {
  what: keyof typeof ASKED;
  /** False is the first answer, true the second, null leaves it to the file. */
  value: boolean | null;
  onChange: (value: boolean | null) => void;
  error: WireError | null;
}

/** How numbers or dates are written: the whole file decides, unless a person says so. Where it cannot, the question stands here. */
export function Decided({ what, value, onChange, error }: DecidedProps) {
  const t = useText();
  const id = useId();
  const group = useRef<HTMLDivElement>(null);
  const asked = error?.code === ASKED[what] && value === null;
  useEffect(() => {
    if (asked) group.current?.querySelectorAll("button")[1]?.focus();
  }, [asked]);
  const [first, second] = ANSWERS[what];
  return (
    <div ref={group} className={asked ? "decided asked" : "decided"}>
      <span className="field-label"><Term id={`import-${what}`}>{t(`import-${what}`)}</Term></span>
      <Segmented
        label={t(`import-${what}`)}
        testid={`import-${what}`}
        describedBy={asked ? id : undefined}
        value={value === null ? "file" : value ? second : first}
        onChange={(next) => onChange(next === "file" ? null : next === second)}
        choices={["file", first, second].map((choice) => ({ value: choice, label: t(choice === "file" ? "import-file-decides" : `import-${what}-${choice}`) }))}
      />
      {asked ? <p id={id} className="field-error" role="alert" data-testid={`asked-${what}`}>{errorSentence(t, error)}</p> : null}
    </div>
  );
}
