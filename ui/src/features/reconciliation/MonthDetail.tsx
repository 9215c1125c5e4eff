import { Circle, CircleDot } from "lucide-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Term } from "@/components/Tooltip";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { VendorMonthView } from "@/core/types";
import { stateOf, vendorName } from "./MonthsTable";

/** What makes the difference of one vendor's month: causes and the rest add up to it, in the core's exact amounts. */
export function MonthDetail({ row }: { row: VendorMonthView }) {
  const t = useText();
  const format = useFormat();
  const { difference, causes, remainder } = row;
  const title = difference ? t("month-explained", { amount: format.amountSigned(difference), currency: difference.currency }) : t(`month-${stateOf(row).id}-title`);
  return (
    <div className="month" data-testid="month-detail">
      <section aria-label={title}>
        <h3 className="section-title">{title}</h3>
        {row.lumpSum ? <p className="month-text" data-testid="month-lump-sum">{t("month-lump-sum")}</p> : null}
        {difference ? (
          <ul className="causes">
            {causes.map((cause) => (
              <Line key={cause.kind} sign={<CircleDot />} name={t(`cause-${cause.kind}`)} note={t(`cause-${cause.kind}-note`)} amount={format.amountSigned(cause.amount)} full={format.moneyExact(cause.amount)} />
            ))}
            {remainder ? <Line sign={<Circle />} name={t("cause-remainder")} note={t("cause-remainder-note")} amount={format.amountSigned(remainder)} full={format.moneyExact(remainder)} /> : null}
            <li className="cause-total"><b>{t("reconciliation-difference")}</b><b className="num" title={format.moneyExact(difference)}>{format.amountSigned(difference)}</b></li>
          </ul>
        ) : (
          <p className="month-text">{t(`month-${stateOf(row).id}-text`, { vendor: vendorName(t, row), month: row.monthLabel })}</p>
        )}
      </section>
      <section aria-label={t("month-facts")}>
        <h3 className="section-title">{t("month-facts")}</h3>
        <dl className="facts">
          <Fact name={<Term id="reconciliation-metered">{t("reconciliation-metered")}</Term>}>{format.money(row.metered)}</Fact>
          {row.billed ? <Fact name={t("reconciliation-billed")}>{format.money(row.billed)}</Fact> : null}
          <Fact name={t("month-spend")}><b>{format.money(row.spend)}</b></Fact>
          {row.unrecognised ? <Fact name={<Term id="month-unrecognised">{t("month-unrecognised")}</Term>}>{format.money(row.unrecognised)}</Fact> : null}
          {row.setAside ? <Fact name={<Term id="month-set-aside">{t("month-set-aside")}</Term>}>{format.money(row.setAside)}</Fact> : null}
          {row.unpricedTokens === "0" ? null : (
            <Fact name={<Link to="/prices" search={{}}>{t("month-unpriced")}</Link>}>{format.count(row.unpricedTokens)}</Fact>
          )}
        </dl>
      </section>
    </div>
  );
}

function Line({ sign, name, note, amount, full }: { sign: ReactNode; name: string; note: string; amount: string; full: string }) {
  return (
    <li>
      <span className="cause-sign" aria-hidden="true">{sign}</span>
      <span className="grow">
        {name}
        <span className="cause-note">{note}</span>
      </span>
      <span className="num" title={full}>{amount}</span>
    </li>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}
