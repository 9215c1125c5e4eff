import { AlertTriangle, Check, Circle, Clock, Minus, OctagonAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone, Urgency } from "@/core/types";
import "./Page.css";

/** State is said by sign and word, and by colour on top. */
const SIGN: Record<Tone, ReactNode> = {
  plain: <Circle />,
  muted: <Minus />,
  strong: <Circle />,
  good: <Check />,
  warn: <AlertTriangle />,
  bad: <X />,
};

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`badge badge-${tone}`}>
      <span className="badge-sign" aria-hidden="true">{SIGN[tone]}</span>
      {children}
    </span>
  );
}

/** A quiet label without state, such as a price layer or "sample data". */
export function Tag({ children, accent = false }: { children: ReactNode; accent?: boolean }) {
  return <span className={accent ? "tag tag-accent" : "tag"}>{children}</span>;
}

/** The sign of each step of urgency, the same wherever something is due. */
const DUE: Record<Urgency, { sign: ReactNode; tone: Tone }> = {
  overdue: { sign: <OctagonAlert />, tone: "bad" },
  week: { sign: <AlertTriangle />, tone: "warn" },
  month: { sign: <Clock />, tone: "plain" },
  quarter: { sign: <Clock />, tone: "muted" },
  later: { sign: <Clock />, tone: "muted" },
};

/** A day that asks for something: how soon is said by sign, word and colour. */
export function Due({ urgency, text }: { urgency: Urgency; text: string }) {
  const { sign, tone } = DUE[urgency];
  return (
    <span className={`days-left tone-${tone}`}>
      <span className="badge-sign" aria-hidden="true">{sign}</span>
      {text}
    </span>
  );
}
