import type { ReactNode } from "react";
import type { DrawdownView, StripFigure } from "@/core/types";
import "./Record.css";

/** The key figures of a record, above its tabs, as the core wrote them. */
export function RecordStrip({ figures, label }: { figures: StripFigure[]; label: string }) {
  if (figures.length === 0) return null;
  return (
    <dl className="strip" aria-label={label}>
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt>{figure.label}</dt>
          <dd><span className={`tone-${figure.tone}`}>{figure.text}</span>{figure.note ? <span className="strip-note">{figure.note}</span> : null}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A commitment as one bar: drawn so far, with a tick where an even pace would be. */
export function Drawdown({ drawdown }: { drawdown: DrawdownView }) {
  const percent = (part: number): string => `${Math.min(100, Math.max(0, part * 100))}%`;
  return (
    <div className="drawdown" role="img" aria-label={`${drawdown.shareText}. ${drawdown.pace}. ${drawdown.projection}`} title={`${drawdown.shareText}. ${drawdown.pace}. ${drawdown.projection}`}>
      <span className="drawdown-track"><span className={`drawdown-bar tone-${drawdown.tone}`} style={{ width: percent(drawdown.share) }} /><span className="drawdown-tick" style={{ left: percent(drawdown.even) }} /></span>
    </div>
  );
}

/** Two columns of a record's page: what it is, and beside it what is coming up and what happened. */
export function RecordColumns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="record-columns">
      <div className="stack">{children}</div>
      <aside className="stack">{side}</aside>
    </div>
  );
}
