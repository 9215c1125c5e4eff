/** Sums are made by the core: nothing here adds. */
import { useRpc } from "./queries";
import type { ColumnTotal, TotalColumn } from "./types";

/** The sum of each column; undefined until it is there, for an answer to another question has other columns. */
export function useTotals(query: { columns: TotalColumn[] }): (ColumnTotal | null)[] | undefined {
  const totals = useRpc("table_totals", query, { enabled: query.columns.length > 0 });
  return totals.isPlaceholderData ? undefined : totals.data;
}
