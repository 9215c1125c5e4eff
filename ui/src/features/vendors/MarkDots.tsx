import { useText } from "@/core/text";
import "./scorecards.css";

/** A mark as five dots, read aloud as a number. */
export function MarkDots({ mark, faint = false }: { mark: number; faint?: boolean }) {
  const t = useText();
  return (
    <span className={faint ? "mark-dots faint-mark" : "mark-dots"} role="img" aria-label={t("scorecard-mark-of", { mark })}>
      {[1, 2, 3, 4, 5].map((one) => <i key={one} className={one <= mark ? "full" : ""} />)}
      <b>{mark}</b>
    </span>
  );
}
