/** The months as a spreadsheet takes them: exact amounts, one unit per column. */
import type { Text } from "@/core/text";
import type { Cell, CauseKind, Money, ReconciliationView, TableSpec, VendorMonthView } from "@/core/types";

const CAUSES: CauseKind[] = ["not-metered", "other-kinds", "unpriced", "not-billed", "neighbouring"];
const cell = (text: string): Cell => ({ text, tone: "plain" });
const amount = (money: Money | null | undefined): Cell => cell(money?.amount ?? "");

export function tableOf(t: Text, { months, currency }: ReconciliationView): TableSpec {
  const money = (title: string, of: (row: VendorMonthView) => Money | null | undefined) => ({ title: `${title}, ${currency}`, right: true, cell: (row: VendorMonthView) => amount(of(row)) });
  const text = (title: string, of: (row: VendorMonthView) => string, right = false) => ({ title, right, cell: (row: VendorMonthView) => cell(of(row)) });
  const columns = [
    text(t("vendor"), (row) => row.vendor),
    text(t("reconciliation-month"), (row) => row.month),
    money(t("reconciliation-computed"), (row) => row.computed),
    money(t("reconciliation-reported"), (row) => row.reported),
    money(t("reconciliation-billed"), (row) => row.billed),
    money(t("reconciliation-metered"), (row) => row.metered),
    money(t("reconciliation-difference"), (row) => row.difference),
    text(t("reconciliation-share"), (row) => (row.share === null ? "" : String(row.share)), true),
    text(t("reconciliation-past"), (row) => (row.flagged ? t(row.lumpSum ? "reconciliation-state-lump-sum" : "reconciliation-state-past") : "")),
    ...CAUSES.map((kind) => money(t(`cause-${kind}`), (row) => row.causes.find((cause) => cause.kind === kind)?.amount)),
    money(t("cause-remainder"), (row) => row.remainder),
    money(t("tile-spend"), (row) => row.spend),
  ];
  return {
    columns: columns.map(({ title, right }) => ({ title, align: right ? "right" : "left", weight: 1 })),
    rows: months.map((row) => columns.map((column) => column.cell(row))),
    total: null,
  };
}
