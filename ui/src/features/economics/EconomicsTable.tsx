import { useMemo, type ReactNode } from "react";
import { DataTable, moneyDatum, numberDatum, shareDatum, textDatum, type Column } from "@/components/DataTable";
import { Sparkline } from "@/components/Sparkline";
import { useFormat, type Format } from "@/core/format";
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
  data: NonNullable<Column<EconomicsRow>["data"]>;
}

const DEFAULT = ["sessions", "spend", "cost-per-session", "cost-per-successful-session", "cache-hit-share", "change", "trend"];

function measures(t: Text, format: Format, currency: string): Measure[] {
  const count = (id: string, of: (row: EconomicsRow) => string | null, width = 104): Measure => ({
    id, header: t(`measure-${id}`), term: id, width, figure: id, text: (row) => format.count(of(row)), data: numberDatum(of),
  });
  const written = (id: string) => (row: EconomicsRow): string => row.texts[id] ?? "—";
  const money = (id: string, of: (row: EconomicsRow) => Money | null, width: number): Measure => ({
    id, header: t(`measure-${id}`, { currency }), term: id, width, figure: id,
    text: written(id), full: (row) => format.moneyExact(of(row)),
    data: moneyDatum(of),
  });
  return [
    count("requests", (row) => row.requests),
    { ...count("sessions", (row) => row.sessions), optional: true },
    count("successful-sessions", (row) => row.successfulSessions, 132),
    money("spend", (row) => row.spend, 112),
    { id: "share", header: t("measure-share"), term: "spend-share", width: 84, figure: "spend", text: written("share"), data: shareDatum((row) => row.share) },
    { ...money("cost-per-session", (row) => row.costPerSession, 112), optional: true },
    money("cost-per-successful-session", (row) => row.costPerSuccessfulSession, 178),
    money("cost-per-request", (row) => row.costPerRequest, 116),
    money("cost-per-1k-tokens", (row) => row.costPer1kTokens, 124),
    count("tokens", (row) => row.tokensTotal, 140),
    count("tokens-per-session", (row) => row.tokensPerSession, 128),
    { id: "cache-hit-share", header: t("measure-cache-hit-share"), term: "cache-hit-share", width: 92, optional: true, figure: "cache-hit-share", text: written("cache-hit-share"), data: shareDatum((row) => row.cacheHitShare) },
    { id: "output-input-ratio", header: t("measure-output-input-ratio"), term: "output-input-ratio", width: 112, figure: "output-input-ratio", text: written("output-input-ratio"), data: numberDatum((row) => row.outputInputRatio) },
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
        <button type="button" className="figure-button" title={title === "" ? undefined : title} tabIndex={row === view.total || row === view.other ? 0 : -1} onClick={() => onExplain({ figure: key, row: row.keys })}>
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
        data: textDatum((row) => row.labels[index] ?? ""), sort: true,
      })),
      ...all.map((measure): Column<EconomicsRow> => ({
        id: measure.id, header: measure.header, term: measure.term, width: widthOf(measure), ...(measure.optional ? { optional: true } : {}), align: "right",
        hidden: !DEFAULT.includes(measure.id), cell: (row) => figure(row, measure), data: measure.data, sort: true as const,
      })),
      {
        id: "change", header: previous ? t("measure-change-on", { period: previous }) : t("measure-change"), term: "change", width: 150, align: "right" as const,
        cell: (row: EconomicsRow) => <span className={`tone-${row.change?.tone ?? "muted"}`}>{row.change?.text ?? "—"}</span>,
        data: shareDatum((row: EconomicsRow) => row.change?.ratio ?? null), sort: true as const,
      },
      {
        id: "trend", header: t("measure-trend"), term: "trend", width: 104, optional: true,
        cell: (row: EconomicsRow) => <Sparkline values={row.trend} label={t("trend-label", { name: row.labels.join(" · ") || t("not-given") })} />,
      },
    ];
  }, [all, view, previous, t, onExplain]);

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
      <DataTable
        label={t("economics-table")}
        columns={columns}
        rows={view.rows}
        rowKey={keyOf}
        ownFilter
        note={hidden > 0 ? t("economics-shown", { shown: view.rows.length, total: view.rowsTotal }) : t("economics-rows", { count: view.rowsTotal })}
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
