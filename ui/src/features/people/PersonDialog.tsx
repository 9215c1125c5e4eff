import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { RecordLink } from "@/components/RecordLink";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { PersonRow } from "@/core/types";

/** A person, new or known; nothing is kept before *Save*. */
export function PersonDialog({ people, row, name, onClose }: { people: PersonRow[]; row: PersonRow | null; name: string; onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const save = useMutate("person_save");
  const remove = useMutate("person_delete");
  const undo = useMutate("undo");
  const known = row?.person ?? null;
  const [draft, setDraft] = useState({ name: known?.name ?? name, names: known?.names.join("\n") ?? "", role: known?.role ?? "", email: known?.email ?? "", deputyId: known?.deputyId ?? null });
  const change = (patch: Partial<typeof draft>): void => setDraft({ ...draft, ...patch });
  const wrong = (field: string): string | undefined => fieldSentence(t, save.error, field);
  const keep = (): void => save.mutate({ id: known?.id ?? null, ...draft, names: draft.names.split("\n") }, { onSuccess: onClose });
  const drop = (): void => {
    if (!known) return;
    remove.mutate(
      { id: known.id },
      {
        onSuccess: () => {
          onClose();
          toast.say(t("person-deleted", { name: known.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: toast.fail,
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={known ? t("person-edit", { name: known.name }) : t("person-add")}
      footer={
        <>
          {known ? <Button look="danger" icon={<Trash2 />} onClick={drop}>{t("person-delete", { name: known.name })}</Button> : null}
          <span className="grow" />
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="person" disabled={save.isPending} data-testid="person-save">{t("person-save")}</Button>
        </>
      }
    >
      <form
        id="person"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
        <FieldGrid>
          <TextField wide label={t("name")} value={draft.name} onChange={(next) => change({ name: next })} error={wrong("name")} autoComplete="off" data-testid="person-name" />
          <TextArea wide label={t("person-names")} hint={t("person-names-hint")} value={draft.names} onChange={(names) => change({ names })} rows={2} error={wrong("names")} data-testid="person-names" />
          <TextField label={t("person-role")} value={draft.role} onChange={(role) => change({ role })} error={wrong("role")} data-testid="person-role" />
          <TextField label={t("person-email")} value={draft.email} onChange={(email) => change({ email })} error={wrong("email")} spellCheck={false} data-testid="person-email" />
          <SelectField
            label={t("person-deputy")}
            options={[{ value: "none", label: t("person-deputy-none") }, ...people.filter(({ person }) => person.id !== known?.id).map(({ person }) => ({ value: person.id, label: person.name }))]}
            value={draft.deputyId ?? "none"}
            onChange={(deputy) => change({ deputyId: deputy === "none" ? null : deputy })}
            error={wrong("deputyId")}
            data-testid="person-deputy"
          />
        </FieldGrid>
      </form>
      {row && row.owns.length > 0 ? (
        <section>
          <h3 className="section-title">{t("person-owns")}</h3>
          <ul className="record-list">{row.owns.map((hit) => <li key={`${hit.link.area}/${hit.link.id}`}><RecordLink to={hit.link}>{hit.title}</RecordLink><span className="mut truncate">{hit.detail}</span></li>)}</ul>
        </section>
      ) : null}
    </Dialog>
  );
}
