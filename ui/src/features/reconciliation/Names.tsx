import { AlertTriangle, Check, Pencil, Plus, X } from "lucide-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { ModelAlias, UnresolvedModel } from "@/core/types";
import { AliasDialog, type AliasStart } from "./AliasDialog";

/** Names that mean a model only once somebody says so, and those of which somebody has. */
export function Names({ unresolved, aliases }: { unresolved: UnresolvedModel[]; aliases: ModelAlias[] }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const forget = useMutate("alias_forget");
  const undo = useMutate("undo");
  const [asked, setAsked] = useState<AliasStart | null>(null);
  const evidence = (item: UnresolvedModel): string =>
    [
      ...(item.charged ? [t("unresolved-charged", { amount: format.money(item.charged) })] : []),
      ...(item.tokens === "0" ? [] : [t("tokens-count", { tokens: format.count(item.tokens) })]),
    ].join(" · ");
  const remove = ({ vendor, alias }: ModelAlias): void =>
    forget.mutate({ vendor, alias }, {
      onSuccess: () => toast.say(t("alias-removed", { alias }), { note: t("alias-removed-note"), action: { label: t("undo"), run: () => undo.mutate(null) } }),
      onError: toast.fail,
    });
  return (
    <>
      <section aria-label={t("unresolved-title")}>
        <div className="part-head">
          <h2 className="section-title">{t("unresolved-title")}</h2>
          <span className="section-note">{format.count(unresolved.length)}</span>
        </div>
        {unresolved.length === 0 ? <p className="section-note">{t("unresolved-none")}</p> : (
          <ul className="names" data-testid="unresolved">
            {unresolved.map((item) => (
              <li key={`${item.vendor}/${item.model}`}>
                <AlertTriangle className="tone-warn" aria-hidden="true" />
                <span className="grow name">
                  <b className="truncate" title={item.model}>{item.model}</b>
                  <span className="name-note">{[item.vendorName || t("not-given"), evidence(item)].filter((part) => part !== "").join(" · ")}</span>
                  <span className="name-note">{item.guess ? t("unresolved-guess", { model: item.guess.model, provider: item.guess.provider }) : t("unresolved-no-guess")}</span>
                </span>
                {item.guess || item.tokens === "0" ? null : (
                  <Button onClick={() => void navigate({ to: "/prices", search: { add: `${item.vendor}/${item.model}` } })} data-testid="unresolved-price">{t("price-add")}</Button>
                )}
                <Button
                  aria-label={t("alias-record-for", { model: item.model })}
                  onClick={() => setAsked({ vendor: item.vendor, alias: item.model, provider: item.guess?.provider ?? item.vendor, model: item.guess?.model ?? "", known: false, evidence: evidence(item) })}
                  data-testid="alias-record"
                >
                  {t("alias-record")}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {unresolved.length === 0 ? null : <p className="section-note">{t("unresolved-note")}</p>}
      </section>
      <section aria-label={t("aliases-title")}>
        <div className="part-head">
          <h2 className="section-title">{t("aliases-title")}</h2>
          <span className="section-note grow">{format.count(aliases.length)}</span>
          <Button look="quiet" icon={<Plus />} onClick={() => setAsked({ vendor: "", alias: "", provider: "", model: "", known: false, evidence: "" })} data-testid="alias-add">{t("alias-add")}</Button>
        </div>
        {aliases.length === 0 ? <p className="section-note">{t("aliases-none")}</p> : (
          <ul className="names" data-testid="aliases">
            {aliases.map((item) => (
              <li key={`${item.vendor}/${item.alias}`}>
                <Check className="tone-good" aria-hidden="true" />
                <span className="grow name">
                  <b className="truncate" title={item.alias}>{item.alias}</b>
                  <span className="name-note truncate" title={`${item.provider} / ${item.model}`}>= {item.provider} / {item.model}</span>
                </span>
                <span className="name-note">{item.vendor || t("alias-every-vendor")}</span>
                <IconButton label={t("alias-edit", { alias: item.alias })} onClick={() => setAsked({ ...item, known: true, evidence: "" })}><Pencil /></IconButton>
                <IconButton label={t("alias-remove", { alias: item.alias })} onClick={() => remove(item)} data-testid="alias-remove"><X /></IconButton>
              </li>
            ))}
          </ul>
        )}
      </section>
      {asked ? <AliasDialog start={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}
