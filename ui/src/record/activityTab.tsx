import type { ReactNode } from "react";
import type { Format } from "@/core/format";
import type { Text } from "@/core/text";
import type { RecordRef, RecordView } from "@/core/types";
import { RecordActivity } from "./RecordActivity";

/** The tab of a record's comments, changes and links. Its count is of comments: of none there is nothing to count. */
export function activityTab(t: Text, format: Format, about: RecordRef, record: RecordView): { value: string; label: string; count?: string; content: ReactNode } {
  const comments = record.comments.length;
  return { value: "activity", label: t("record-discussion"), ...(comments > 0 ? { count: format.count(comments) } : {}), content: <RecordActivity about={about} record={record} /> };
}
