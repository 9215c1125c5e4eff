import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { DayPriced } from "@/core/types";
import "./Page.css";

/** Days of usage that had no price, with what they come to. Each is a figure of the core's; nothing is added up here. */
export function DaysPriced({ days, title }: { days: DayPriced[]; title: string }) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="days-priced" tabIndex={0} role="region" aria-label={title} data-testid="days-priced">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("priced-day")}</th>
            <th scope="col" className="num">{t("tile-tokens")}</th>
            <th scope="col" className="num">{t("priced-cost")}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((item) => (
            <tr key={`${item.day}${item.cost.currency}`}>
              <th scope="row">{format.day(item.day)}</th>
              <td className="num">{format.count(item.tokens)}</td>
              <td className="num">{format.money(item.cost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
