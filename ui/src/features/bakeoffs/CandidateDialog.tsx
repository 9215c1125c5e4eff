import { useState } from "react";
import { Button } from "@/components/Button";
import { Switch } from "@/components/Checks";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { Combobox, SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { CandidateDetails, CandidatePrice, CandidateView } from "@/core/types";

const BLANK: CandidateDetails = { name: "", vendorId: null, provider: "", model: "", settings: {}, price: { kind: "book" }, incumbent: false, labels: [] };
const NOBODY = "none";

/** "book", "stated", or the contract its tokens are priced by. */
const wordOf = (price: CandidatePrice): string => (price.kind === "contract" ? price.contractId : price.kind);

/** A candidate, new or known; nothing is kept before *Save*. */
export function CandidateDialog({ bakeoffId, of, onClose }: { bakeoffId: string; of: CandidateView | null; onClose: () => void }) {
  const t = useText();
  const vendors = useRpc("vendors", null);
  const contracts = useRpc("contracts", null);
  const save = useMutate("candidate_save");
  const [value, setValue] = useState<CandidateDetails>(of?.details ?? BLANK);
  const [labels, setLabels] = useState(value.labels.join("\n"));
  const change = (patch: Partial<CandidateDetails>): void => setValue({ ...value, ...patch });
  const wrong = (field: string): string | undefined => fieldSentence(t, save.error, field);
  const ready = value.name.trim() !== "" && !save.isPending;
  const keep = (): void => {
    if (!ready) return;
    save.mutate({ bakeoffId, id: of?.id ?? null, ...value, labels: labels.split("\n").map((one) => one.trim()).filter((one) => one !== "") }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={of ? t("candidate-edit", { name: of.name }) : t("candidate-add")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="candidate" disabled={!ready} data-testid="candidate-save">{t("candidate-save")}</Button>
        </>
      }
    >
      <form
        id="candidate"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
        <FieldGrid>
          <TextField wide label={t("name")} value={value.name} onChange={(name) => change({ name })} error={wrong("name")} autoComplete="off" data-testid="candidate-name" />
          <Combobox
            label={t("vendor")}
            options={[{ value: NOBODY, label: t("vendor-none") }, ...(vendors.data ?? []).map(({ vendor }) => ({ value: vendor.id, label: vendor.name }))]}
            value={value.vendorId ?? NOBODY}
            onChange={(id) => change({ vendorId: id === NOBODY ? null : id })}
            error={wrong("vendorId")}
          />
          <TextField label={t("candidate-provider")} term="candidate-provider" value={value.provider} onChange={(provider) => change({ provider })} spellCheck={false} />
          <TextField label={t("model")} value={value.model} onChange={(model) => change({ model })} spellCheck={false} data-testid="candidate-model" />
          <SelectField
            label={t("candidate-price")}
            term="candidate-price"
            options={[
              { value: "book", label: t("price-source-book") },
              { value: "stated", label: t("price-source-stated") },
              ...(contracts.data?.rows ?? []).map(({ contract, vendorName }) => ({ value: contract.id, label: contract.title, note: vendorName })),
            ]}
            value={wordOf(value.price)}
            onChange={(word) => change({ price: word === "book" || word === "stated" ? { kind: word } : { kind: "contract", contractId: word } })}
            data-testid="candidate-price"
          />
          <TextArea wide label={t("candidate-labels")} term="candidate-labels" hint={t("candidate-labels-hint")} value={labels} onChange={setLabels} rows={2} data-testid="candidate-labels" />
        </FieldGrid>
        <Switch label={t("candidate-incumbent")} note={t("candidate-incumbent-note")} checked={value.incumbent} onChange={(incumbent) => change({ incumbent })} data-testid="candidate-incumbent" />
      </form>
    </Dialog>
  );
}
