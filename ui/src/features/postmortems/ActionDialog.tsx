import { useState } from "react";
import { Trash2 } from "lucide-react";
import { Button } from "@/components/Button";
import { DateField } from "@/components/DateField";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { ActionDetails, ActionKind, ActionStatus, ActionView } from "@/core/types";
import { PersonField } from "@/record/PersonField";

const KINDS: readonly ActionKind[] = ["prevent", "detect", "mitigate", "process"];
const STATUSES: readonly ActionStatus[] = ["open", "doing", "done", "verified", "dropped"];
const NEW: ActionDetails = { title: "", kind: "prevent", status: "open", owner: "", due: null, verify: "", evidence: "", doneOn: null };

/** An action: what, for what, by whom and when, and how anybody will know that it works. */
export function ActionDialog({ incidentId, action, onClose }: { incidentId: string; action: ActionView | null; onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const save = useMutate("action_save");
  const remove = useMutate("action_delete");
  const undo = useMutate("undo");
  const [details, setDetails] = useState<ActionDetails>(action?.details ?? NEW);
  const change = (patch: Partial<ActionDetails>): void => setDetails((now) => ({ ...now, ...patch }));
  const over = details.status === "verified" || details.status === "dropped";
  const go = (): void => {
    if (details.title.trim() === "") return;
    save.mutate({ ...(action ? { id: action.id } : {}), incidentId, ...details }, { onSuccess: onClose });
  };
  const drop = (): void => {
    if (!action) return;
    remove.mutate({ id: action.id }, { onSuccess: () => { onClose(); toast.say(t("action-gone"), { action: { label: t("undo"), run: () => undo.mutate(null) } }); }, onError: toast.fail });
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t(action ? "action-change" : "action-add")}
      footer={
        <>
          {action ? <Button icon={<Trash2 />} onClick={drop} data-testid="action-delete">{t("action-remove")}</Button> : null}
          <span className="grow" />
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="action" disabled={details.title.trim() === "" || save.isPending} data-testid="action-go">{t("action-keep")}</Button>
        </>
      }
    >
      <form id="action" className="stack" onSubmit={(event) => { event.preventDefault(); go(); }}>
        <FieldGrid>
          <TextField wide label={t("action-title")} value={details.title} onChange={(title) => change({ title })} autoComplete="off" error={fieldSentence(t, save.error, "title")} data-testid="action-title" />
          <SelectField label={t("action-for")} options={KINDS.map((value) => ({ value, label: t(`action-kind-${value}`) }))} value={details.kind} onChange={(kind) => change({ kind: kind as ActionKind })} data-testid="action-kind" />
          <SelectField label={t("action-standing")} options={STATUSES.map((value) => ({ value, label: t(`action-status-${value}`) }))} value={details.status} onChange={(status) => change({ status: status as ActionStatus })} data-testid="action-status" />
          <PersonField label={t("owner")} value={details.owner} onChange={(owner) => change({ owner })} data-testid="action-owner" />
          <DateField label={t("action-by")} value={details.due} onChange={(due) => change({ due })} data-testid="action-due" />
          <TextArea wide label={t("action-verify")} value={details.verify} onChange={(verify) => change({ verify })} rows={2} data-testid="action-verify" />
          <TextArea wide label={t(details.status === "dropped" ? "action-why" : "action-evidence")} value={details.evidence} onChange={(evidence) => change({ evidence })} rows={2} hint={over ? t("action-evidence-hint") : undefined} error={fieldSentence(t, save.error, "evidence")} data-testid="action-evidence" />
        </FieldGrid>
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
      </form>
    </Dialog>
  );
}
