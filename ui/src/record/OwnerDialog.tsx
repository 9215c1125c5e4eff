import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import { PersonField } from "./PersonField";

interface OwnerDialogProps {
  /** What sets the owner of several records of one area. */
  command: "vendors_owner" | "contracts_owner";
  ids: string[];
  onClose: () => void;
  /** They have one. */
  onDone: () => void;
}

/** One owner for several records, taken back together. */
export function OwnerDialog({ command, ids, onClose, onDone }: OwnerDialogProps) {
  const t = useText();
  const toast = useToast();
  const assign = useMutate(command);
  const takeBack = useMutate("undo_together");
  const [owner, setOwner] = useState("");
  const save = (): void =>
    assign.mutate({ ids, owner: owner.trim() }, {
      onSuccess: (batch) => {
        onDone();
        toast.say(t("bulk-owner-done", { count: batch.ids.length }), batch.ids.length > 0 ? { action: { label: t("undo"), run: () => takeBack.mutate(batch) } } : {});
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bulk-owner-title", { count: ids.length })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="owner" disabled={assign.isPending || owner.trim() === ""} data-testid="owner-set">{t("bulk-owner-set")}</Button>
        </>
      }
    >
      <form
        id="owner"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (owner.trim() !== "") save();
        }}
      >
        <PersonField label={t("owner")} value={owner} onChange={setOwner} data-testid="owner-name" />
        <ErrorNote error={assign.error} />
      </form>
    </Dialog>
  );
}
