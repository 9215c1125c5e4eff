import { History, Undo2 } from "lucide-react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { UNKNOWN, useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useUndo } from "@/core/undo";

/** Months shown of what a change moved; a first import moves a year of them. */
const MONTHS = 4;

/** What changed, from what to what. A change can be taken back when nothing newer stands on it. */
export function ActivityTab() {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const activity = useRpc("activity", { limit: 200 });
  const { undo, busy } = useUndo(toast);
  if (!activity.data) return activity.error ? <ErrorState inline error={activity.error} /> : <LoadingState />;
  if (activity.data.length === 0) return <EmptyState inline icon={<History />} title={t("activity-none")} text={t("activity-none-text")} />;
  return (
    <div className="stack">
      <div className="row">
        <p className="section-note grow">{t("activity-note")}</p>
        <Button icon={<Undo2 />} disabled={busy || activity.data.every((item) => item.undone)} onClick={() => undo(null)} data-testid="undo">{t("undo-last")}</Button>
      </div>
      <ol className="activity">
        {activity.data.map((item) => (
          <li key={item.id} className={item.undone ? "undone" : ""}>
            <time dateTime={item.at}>{format.instant(item.at)}</time>
            <div>
              <span className="mut">{item.what} · {item.action}</span>{" "}
              <b>{item.subject}</b> {item.undone ? <Tag>{t("undone-tag")}</Tag> : null}
              {item.changes.map((change) => (
                <div key={change.label} className="activity-change">
                  {change.label}: <s>{change.before ?? UNKNOWN}</s> → {change.after ?? UNKNOWN}
                </div>
              ))}
              {item.moved.slice(0, MONTHS).map((month) => (
                <div key={month.month} className="activity-change num">
                  {t("activity-moved", { month: month.label })}: <s>{format.moneyExact(month.before)}</s> → {format.moneyExact(month.after)}
                </div>
              ))}
              {item.moved.length > MONTHS ? <div className="activity-change mut">{t("activity-moved-more", { count: item.moved.length - MONTHS })}</div> : null}
            </div>
            {item.undoable ? <Button look="quiet" icon={<Undo2 />} disabled={busy} onClick={() => undo({ id: item.id, past: null })} aria-label={`${t("undo-this")}: ${item.subject}`} data-testid="undo-this">{t("undo-this")}</Button> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
