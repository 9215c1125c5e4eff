import { useNavigate } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button";
import { SidePanel } from "@/components/Dialog";
import { SaveState } from "@/components/PageHeader";
import type { SaveStatus } from "@/core/autosave";
import { useText } from "@/core/text";
import type { VendorDraft } from "@/core/types";
import { VendorForm } from "./VendorForm";

const BLANK: VendorDraft = { id: null, name: "", status: "candidate", owner: "", riskTier: null, website: "", protocol: "openai-compatible", endpoint: "", notes: "", contacts: [], providerKeys: [] };

/** A new vendor; once it has a name it has a page of its own. */
export function VendorPanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const [status, setStatus] = useState<SaveStatus>("idle");
  const [made, setMade] = useState<string | null>(null);
  return (
    <SidePanel
      wide
      open={open}
      onClose={() => {
        setMade(null);
        onClose();
      }}
      title={t("vendor-new")}
      actions={<SaveState status={status} />}
    >
      <VendorForm key="new" start={BLANK} onStatus={setStatus} onMade={(vendor) => setMade(vendor.id)} />
      {made ? <div className="row"><Button look="primary" icon={<ArrowRight />} onClick={() => void navigate({ to: "/vendors/$id", params: { id: made }, search: {} })} data-testid="vendor-open">{t("vendor-open")}</Button></div> : null}
    </SidePanel>
  );
}
