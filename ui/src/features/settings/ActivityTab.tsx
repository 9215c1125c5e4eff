import { History, Undo2 } from "lucide-react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";

/** What changed, from what to what. The latest change can be taken back. */
export function ActivityTab() {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const activity = useRpc("activity", { limit: 200 });
  const undo = useMutate("undo");
  if (!activity.data) return activity.error ? <ErrorState inline error={activity.error} /> : <LoadingState />;
  const named = (id: string, fallback: string): string => (t.has(id) ? t(id) : fallback);
  const takeBack = (): void =>
    undo.mutate(null, {
      onSuccess: ({ undone }) => toast.say(undone ? t("undone", { subject: undone.subject, action: named(`action-${undone.action}`, undone.action) }) : t("nothing-to-undo")),
      onError: toast.fail,
    });
  if (activity.data.length === 0) return <EmptyState inline icon={<History />} title={t("activity-none")} text={t("activity-none-text")} />;
  return (
    <div className="stack">
      <div className="row">
        <p className="section-note grow">{t("activity-note")}</p>
        <Button icon={<Undo2 />} disabled={undo.isPending || activity.data.every((item) => item.undone)} onClick={takeBack} data-testid="undo">{t("undo-last")}</Button>
      </div>
      <ol className="activity">
        {activity.data.map((item) => (
          <li key={item.id} className={item.undone ? "undone" : ""}>
            <time dateTime={item.at}>{format.instant(item.at)}</time>
            <div>
              <span className="mut">{named(`area-${item.area}`, item.area)} · {named(`action-${item.action}`, item.action)}</span>{" "}
              <b>{item.subject}</b> {item.undone ? <Tag>{t("undone-tag")}</Tag> : null}
              {item.changes.map((change) => (
                <div key={change.field} className="activity-change">
                  {named(`change-${change.field}`, change.field)}: <s>{change.before ?? "—"}</s> → {change.after ?? "—"}
                </div>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
