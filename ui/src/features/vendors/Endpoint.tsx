import { KeyRound, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { FieldGrid, TextField } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { fieldSentence } from "@/core/errors";
import { useJob, useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { KeyState, OfferedModel, Protocol } from "@/core/types";

/** The vendor's key, kept by the keychain, and what the endpoint offers with it. */
export function Endpoint({ id, endpoint, protocol }: { id: string; endpoint: string; protocol: Protocol }) {
  const t = useText();
  const state = useRpc("vendor_key", { id });
  const save = useMutate("vendor_key_save");
  const forget = useMutate("vendor_key_forget");
  const ask = useJob("vendor_models");
  const [typed, setTyped] = useState("");
  const [models, setModels] = useState<OfferedModel[] | null>(null);
  const shown: KeyState = state.data ?? "not-stored";

  const keep = (): void =>
    save.mutate({ id, key: typed }, {
      onSuccess: () => {
        setTyped("");
        void state.refetch();
      },
    });

  const check = async (): Promise<void> => {
    const answer = await ask.run({ id });
    if (answer) setModels(answer.models);
  };

  return (
    <section className="stack related endpoint" aria-label={t("endpoint-title")}>
      <div className="row">
        <h2 className="section-title grow">{t("endpoint-title")}</h2>
        <Badge tone={shown === "stored" ? "good" : shown === "no-keychain" || shown === "other-origin" ? "warn" : "muted"}>{t(`key-${shown}`)}</Badge>
      </div>
      <p className="section-note">{t("endpoint-note")}</p>
      {shown === "no-keychain" ? <p className="call" role="status" data-testid="no-keychain">{t("key-no-keychain-remedy")}</p> : null}
      {shown === "other-origin" ? <p className="call" role="status">{t("error-endpoint-other-origin")}</p> : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== "") keep();
        }}
      >
        <FieldGrid>
          <TextField wide type="password" label={t("api-key")} value={typed} onChange={setTyped} error={fieldSentence(t, save.error, "key") ?? fieldSentence(t, save.error, "endpoint")} spellCheck={false} data-testid="vendor-key" />
        </FieldGrid>
        <div className="row">
          <Button type="submit" icon={<KeyRound />} disabled={typed.trim() === "" || save.isPending || shown === "no-keychain"} data-testid="vendor-key-save">{t("key-save")}</Button>
          {shown === "stored" || shown === "other-origin" ? (
            <Button icon={<Trash2 />} look="quiet" onClick={() => forget.mutate({ id }, { onSuccess: () => void state.refetch() })} data-testid="vendor-key-forget">{t("key-forget")}</Button>
          ) : null}
          <span className="grow" />
          <Button icon={<RefreshCw />} disabled={endpoint.trim() === "" || protocol === "other" || ask.running} onClick={() => void check()} data-testid="vendor-models">{t("endpoint-check")}</Button>
        </div>
      </form>
      {protocol === "other" ? <p className="section-note">{t("endpoint-unlisted")}</p> : null}
      <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : forget.error ?? ask.error} />
      {models ? (
        <div aria-live="polite">
          <p className="section-note">{t("endpoint-models", { count: models.length })}</p>
          <ul className="endpoint-models">
            {models.map((model) => (
              <li key={model.name} className="row">
                <span className="grow truncate">{model.name}</span>
                {model.priced ? null : <Badge tone="warn">{t("endpoint-unpriced")}</Badge>}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
