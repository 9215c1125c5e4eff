import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { ErrorNote } from "@/components/States";
import type { WireError } from "@/core/types";
import { useText } from "@/core/text";
import { PersonField } from "./PersonField";

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
          <Button look="primary" type="submit" form="owner" disabled={saving || owner.trim() === ""} data-testid="owner-set">{t("bulk-owner-set")}</Button>
        </>
      }
    >
      <form
        id="owner"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (owner.trim() !== "") onSave(owner.trim());
        }}
      >
        <PersonField label={t("owner")} value={owner} onChange={setOwner} data-testid="owner-name" />
        <ErrorNote error={error} />
      </form>
    </Dialog>
  );
}
