import { Badge } from "@/components/Badge";
import { useText } from "@/core/text";
import type { Tone, VendorStatus } from "@/core/types";

const TONES: Record<VendorStatus, Tone> = { candidate: "plain", approved: "good", incumbent: "good", exiting: "warn" };

export const STATUSES: VendorStatus[] = ["candidate", "approved", "incumbent", "exiting"];

export function VendorStatusBadge({ status }: { status: VendorStatus }) {
  const t = useText();
  return <Badge tone={TONES[status]}>{t(`vendor-status-${status}`)}</Badge>;
}
