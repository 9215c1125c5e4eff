import { History, Undo2 } from "lucide-react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { UNKNOWN, useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { monthNames } from "@/core/regions";
import { useText } from "@/core/text";

/** Fields whose values are words of the catalogue, by what those begin with. */
const WORDS: Record<string, string | undefined> = { status: "vendor-status-", riskTier: "risk-", kind: "contract-kind-", commitmentPeriod: "per-" };
const DAYS: readonly string[] = ["start", "end", "noticeGiven"];

/** What changed, from what to what. The latest change can be taken back. */
export function ActivityTab() {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const activity = useRpc("activity", { limit: 200 });
  const undo = useMutate("undo");
  if (!activity.data) return activity.error ? <ErrorState inline error={activity.error} /> : <LoadingState />;
  const named = (id: string, fallback: string): string => (t.has(id) ? t(id) : fallback);
  const shown = (field: string, value: string | null): string => {
    if (value === null) return UNKNOWN;
    const words = WORDS[field];
    if (words !== undefined) return named(`${words}${value}`, value);
    if (field === "autoRenew") return t(`answer-${value}`);
    if (DAYS.includes(field)) return format.day(value);
    if (field === "to") return format.instantDay(value);
    if (field === "fiscalStartMonth") return monthNames(t.lang).find((month) => month.value === value)?.label ?? value;
    return value;
  };
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
                  {named(`change-${change.field}`, change.field)}: <s>{shown(change.field, change.before)}</s> → {shown(change.field, change.after)}
                </div>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
