import type { ReactNode } from "react";
import { Tag } from "@/components/Badge";
import { UNKNOWN, useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { ActivityEntry } from "@/core/types";
import "./ActivityList.css";

/** Months shown of what a change moved; a first import moves a year of them. */
const MONTHS = 4;

/** What changed, from what to what, in the words of the core; `end` stands behind each. */
export function ActivityList({ entries, end }: { entries: ActivityEntry[]; end?: (entry: ActivityEntry) => ReactNode }) {
  const t = useText();
  const format = useFormat();
  return (
    <ol className="activity">
      {entries.map((item) => (
        <li key={item.id} className={item.undone ? "undone" : ""}>
          <time dateTime={item.at}>{format.instant(item.at)}</time>
          <div>
            <span className="mut">{item.what} · {item.action}</span>{" "}
            <b>{item.subject}</b> {item.undone ? <Tag>{t("undone-tag")}</Tag> : null}
            {item.changes.map((change) => (
              <div key={change.label} className="activity-change">{change.label}: <s>{change.before ?? UNKNOWN}</s> → {change.after ?? UNKNOWN}</div>
            ))}
            {item.moved.slice(0, MONTHS).map((month) => (
              <div key={month.month} className="activity-change num">
                {t("activity-moved", { month: month.label })}: <s>{format.moneyExact(month.before)}</s> → {format.moneyExact(month.after)}
              </div>
            ))}
            {item.moved.length > MONTHS ? <div className="activity-change mut">{t("activity-moved-more", { count: item.moved.slice(MONTHS).length })}</div> : null}
          </div>
          {end?.(item)}
        </li>
      ))}
    </ol>
  );
}
