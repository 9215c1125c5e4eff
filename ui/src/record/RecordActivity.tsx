import { ActivityList } from "@/components/ActivityList";
import { ErrorState, LoadingState } from "@/components/States";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { RecordRef, RecordView } from "@/core/types";
import { Comments } from "./Comments";
import { Links } from "./Links";
import "./record.css";

/** What was said of a record, what happened to it, and what it is linked to. */
export function RecordActivity({ about, record }: { about: RecordRef; record: RecordView }) {
  const t = useText();
  const activity = useRpc("activity", { limit: 50, about: about.id });
  return (
    <div className="record-activity">
      <div className="stack">
        <Comments about={about} comments={record.comments} />
        <section>
          <h2 className="section-title">{t("record-changes")}</h2>
          {activity.data ? activity.data.length === 0 ? <p className="section-note">{t("record-no-activity")}</p> : <ActivityList entries={activity.data} /> : activity.error ? <ErrorState inline error={activity.error} /> : <LoadingState />}
        </section>
      </div>
      <aside><Links about={about} links={record.links} /></aside>
    </div>
  );
}
