import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { SuiteDraft, SuiteKind } from "@/core/types";
import { PersonField } from "@/record/PersonField";

const KINDS: readonly SuiteKind[] = ["golden", "safety"];

/** The fields of a suite, wherever it is described. */
export function SuiteFields({ value, onChange, onBlur, wrong }: { value: SuiteDraft; onChange: (patch: Partial<SuiteDraft>) => void; onBlur?: () => void; wrong: (field: string) => string | undefined }) {
  const t = useText();
  const left = onBlur ? { onBlur } : {};
  return (
    <FieldGrid>
      <TextField wide label={t("name")} value={value.name} onChange={(name) => onChange({ name })} placeholder={t("suite-name-example")} error={wrong("name")} autoComplete="off" {...left} data-testid="suite-name" />
      <SelectField label={t("suite-kind")} term="suite-kind" options={KINDS.map((kind) => ({ value: kind, label: t(`suite-kind-${kind}`) }))} value={value.kind} onChange={(kind) => onChange({ kind: kind as SuiteKind })} data-testid="suite-kind" />
      <PersonField label={t("owner")} value={value.owner} onChange={(owner) => onChange({ owner })} {...left} data-testid="suite-owner" />
      <TextArea wide label={t("suite-purpose")} hint={t("suite-purpose-hint")} value={value.purpose} onChange={(purpose) => onChange({ purpose })} rows={3} {...left} data-testid="suite-purpose" />
    </FieldGrid>
  );
}

export function NewSuiteDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const save = useMutate("suite_save");
  const [draft, setDraft] = useState<SuiteDraft>({ id: null, name: "", kind: "golden", owner: "", purpose: "" });
  const make = (): void => {
    if (draft.name.trim() === "" || save.isPending) return;
    save.mutate(draft, { onSuccess: ({ id }) => void navigate({ to: "/suites/$id", params: { id }, search: {} }) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("suite-new")}
      note={t("suite-new-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="suite" disabled={draft.name.trim() === "" || save.isPending} data-testid="suite-create">{t("suite-create")}</Button>
        </>
      }
    >
      <form
        id="suite"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
        <SuiteFields value={draft} onChange={(patch) => setDraft({ ...draft, ...patch })} wrong={(field) => fieldSentence(t, save.error, field)} />
      </form>
    </Dialog>
  );
}
