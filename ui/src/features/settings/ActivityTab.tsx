import { History, Redo2, Undo2 } from "lucide-react";
import { ActivityList } from "@/components/ActivityList";
import { Button } from "@/components/Button";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useUndo } from "@/core/undo";

/** Every change. One can be taken back when nothing newer stands on it. */
export function ActivityTab() {
  const t = useText();
  const toast = useToast();
  const activity = useRpc("activity", { limit: 200, about: null });
  const { undo, redo, busy } = useUndo(toast);
  if (!activity.data) return activity.error ? <ErrorState inline error={activity.error} /> : <LoadingState />;
  if (activity.data.length === 0) return <EmptyState inline icon={<History />} title={t("activity-none")} text={t("activity-none-text")} />;
  return (
    <div className="stack">
      <div className="row">
        <p className="section-note grow">{t("activity-note")}</p>
        <Button icon={<Undo2 />} disabled={busy || activity.data.every((item) => item.undone)} onClick={() => undo(null)} data-testid="undo">{t("undo-last")}</Button>
        <Button icon={<Redo2 />} disabled={busy || !activity.data.some((item) => item.undone)} onClick={redo} data-testid="redo">{t("redo-last")}</Button>
      </div>
      <ActivityList
        entries={activity.data}
        end={(item) => (item.undoable ? <Button look="quiet" icon={<Undo2 />} disabled={busy} onClick={() => undo({ id: item.id, past: null })} aria-label={`${t("undo-this")}: ${item.subject}`} data-testid="undo-this">{t("undo-this")}</Button> : null)}
      />
    </div>
  );
}
