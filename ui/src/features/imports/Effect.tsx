import { ErrorNote } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Answer, FeedAnswer, ImportPlan } from "@/core/types";

interface EffectProps {
  plan: ImportPlan;
  onConflict: Answer | null;
  feeds: FeedAnswer[];
}

/** The spend of each month the file touches, before and after it, with the answers given so far. */
export function Effect({ plan, onConflict, feeds }: EffectProps) {
  const t = useText();
  const format = useFormat();
  const effect = useRpc("import_effect", { planId: plan.id, onConflict, feeds });
  const months = effect.data?.months ?? [];
  const currency = months.flatMap((month) => [month.after, month.before]).find((money) => money !== null)?.currency ?? "";
  return (
    <section className="effect" data-testid="plan-effect" aria-busy={effect.isFetching}>
      <h2 className="section-title">{t("effect-title")}</h2>
      <ErrorNote error={effect.error ?? null} />
      {effect.data ? (
        <table className="conflict-facts" data-testid="effect-months">
          <caption className="visually-hidden">{t("effect-title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("effect-month")}</th>
              <th scope="col" className="num">{t("effect-before", { currency })}</th>
              <th scope="col" className="num">{t("effect-after", { currency })}</th>
              <th scope="col" className="num">{t("effect-difference", { currency })}</th>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <tr key={month.key}>
                <th scope="row">{month.label}</th>
                <td className="num" title={format.moneyExact(month.before)}>{format.amount(month.before)}</td>
                <td className="num" title={format.moneyExact(month.after)}>{format.amount(month.after)}</td>
                <td className="num" title={format.moneyExact(month.difference)}>{format.amountSigned(month.difference)}{month.change ? <span className="faint"> {month.change}</span> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {effect.data ? <p className="section-note" aria-live="polite">{t(effect.data.undecided ? "effect-undecided" : "effect-note")}</p> : null}
    </section>
  );
}
