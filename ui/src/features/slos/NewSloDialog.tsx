import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextField } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { SloDraft } from "@/core/types";
import { IndicatorFields, WindowField } from "./fields";

/** What most begin with: 99.5 % of requests succeed, over four weeks. */
const START: SloDraft = {
  id: null, name: "", description: "", service: "", owner: "", objective: "99.5", zone: "", fewestEvents: 100, promised: null, notes: "", origin: null, alerts: [],
  indicator: { kind: "availability", scope: { vendor: null, model: null, feature: null, tenant: null, environment: null } },
  method: { method: "occurrences" }, window: { kind: "rolling", days: 28 }, policy: [],
};

export function NewSloDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const save = useMutate("slo_save");
  const [draft, setDraft] = useState(START);
  const { unreadable, mark } = useReadableFields();
  const change = (patch: Partial<SloDraft>): void => setDraft({ ...draft, ...patch });
  const wrong = (field: string): string | undefined => fieldSentence(t, save.error, field);
  const ready = draft.name.trim() !== "" && !unreadable && !save.isPending;
  const make = (): void => {
    if (ready) save.mutate(draft, { onSuccess: ({ id }) => void navigate({ to: "/slos/$id", params: { id }, search: {} }) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("slo-new")}
      note={t("slo-new-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="slo" disabled={!ready} data-testid="slo-go">{t("slo-new")}</Button>
        </>
      }
    >
      <WithReadableFields value={mark}>
        <form
          id="slo"
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            make();
          }}
        >
          <FieldGrid>
            <TextField wide label={t("slo-name")} value={draft.name} onChange={(name) => change({ name })} placeholder={t("slo-name-example")} autoComplete="off" error={wrong("name")} data-testid="slo-name" />
            <IndicatorFields value={draft} change={change} wrong={wrong} />
            <TextField label={t("slo-objective")} term="slo" value={draft.objective} onChange={(objective) => change({ objective })} error={wrong("objective")} end={<span className="input-unit">%</span>} data-testid="slo-objective" />
            <WindowField value={draft.window} onChange={(window) => change({ window })} error={wrong("window")} />
          </FieldGrid>
          <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
          <button type="submit" hidden />
        </form>
      </WithReadableFields>
    </Dialog>
  );
}
