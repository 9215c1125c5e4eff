import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { ErrorNote } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { PostmortemView } from "@/core/types";
import { PersonField } from "@/record/PersonField";

/** Approval is a person's: by name, of the text and time line as they stand. */
export function ApproveDialog({ view, onClose }: { view: PostmortemView; onClose: () => void }) {
  const t = useText();
  const state = useMutate("postmortem_state");
  const [by, setBy] = useState("");
  const go = (): void => {
    if (by.trim() !== "") state.mutate({ id: view.id, state: "approved", by }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("postmortem-to-approved")}
      note={t("postmortem-approve-note")}
      footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" type="submit" form="approve" disabled={by.trim() === "" || state.isPending} data-testid="approve-go">{t("postmortem-to-approved")}</Button></>}
    >
      <form id="approve" className="stack" onSubmit={(event) => { event.preventDefault(); go(); }}>
        <PersonField label={t("postmortem-approver")} value={by} onChange={setBy} error={fieldSentence(t, state.error, "by")} data-testid="approve-by" />
        <ErrorNote error={state.error && state.error.fields.length === 0 ? state.error : null} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
