import { Columns3 } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Checks";
import { DataTable, type Column } from "@/components/DataTable";
import { Popover } from "@/components/Menu";
import { Sparkline } from "@/components/Sparkline";
import { compareDecimals } from "@/core/decimal";
import { useFormat, type Format } from "@/core/format";
import { usePersisted } from "@/core/usePersisted";
import { useText, type Text } from "@/core/text";
import type { EconomicsRow, EconomicsView, ExplainKey, Money } from "@/core/types";

interface Measure {
  id: string;
  header: string;
  term: string;
  width: number;
  /** Gives way where the window is narrow. */
  optional?: boolean;
  /** The figure `explain` is asked for. */
  figure: string;
  text: (row: EconomicsRow) => string;
  full?: (row: EconomicsRow) => string;
  sort: (a: EconomicsRow, b: EconomicsRow) => number;
}

const DEFAULT = ["sessions", "spend", "cost-per-session", "cost-per-successful-session", "cache-hit-share", "change", "trend"];
const amountOf = (money: Money | null): string | null => money?.amount ?? null;
const byNumber = (a: number | null, b: number | null): number => (a === null || b === null ? (a === b ? 0 : a === null ? 1 : -1) : a - b);

function measures(t: Text, format: Format, currency: string): Measure[] {
  const count = (id: string, of: (row: EconomicsRow) => string | null, width = 104): Measure => ({
    id, header: t(`measure-${id}`), term: id, width, figure: id, text: (row) => format.count(of(row)), sort: (a, b) => compareDecimals(of(a), of(b)),
  });
  const written = (id: string) => (row: EconomicsRow): string => row.texts[id] ?? "—";
  const money = (id: string, of: (row: EconomicsRow) => Money | null, width: number): Measure => ({
    id, header: t(`measure-${id}`, { currency }), term: id, width, figure: id,
    text: written(id), full: (row) => format.moneyExact(of(row)),
    sort: (a, b) => compareDecimals(amountOf(of(a)), amountOf(of(b))),
  });
  return [
    count("requests", (row) => row.requests),
    { ...count("sessions", (row) => row.sessions), optional: true },
    count("successful-sessions", (row) => row.successfulSessions, 132),
    money("spend", (row) => row.spend, 112),
    { id: "share", header: t("measure-share"), term: "spend-share", width: 84, figure: "spend", text: written("share"), sort: (a, b) => byNumber(a.share, b.share) },
    { ...money("cost-per-session", (row) => row.costPerSession, 112), optional: true },
    money("cost-per-successful-session", (row) => row.costPerSuccessfulSession, 178),
    money("cost-per-request", (row) => row.costPerRequest, 116),
    money("cost-per-1k-tokens", (row) => row.costPer1kTokens, 124),
    count("tokens", (row) => row.tokensTotal, 140),
    count("tokens-per-session", (row) => row.tokensPerSession, 128),
    { id: "cache-hit-share", header: t("measure-cache-hit-share"), term: "cache-hit-share", width: 92, optional: true, figure: "cache-hit-share", text: written("cache-hit-share"), sort: (a, b) => byNumber(a.cacheHitShare, b.cacheHitShare) },
    { id: "output-input-ratio", header: t("measure-output-input-ratio"), term: "output-input-ratio", width: 112, figure: "output-input-ratio", text: written("output-input-ratio"), sort: (a, b) => byNumber(a.outputInputRatio, b.outputInputRatio) },
  ];
}

interface TableProps {
  view: EconomicsView;
  onExplain: (key: ExplainKey) => void;
  selected: string[] | null;
}

export function EconomicsTable({ view, onExplain, selected }: TableProps) {
  const t = useText();
  const format = useFormat();
  const [shown, setShown] = usePersisted<string[]>("economics.columns", DEFAULT);
  const previous = view.previous?.label ?? null;

  const all = useMemo(() => measures(t, format, view.currency), [t, format, view.currency]);
  const columns = useMemo<Column<EconomicsRow>[]>(() => {
    const figure = (row: EconomicsRow, { figure: key, text, full }: Measure): ReactNode => {
      const shown = text(row);
      if (shown === "—" || shown === "") return <span className="faint">—</span>;
      // How much of what is counted the figure covers, where that is not all of it.
      const share = row.texts[`${key}-coverage`] ?? "";
      const title = [full?.(row) ?? "", share === "" ? "" : t(`coverage-${key}`, { share })].filter((part) => part !== "").join(". ");
      return (
        <button type="button" className="figure-button" title={title === "" ? undefined : title} tabIndex={-1} onClick={() => onExplain({ figure: key, row: row.keys })}>
          {share === "" ? null : <span className="coverage">{t("coverage-of", { share })} </span>}
          {shown}
        </button>
      );
    };
    // Room for the coverage only where there is one: without, nothing is wider than it was.
    const drawn = [...view.rows, view.other, view.total].filter((row) => row !== null);
    const widthOf = ({ width, figure: key }: Measure): number => (drawn.some((row) => row.texts[`${key}-coverage`] !== undefined) ? width + 60 : width);
    return [
      ...view.dimensions.map((dimension, index): Column<EconomicsRow> => ({
        id: `key-${index}`, header: t(`dimension-heading-${dimension}`),
        cell: (row) => <span className={row.labels[index] ? "truncate" : "truncate faint"} title={row.labels[index]}>{row.labels[index] || t("not-given")}</span>,
        sort: (a, b) => (a.labels[index] ?? "").localeCompare(b.labels[index] ?? ""),
      })),
      ...all.filter((measure) => shown.includes(measure.id)).map((measure): Column<EconomicsRow> => ({
        id: measure.id, header: measure.header, term: measure.term, width: widthOf(measure), ...(measure.optional ? { optional: true } : {}), align: "right",
        cell: (row) => figure(row, measure), sort: measure.sort,
      })),
      ...(shown.includes("change") ? [{
        id: "change", header: previous ? t("measure-change-on", { period: previous }) : t("measure-change"), term: "change", width: 150, align: "right" as const,
        cell: (row: EconomicsRow) => <span className={`tone-${row.change?.tone ?? "muted"}`}>{row.change?.text ?? "—"}</span>,
        sort: (a: EconomicsRow, b: EconomicsRow) => byNumber(a.change?.ratio ?? null, b.change?.ratio ?? null),
      }] : []),
      ...(shown.includes("trend") ? [{
        id: "trend", header: t("measure-trend"), term: "trend", width: 104, optional: true,
        cell: (row: EconomicsRow) => <Sparkline values={row.trend} label={t("trend-label", { name: row.labels.join(" · ") || t("not-given") })} />,
      }] : []),
    ];
  }, [all, shown, view, previous, t, onExplain]);

  const footer = (visible: Column<EconomicsRow>[], row: EconomicsRow, name: string, className: string) => (
    <tr className={className} key={name}>
      {visible.map((column, index) => (
        <td key={column.id} className={column.align === "right" ? "num" : undefined}>
          {column.id.startsWith("key-") ? (index === 0 ? name : "") : column.cell(row)}
        </td>
      ))}
    </tr>
  );
  const hidden = view.rowsTotal - view.rows.length;

  return (
    <section className="economics-table" aria-label={t("economics-table")}>
      <div className="table-tools">
        <span className="section-note grow">{hidden > 0 ? t("economics-shown", { shown: view.rows.length, total: view.rowsTotal }) : t("economics-rows", { count: view.rowsTotal })}</span>
        <Popover label={t("columns")} trigger={<Button look="quiet" icon={<Columns3 />} data-testid="economics-columns">{t("columns")}</Button>}>
          <div className="column-choice">
            {[...all.map((item) => ({ id: item.id, header: item.header })), { id: "change", header: t("measure-change") }, { id: "trend", header: t("measure-trend") }].map((item) => (
              <Checkbox key={item.id} label={item.header} checked={shown.includes(item.id)} onChange={(on) => setShown(on ? [...shown, item.id] : shown.filter((id) => id !== item.id))} />
            ))}
          </div>
        </Popover>
      </div>
      <DataTable
        label={t("economics-table")}
        columns={columns}
        rows={view.rows}
        rowKey={keyOf}
        storageKey={`economics.${view.dimensions.length}`}
        selected={selected ? selected.join("\u0000") : null}
        onOpen={(row) => onExplain({ figure: "spend", row: row.keys })}
        testid="economics-table"
        footer={(visible) => (
          <>
            {view.other ? footer(visible, view.other, t("other"), "rest") : null}
            {view.total ? footer(visible, view.total, t("total"), "total") : null}
          </>
        )}
      />
    </section>
  );
}

const keyOf = (row: EconomicsRow): string => row.keys.join("\u0000");
