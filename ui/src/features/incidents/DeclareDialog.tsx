import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { IncidentKind } from "@/core/types";
import { KINDS } from "./kinds";
import "./incidents.css";

/** Two fields and Enter: whoever declares an incident has something else to do. */
export function DeclareDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const declare = useMutate("incident_declare");
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<IncidentKind>("vendor-outage");
  const suggested = useRpc("incident_severity", { kind, impact: null, scope: null });
  const go = (): void => {
    if (title.trim() === "" || declare.isPending) return;
    declare.mutate({ title, kind, impact: null, scope: null }, { onSuccess: ({ id }) => void navigate({ to: "/incidents/$id", params: { id }, search: {} }) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("incident-declare")}
      note={t("incident-declare-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="incident" disabled={title.trim() === "" || declare.isPending} data-testid="incident-go">{t("incident-declare")}</Button>
        </>
      }
    >
      <form
        id="incident"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <TextField label={t("incident-title")} value={title} onChange={setTitle} placeholder={t("incident-title-example")} autoComplete="off" error={fieldSentence(t, declare.error, "title")} data-testid="incident-title" />
        <SelectField label={t("incident-kind")} options={KINDS.map((value) => ({ value, label: t(`incident-kind-${value}`) }))} value={kind} onChange={(value) => setKind(value as IncidentKind)} data-testid="incident-kind" />
        <p className="section-note incident-suggested" role="status" data-testid="incident-suggested">{suggested.data?.reason ?? ""}</p>
        <ErrorNote error={declare.error && declare.error.fields.length === 0 ? declare.error : null} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
