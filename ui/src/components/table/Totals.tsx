import { useMemo } from "react";
import { useText } from "@/core/text";
import { useTotals } from "@/core/totals";
import { dataOf, type Column } from "./column";

/** The row below: what the rows above come to, summed by the core. Amounts in several currencies have no sum. */
export function Totals<Row>({ columns, rows, all, marks }: { columns: Column<Row>[]; rows: Row[]; all: boolean; marks: boolean }) {
  const t = useText();
  const asked = useMemo(
    () =>
      columns.flatMap((column) => {
        const [datum] = dataOf(column);
        if (!column.total || !datum) return [];
        const currencies = new Set(rows.map((row) => column.total?.currency?.(row) ?? null).filter((code) => code !== null));
        if (currencies.size > 1) return [];
        const values = rows.map(datum.value).filter((value) => value !== null);
        // Nothing known is not zero.
        return values.length === 0 ? [] : [{ id: column.id, query: { values, currency: [...currencies][0] ?? null, bare: column.total.bare ?? false } }];
      }),
    [columns, rows],
  );
  const query = useMemo(() => ({ columns: asked.map((column) => column.query) }), [asked]);
  const totals = useTotals(query);
  if (asked.length === 0) return null;
  return (
    <tr className="total">
      {marks ? <td className="check-cell" /> : null}
      {columns.map((column, index) => {
        const at = asked.findIndex((item) => item.id === column.id);
        const total = at < 0 ? null : totals?.[at];
        return (
          <td key={column.id} className={column.align === "right" ? "num" : undefined} title={total?.exact}>
            {index === 0 ? (all ? t("total") : t("table-total-shown", { count: rows.length })) : (total?.text ?? "")}
          </td>
        );
      })}
    </tr>
  );
}
