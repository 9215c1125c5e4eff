import type { ReactNode } from "react";
import { useText } from "@/core/text";
import { Check, LoaderCircle, TriangleAlert } from "lucide-react";
import type { SaveStatus } from "@/core/autosave";
import "./Page.css";

export function PageHeader({ crumb, title, actions, titleId }: { crumb?: ReactNode; title: ReactNode; actions?: ReactNode; titleId?: string }) {
  return (
    <header className="page-header">
      <div className="page-heading">
        <div className="crumb">{crumb}</div>
        <h1 id={titleId} title={typeof title === "string" ? title : undefined}>{title}</h1>
      </div>
      <div className="row page-actions">{actions}</div>
    </header>
  );
}

/** "Saved" in the corner of a record. */
export function SaveState({ status }: { status: SaveStatus }) {
  const t = useText();
  if (status === "idle") return <span className="save-state" aria-live="polite" />;
  const busy = status === "pending" || status === "saving";
  return (
    <span className={`save-state${status === "failed" ? " tone-bad" : ""}`} aria-live="polite" data-testid="save-state">
      {busy ? <LoaderCircle className="spin" /> : status === "failed" ? <TriangleAlert /> : <Check />}
      {t(busy ? "saving" : status === "failed" ? "not-saved" : "saved")}
    </span>
  );
}

export interface StripItem {
  label: string;
  value: ReactNode;
}

/** The key figures of one record, above its tabs. */
export function SummaryStrip({ items, end }: { items: StripItem[]; end?: ReactNode }) {
  return (
    <dl className="strip">
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
      {end ? <div className="strip-end">{end}</div> : null}
    </dl>
  );
}
