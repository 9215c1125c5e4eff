import { Quote } from "lucide-react";
import { Button } from "@/components/Button";
import { SidePanel } from "@/components/Dialog";
import { ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { Term } from "@/components/Tooltip";
import { copyText } from "@/core/files";
import { groupDigits, shortSource, useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { EconomicsQuery, ExplainKey, Explanation, Money, SpendBasis } from "@/core/types";

interface ExplainPanelProps {
  query: EconomicsQuery;
  explained: ExplainKey | null;
  /** For spend: what it rests on. */
  basis: SpendBasis | null;
  onClose: () => void;
}

/** One figure down to its formula, its inputs, the prices in force and the files it came from. */
export function ExplainPanel({ query, explained, basis, onClose }: ExplainPanelProps) {
  const t = useText();
  const answer = useRpc("explain", { query, figure: explained?.figure ?? "", row: explained?.row ?? null }, { enabled: explained !== null, keep: false });
  const toast = useToast();
  const citation = answer.data?.citation ?? null;
  const cite = async (text: string): Promise<void> => {
    try {
      await copyText(text);
      toast.say(t("citation-copied"));
    } catch {
      toast.say(t("table-copy-failed"));
    }
  };
  return (
    <SidePanel wide open={explained !== null} onClose={onClose} title={answer.data?.title ?? t("explain-title")} note={t("explain-note")} actions={citation === null ? null : <Button icon={<Quote />} onClick={() => void cite(citation)} data-testid="cite">{t("citation-copy")}</Button>}>
      {answer.data ? <Body explanation={answer.data} basis={basis} /> : answer.error ? <ErrorState inline error={answer.error} onRetry={() => void answer.refetch()} /> : <LoadingState />}
    </SidePanel>
  );
}

function Body({ explanation, basis }: { explanation: Explanation; basis: SpendBasis | null }) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="explain" data-testid="explanation">
      <div className="explain-value">{groupDigits(explanation.value)}</div>
      <p className="explain-formula">{explanation.formula}</p>
      {explanation.caveats.map((caveat) => <p key={caveat} className="call">{caveat}</p>)}
      {basis ? <Basis basis={basis} /> : null}
      {explanation.inputs.length > 0 ? (
        <section>
          <h3 className="section-title">{t("explain-inputs")}</h3>
          <dl className="explain-inputs">
            {explanation.inputs.map((input) => (
              <div key={input.label}>
                <dt>{input.label}</dt>
                <dd className="num">{groupDigits(input.value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {explanation.prices.length > 0 ? (
        <section>
          <h3 className="section-title">{t("explain-prices")}</h3>
          <ul className="explain-prices">
            {explanation.prices.map((price, index) => (
              <li key={index}>
                <div className="row">
                  <b className="grow truncate">{price.provider} / {price.model}{price.tier && price.tier !== "standard" ? ` · ${t.has(`tier-${price.tier}`) ? t(`tier-${price.tier}`) : price.tier}` : ""}</b>
                  <span className="num">{groupDigits(price.cost)}</span>
                </div>
                <div className="section-note">{price.rates}</div>
                <div className="section-note row">
                  <span className="grow">{t(`layer-${price.layer}`)} · <span title={price.source}>{shortSource(price.source)}</span> · {price.from ? t("since", { date: format.instantDay(price.from) }) : t("since-ever")}</span>
                  <span className="num">{t("tokens-count", { tokens: groupDigits(price.tokens) })}</span>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {explanation.files.length > 0 ? (
        <section>
          <h3 className="section-title">{t("explain-files")}</h3>
          <ul className="explain-prices">
            {explanation.files.map((file) => (
              <li key={`${file.name}${file.importedAt}`}>
                <div className="row">
                  <b className="grow truncate">{file.name}</b>
                  <span className="num">{t("rows-count", { rows: format.count(file.rows) })}</span>
                </div>
                <div className="section-note">{format.instant(file.from)} – {format.instant(file.to)} · {t("imported-at", { at: format.instant(file.importedAt) })}</div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

/** Three kinds of evidence make the spend; what bills say again of it stands apart. */
function Basis({ basis }: { basis: SpendBasis }) {
  const t = useText();
  const format = useFormat();
  const amount = (money: Money): string => format.moneyExact(money);
  const { computed, reported, charged, restated } = basis;
  if (!reported && !charged && !restated) return null;
  const lines = [["computed", computed], ["reported", reported], ["charged", charged]] as const;
  return (
    <section data-testid="explain-basis">
      <h3 className="section-title">{t("basis-title")}</h3>
      <dl className="explain-inputs">
        {lines.map(([name, money]) => (money ? (
          <div key={name}>
            <dt><Term id={`basis-${name}`}>{t(`basis-${name}`)}</Term></dt>
            <dd className="num">{amount(money)}</dd>
          </div>
        ) : null))}
        {restated ? (
          <div className="apart">
            <dt><Term id="basis-restated">{t("basis-restated")}</Term></dt>
            <dd className="num">{amount(restated)}</dd>
          </div>
        ) : null}
      </dl>
    </section>
  );
}
