import { useRpc } from "@/core/queries";
import type { RecordRef, RecordView } from "@/core/types";

const NOTHING: RecordView = { attachments: [], comments: [], links: [] };

/** What a record carries, whatever its area; nothing until it is read. */
export function useRecord(about: RecordRef): RecordView {
  return useRpc("record", about).data ?? NOTHING;
}
