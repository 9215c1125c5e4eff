import { useMemo, useState } from "react";
import { DataTable, type BulkAction } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { priceColumns } from "@/components/priceColumns";
import { prices } from "@/core/dev/records";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { PriceRow } from "@/core/types";

const ROWS = 20_000;
const keyOf = (row: PriceRow): string => row.id;
const NO_BULK: BulkAction<PriceRow>[] = [];

/** A book of twenty thousand prices, no two names the same, in no order: what `./dev bench` measures the table on. */
function book(): PriceRow[] {
  const [model] = prices;
  if (!model) return [];
  let seed = 1;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  return Array.from({ length: ROWS }, (_, at) => {
    const rate = (): string => `${next(60)}.${String(next(100_000)).padStart(5, "0")}`;
    const rates = { ...model.rates, input: rate(), output: rate(), cacheRead: next(3) === 0 ? null : rate() };
    return { ...model, id: `p${at}` as PriceRow["id"], model: `${["glass", "harbor", "lumen", "Northwind"][next(4)] ?? ""}-${next(1_000_000)}-${at}`, provider: `vendor ${next(40)}`, rates };
  });
}

export function LargeTable() {
  const t = useText();
  const format = useFormat();
  const [rows] = useState(book);
  const [opened, setOpened] = useState<string | null>(null);
  const columns = useMemo(() => priceColumns(t, format, "book"), [t, format]);
  return (
    <div className="page">
      <PageHeader crumb="Development" title="Large table" />
      <div className="page-fill">
        <DataTable fill label="Large table" columns={columns} rows={rows} rowKey={keyOf} storageKey="large" testid="large" selected={opened} onOpen={(row) => setOpened(row.id)} bulk={NO_BULK} />
      </div>
    </div>
  );
}
