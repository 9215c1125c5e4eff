import { useDeferredValue, useId, useState } from "react";
import { Button } from "@/components/Button";
import { RadioGroup } from "@/components/Checks";
import { DaysPriced } from "@/components/DaysPriced";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextField } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { ModelAlias } from "@/core/types";

export interface AliasStart extends ModelAlias {
  /** Recorded already: its name and whose it is stay, what it means changes. */
  known: boolean;
  evidence: string;
}

/** A name and the model of the price book it means. What it makes known is said when it is recorded. */
export function AliasDialog({ start, onClose }: { start: AliasStart; onClose: () => void }) {
  const t = useText();
  const save = useMutate("alias_save");
  const listId = useId();
  const [alias, setAlias] = useState(start.alias);
  const [vendor, setVendor] = useState(start.vendor);
  const [provider, setProvider] = useState(start.provider);
  const [model, setModel] = useState(start.model);
  const wanted = useDeferredValue(`${provider.trim()}/${model.trim()}`);
  const offers = useRpc("prices", { search: wanted.replace("/", " ").trim(), limit: 30, used: false });
  const models = [...new Set((offers.data?.rows ?? []).map((row) => row.model))];
  const named = start.known || start.alias !== "";
  const ready = alias.trim() !== "" && provider.trim() !== "" && model.trim() !== "" && !save.isPending;
  const submit = (): void => {
    if (ready) save.mutate({ vendor, alias, provider, model });
  };
  const done = save.data;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(done ? "alias-recorded" : start.known ? "alias-change" : "alias-record")}
      note={done ? t("alias-means", { alias: done.alias.alias, model: done.alias.model, provider: done.alias.provider }) : t("alias-note")}
      footer={
        done ? (
          <Button look="primary" onClick={onClose} data-testid="alias-close">{t("close")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button look="primary" disabled={!ready} onClick={submit} data-testid="alias-save">{t(start.known ? "alias-change" : "alias-record")}</Button>
          </>
        )
      }
    >
      {done ? (
        <div className="stack" role="status" data-testid="alias-done">
          <p>{t("two-sentences", { first: done.priced.length > 0 ? t("price-made-known", { count: done.priced.length }) : t("alias-priced-nothing"), second: t("price-moves-nothing") })}</p>
          {done.priced.length > 0 ? <DaysPriced days={done.priced} title={t("price-made-known", { count: done.priced.length })} /> : null}
        </div>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {named ? (
            <p className="alias-name"><b>{start.alias}</b>{start.evidence ? <span className="name-note">{start.evidence}</span> : null}</p>
          ) : (
            <TextField label={t("alias-name")} value={alias} onChange={setAlias} hint={t("alias-name-hint")} error={fieldSentence(t, save.error, "alias")} data-testid="alias-name" />
          )}
          <FieldGrid columns={2}>
            <TextField label={t("alias-provider")} term="alias-provider" value={provider} onChange={setProvider} error={fieldSentence(t, save.error, "provider")} data-testid="alias-provider" />
            <TextField label={t("alias-model")} value={model} onChange={setModel} list={listId} autoComplete="off" error={fieldSentence(t, save.error, "model")} data-testid="alias-model" />
          </FieldGrid>
          <datalist id={listId}>{models.map((name) => <option key={name} value={name} />)}</datalist>
          {start.known || start.vendor === "" ? null : (
            <RadioGroup
              label={t("alias-scope")}
              testid="alias-scope"
              value={vendor === "" ? "every" : "one"}
              onChange={(next) => setVendor(next === "one" ? start.vendor : "")}
              choices={[{ value: "one", label: t("alias-one-vendor", { vendor: start.vendor }) }, { value: "every", label: t("alias-every-vendor") }]}
            />
          )}
          <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
          <button type="submit" hidden />
        </form>
      )}
    </Dialog>
  );
}
