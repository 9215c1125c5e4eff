import { ChevronRight } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { Badge } from "@/components/Badge";
import { DataTable, moneyDatum, shareDatum, textDatum, type Column } from "@/components/DataTable";
import { compareDecimals } from "@/core/decimal";
import { useFormat } from "@/core/format";
import { useText, type Text } from "@/core/text";
import type { CauseKind, Money, ReconciliationView, Tone, VendorMonthView } from "@/core/types";
import { MonthDetail } from "./MonthDetail";

const keyOf = (row: VendorMonthView): string => `${row.vendor}/${row.month}`;
const CAUSES: CauseKind[] = ["not-metered", "other-kinds", "unpriced", "not-billed", "neighbouring"];
/** By size: a bill that is too low concerns as much as one that is too high. */
const size = (money: Money | null): string | null => money?.amount.replace(/^-/, "") ?? null;

/** What the months say in one sentence. */
export function finding(t: Text, view: ReconciliationView): string {
  // What may count twice comes first: it is in the spend already.
  const lump = view.months.find((row) => row.lumpSum);
  if (lump) return t("reconciliation-lump-sum", { vendor: vendorName(t, lump), month: lump.monthLabel });
  const flagged = view.months.filter((row) => row.flagged);
  const [first] = flagged;
  if (first) return t("reconciliation-flagged", { count: flagged.length, vendor: vendorName(t, first), month: first.monthLabel });
  if (view.months.some((row) => row.difference)) return t(view.months.some((row) => row.incomplete) ? "reconciliation-agreed-so-far" : "reconciliation-agreed");
  return t(view.months.some((row) => row.billed) ? "reconciliation-only-bills" : "reconciliation-no-bills", { period: view.label });
}

export const vendorName = (t: Text, row: VendorMonthView): string => row.vendorName || t("not-given");

/** One word for how a month stands, with its sign. */
export function stateOf(row: VendorMonthView): { id: string; tone: Tone } {
  if (row.lumpSum) return { id: "lump-sum", tone: "warn" };
  if (row.flagged) return { id: "past", tone: "warn" };
  if (row.incomplete) return { id: "incomplete", tone: "muted" };
  if (row.difference) return { id: "within", tone: "good" };
  if (row.billed) return { id: "is-spend", tone: "plain" };
  if (row.spend === null) return { id: "no-price", tone: "warn" };
  return { id: "no-bill", tone: "muted" };
}

/** Every vendor's months, the largest difference first and open. */
export function MonthsTable({ view }: { view: ReconciliationView }) {
  const t = useText();
  const format = useFormat();
  const { currency } = view;
  const first = view.months[0];
  // Undefined: nobody has opened or closed anything yet, so the largest difference stands open.
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const opened = chosen === undefined ? (first?.difference ? keyOf(first) : null) : chosen;
  const toggle = useCallback((row: VendorMonthView): void => setChosen(opened === keyOf(row) ? null : keyOf(row)), [opened]);

  const columns = useMemo<Column<VendorMonthView>[]>(() => {
    // No amount is cut: a column is as wide as the longest of the page.
    const longest = view.months.flatMap((row) => [row.computed, row.reported, row.billed, row.difference, row.spend]).reduce((length, sum) => Math.max(length, format.amountSigned(sum).length), 0);
    const width = Math.max(94, 20 + longest * 7);
    const money = (id: string, of: (row: VendorMonthView) => Money | null): Column<VendorMonthView> => ({
      id, header: t(`reconciliation-${id}`), term: `reconciliation-${id}`, width, align: "right",
      cell: (row) => <Amount money={of(row)} />,
      data: { ...moneyDatum(of), title: `${t(`reconciliation-${id}`)}, ${currency}` }, sort: true, total: { currency: (row) => of(row)?.currency ?? null, bare: true },
    });
    /** What explains a month, for whoever takes the table elsewhere. */
    const part = (id: string, header: string, of: (row: VendorMonthView) => Money | null | undefined): Column<VendorMonthView> => ({
      id, header, width, align: "right", hidden: true, cell: (row) => <Amount money={of(row) ?? null} />, data: { ...moneyDatum(of), title: `${header}, ${currency}` }, sort: true,
    });
    return [
      {
        id: "vendor", header: t("vendor"), min: 110,
        cell: (row) => (
          <button type="button" className="fold" tabIndex={-1} aria-expanded={opened === keyOf(row)} onClick={() => toggle(row)} data-testid={`fold-${keyOf(row)}`}>
            <ChevronRight aria-hidden="true" />
            <span className="truncate" title={row.vendorName}>{vendorName(t, row)}</span>
          </button>
        ),
        data: textDatum((row) => row.vendorName), sort: true,
      },
      { id: "month", header: t("reconciliation-month"), width: t.lang === "en" ? 84 : 100, cell: (row) => <span className="mut">{row.monthLabel}</span>, data: textDatum((row) => row.month), find: (row) => row.monthLabel, sort: true },
      money("computed", (row) => row.computed),
      money("reported", (row) => row.reported),
      money("billed", (row) => row.billed),
      {
        id: "difference", header: t("reconciliation-difference"), term: "reconciliation-difference", width, align: "right",
        cell: (row) => (row.difference ? <span title={format.moneyExact(row.difference)}>{format.amountSigned(row.difference)}</span> : <span className="faint">—</span>),
        data: { ...moneyDatum((row) => row.difference), title: `${t("reconciliation-difference")}, ${currency}` },
        sort: (a, b) => compareDecimals(size(a.difference), size(b.difference)),
      },
      {
        id: "share", header: t("reconciliation-share"), term: "reconciliation-share", width: 72, align: "right",
        cell: (row) => <span className={row.share === null ? "faint" : row.flagged ? "tone-warn month-flagged" : ""}>{row.shareText ?? "—"}</span>,
        data: shareDatum((row) => row.share),
        sort: (a, b) => Math.abs(a.share ?? 0) - Math.abs(b.share ?? 0),
      },
      { ...money("spend", (row) => row.spend), header: t("tile-spend"), term: "reconciliation-spend", optional: true },
      part("metered", t("reconciliation-metered"), (row) => row.metered),
      ...CAUSES.map((kind) => part(kind, t(`cause-${kind}`), (row) => row.causes.find((cause) => cause.kind === kind)?.amount)),
      part("remainder", t("cause-remainder"), (row) => row.remainder),
      {
        id: "state", header: t("reconciliation-state"), width: t.lang === "en" ? 114 : 108,
        cell: (row) => {
          const { id, tone } = stateOf(row);
          return <Badge tone={tone}>{t(`reconciliation-state-${id}`)}</Badge>;
        },
        data: textDatum((row) => t(`reconciliation-state-${stateOf(row).id}`)),
      },
    ];
  }, [t, format, currency, view.months, opened, toggle]);

  return (
    <section aria-label={t("reconciliation-table")}>
      <div className="row months-head">
        <div className="grow">
          <h2 className="section-title" data-testid="reconciliation-finding">{finding(t, view)}</h2>
          <p className="section-note">{t("reconciliation-note", { period: view.label, currency })}</p>
        </div>
      </div>
      <DataTable
        label={t("reconciliation-table")}
        columns={columns}
        rows={view.months}
        rowKey={keyOf}
        storageKey="reconciliation"
        selected={opened}
        onOpen={toggle}
        detail={(row) => (opened === keyOf(row) ? <MonthDetail row={row} /> : null)}
        testid="reconciliation-table"
      />
      <ul className="footnotes">
        {(["difference", "reported", "spend", "names"] as const).map((id) => <li key={id}>{t(`reconciliation-foot-${id}`)}</li>)}
      </ul>
    </section>
  );
}

function Amount({ money }: { money: Money | null }) {
  const format = useFormat();
  return money ? <span title={format.moneyExact(money)}>{format.amount(money)}</span> : <span className="faint">—</span>;
}
