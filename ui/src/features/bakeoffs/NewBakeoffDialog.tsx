import { useNavigate } from "@tanstack/react-router";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextField } from "@/components/Field";
import { EmptyState, ErrorNote } from "@/components/States";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffDraft } from "@/core/types";
import { PersonField } from "@/record/PersonField";
import { ContractField, EffectField, RepeatsField, VersionFields } from "./fields";

/** What a bake-off begins with: two points of a hundred matter, each case is asked three times, six weeks before the deadline. */
const START: BakeoffDraft = { id: null, name: "", owner: "", question: "", suiteId: "", version: 0, contractId: null, criteria: [], minimumEffect: 0.02, repeats: 3, leadDays: 42 };

export function NewBakeoffDialog({ suite, onClose }: { suite: string; onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const suites = useRpc("suites", null);
  const save = useMutate("bakeoff_save");
  const [typed, setDraft] = useState(START);
  const { unreadable, mark } = useReadableFields();
  const frozen = (suites.data ?? []).filter((row) => row.frozen !== null);
  const only = frozen.find((row) => row.id === suite) ?? (frozen.length === 1 ? frozen[0] : undefined);
  const draft = typed.suiteId === "" && only ? { ...typed, suiteId: only.id, version: only.frozen ?? 0 } : typed;
  const change = (patch: Partial<BakeoffDraft>): void => setDraft({ ...draft, ...patch });
  const wrong = (field: string): string | undefined => fieldSentence(t, save.error, field);
  const ready = draft.name.trim() !== "" && draft.suiteId !== "" && draft.version > 0 && !unreadable && !save.isPending;
  const make = (): void => {
    if (ready) save.mutate({ ...draft, name: draft.name.trim() }, { onSuccess: ({ id }) => void navigate({ to: "/bakeoffs/$id", params: { id }, search: {} }) });
  };
  const without = suites.data !== undefined && frozen.length === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bakeoff-new")}
      note={t("bakeoff-new-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {without ? null : <Button look="primary" type="submit" form="bakeoff" disabled={!ready} data-testid="bakeoff-create">{t("bakeoff-create")}</Button>}
        </>
      }
    >
      {without ? (
        <EmptyState inline icon={<FlaskConical />} title={t("bakeoff-needs-suite")} text={t("bakeoff-needs-suite-text")} action={<Button look="primary" onClick={() => void navigate({ to: "/suites", search: {} })}>{t("bakeoff-to-suites")}</Button>} />
      ) : (
        <form
          id="bakeoff"
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            make();
          }}
        >
          <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
          <WithReadableFields value={mark}>
            <FieldGrid>
              <TextField wide label={t("name")} value={draft.name} onChange={(name) => change({ name })} placeholder={t("bakeoff-name-example")} error={wrong("name")} autoComplete="off" data-testid="bakeoff-name" />
              <VersionFields suiteId={draft.suiteId} version={draft.version} onChange={(suiteId, version) => change({ suiteId, version })} wrong={wrong} />
              <ContractField label={t("bakeoff-contract")} value={draft.contractId} onChange={(contractId) => change({ contractId })} error={wrong("contractId")} />
              <PersonField label={t("owner")} value={draft.owner} onChange={(owner) => change({ owner })} data-testid="bakeoff-owner" />
              <EffectField value={draft.minimumEffect} onChange={(minimumEffect) => change({ minimumEffect })} error={wrong("minimumEffect")} />
              <RepeatsField value={draft.repeats} onChange={(repeats) => change({ repeats })} error={wrong("repeats")} />
            </FieldGrid>
          </WithReadableFields>
          <p className="section-note">{t("bakeoff-power-later")}</p>
        </form>
      )}
    </Dialog>
  );
}
