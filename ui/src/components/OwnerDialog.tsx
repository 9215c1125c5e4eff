import { useState } from "react";
import { useText } from "@/core/text";
import type { WireError } from "@/core/types";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import { ErrorNote } from "./States";

interface OwnerDialogProps {
  count: number;
  saving: boolean;
  error: WireError | null;
  onClose: () => void;
  onSave: (owner: string) => void;
}

/** One owner for several records. */
export function OwnerDialog({ count, saving, error, onClose, onSave }: OwnerDialogProps) {
  const t = useText();
  const [owner, setOwner] = useState("");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bulk-owner-title", { count })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={saving || owner.trim() === ""} onClick={() => onSave(owner.trim())} data-testid="owner-set">{t("bulk-owner-set")}</Button>
        </>
      }
    >
      <div className="stack">
        <TextField label={t("owner")} value={owner} onChange={setOwner} autoFocus data-testid="owner-name" />
        <ErrorNote error={error} />
      </div>
    </Dialog>
  );
}
