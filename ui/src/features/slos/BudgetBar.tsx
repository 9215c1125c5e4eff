import { useText } from "@/core/text";
import type { SloRow } from "@/core/types";

/** What is left of a budget, as a bar from nothing to all of it, with a tick where the policy's next step stands. */
export function BudgetBar({ row }: { row: SloRow }) {
  const t = useText();
  if (row.left === null) return <span className="faint">{row.leftText}</span>;
  const left = Math.min(1, Math.max(0, row.left));
  const tick = row.nextStep === null || row.nextStep >= 100 ? null : 100 - row.nextStep;
  return (
    <span className="budget-left">
      <span className={`budget-bar ${row.tone}`} title={tick === null ? undefined : t("slo-next-step", { percent: row.nextStep ?? 0 })}>
        <span className="budget-fill" style={{ width: `${left * 100}%` }} />
        {tick === null ? null : <span className="budget-tick" style={{ left: `${tick}%` }} />}
      </span>
      <b className="num">{row.leftText}</b>
    </span>
  );
}
