import { AlertTriangle, Check, Circle, Clock, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "@/core/types";
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

/** A date that asks for something now: late, or within 30 days. */
export const isNear = (days: number): boolean => days <= 30;

/** Days to a date: amber under 30, red when late. */
export function DaysLeft({ days, text }: { days: number; text: string }) {
  const tone = days < 0 ? "bad" : isNear(days) ? "warn" : "muted";
  return (
    <span className={`days-left tone-${tone}`}>
      <span className="badge-sign" aria-hidden="true">{days < 0 ? <X /> : isNear(days) ? <AlertTriangle /> : <Clock />}</span>
      {text}
    </span>
  );
}
