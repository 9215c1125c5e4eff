import { Equal, Minus, TrendingDown, TrendingUp } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { useText } from "@/core/text";
import type { ForestRow, ScoreView, Tone, Verdict } from "@/core/types";

/** Where differences are drawn: the ends the core chose, the line of none, and the band that does not matter. */
export interface Scale {
  min: number;
  max: number;
  reference: number;
  margin: { low: number; high: number } | null;
  rows: ForestRow[];
}

/** A verdict is said by sign and word, and by colour on top. */
const SIGN: Record<Verdict, { sign: ReactNode; tone: Tone }> = {
  reference: { sign: null, tone: "muted" },
  better: { sign: <TrendingUp />, tone: "good" },
  worse: { sign: <TrendingDown />, tone: "bad" },
  same: { sign: <Equal />, tone: "muted" },
  open: { sign: <Minus />, tone: "plain" },
  unknown: { sign: null, tone: "muted" },
};

interface DifferenceProps {
  score: ScoreView | undefined;
  /** Null: only the words. */
  scale: Scale | null;
  row: ForestRow | undefined;
}

/** How far a candidate is from the incumbent, drawn on the scale that all rows share, and written beside it. */
export function Difference({ score, scale, row }: DifferenceProps) {
  const t = useText();
  if (!score || score.verdict === "unknown") return <span className="faint">—</span>;
  const { sign, tone } = SIGN[score.verdict];
  const at = (value: number): string => (scale ? `${Math.min(100, Math.max(0, ((value - scale.min) / (scale.max - scale.min || 1)) * 100))}%` : "0%");
  const span = (low: number, high: number): CSSProperties => ({ left: at(low), right: `calc(100% - ${at(high)})` });
  const drawn = scale ? (
    <span className={`interval tone-${tone}`} aria-hidden="true">
      {scale.margin ? <span className="interval-margin" style={span(scale.margin.low, scale.margin.high)} /> : null}
      <span className="interval-zero" style={{ left: at(scale.reference) }} />
      {row && row.low !== null && row.high !== null ? <span className="interval-span" style={span(row.low, row.high)} /> : null}
      {row && row.estimate !== null && score.verdict !== "reference" ? <span className="interval-point" style={{ left: at(row.estimate) }} /> : null}
    </span>
  ) : null;
  return (
    <span className="difference" title={[score.differenceText, t(`verdict-${score.verdict}`), score.pText].filter((part) => part !== "").join(" · ")}>
      {drawn}
      {score.verdict === "reference" ? <span className="difference-text mut">{t("verdict-reference")}</span> : (
        <span className={`difference-text tone-${tone}`}>
          {sign ? <span className="badge-sign">{sign}</span> : null}
          <span>{score.differenceText}</span>
          <span className="visually-hidden">{t(`verdict-${score.verdict}`)}</span>
        </span>
      )}
    </span>
  );
}
