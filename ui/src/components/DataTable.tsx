import type { ColumnSizingState } from "@tanstack/react-table";
import { useDeferredValue, useMemo, type ReactNode } from "react";
import { usePersisted } from "@/core/usePersisted";
import { useText } from "@/core/text";
import { Body } from "./table/Body";
import { longestPlaces, type Column } from "./table/column";
import { Head } from "./table/Head";
import { CHECKS, chosenColumns, fittingColumns, needed, useRoom, type ColumnChoice } from "./table/layout";
import { RowIndex, useRanksAhead, type Sorting } from "./table/order";
import { Tools, type BulkAction } from "./table/Tools";
import { Totals } from "./table/Totals";
import { useSelection } from "./table/useSelection";
import "./DataTable.css";

export type { Column } from "./table/column";
export { dayDatum, instantDatum, moneyDatum, numberDatum, shareDatum, textDatum } from "./table/column";
export type { BulkAction } from "./table/Tools";

interface DataTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Remembers filter, sort, columns, widths and saved views under this name. */
  storageKey: string;
  onOpen?: (row: Row) => void;
  selected?: string | null;
  /** What stands under a row that is open in place; null is nothing. */
  detail?: (row: Row) => ReactNode;
  /** Fills its parent and scrolls inside, drawing only what is visible. */
  fill?: boolean;
  /** Rows below that the page has from the core; it takes the place of totals. */
  footer?: (columns: Column<Row>[]) => ReactNode;
  testid?: string;
  initialSort?: Sorting;
  /** A table within a page: no tools above it. */
  compact?: boolean;
  /** The page has a filter of its own. */
  ownFilter?: boolean;
  /** Instead of the count of rows. */
  note?: ReactNode;
  /** Rows can be marked; what can be done with them beside copy and export. */
  bulk?: BulkAction<Row>[];
}

const NO_SORT: Sorting[] = [];
const NO_ROWS: never[] = [];

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, storageKey, fill = false, footer, compact = false, testid = storageKey } = props;
  const t = useText();
  const [sorting, setSorting] = usePersisted<Sorting[]>(`table.${storageKey}.sort`, props.initialSort ? [props.initialSort] : NO_SORT);
  const [sizing, setSizing] = usePersisted<ColumnSizingState>(`table.${storageKey}.widths`, {});
  const [choice, setChoice] = usePersisted<ColumnChoice>(`table.${storageKey}.columns`, {});
  const [filter, setFilter] = usePersisted<string>(`table.${storageKey}.filter`, "");
  const selection = useSelection();
  const marks = !compact && props.bulk !== undefined;
  const filters = !compact && props.ownFilter !== true;

  const { scroller, room } = useRoom();
  const chosen = useMemo(() => chosenColumns(props.columns, choice), [props.columns, choice]);
  const columns = useMemo(() => fittingColumns(chosen, sizing, choice, room - (marks ? CHECKS : 0)), [chosen, sizing, choice, room, marks]);

  // The letters typed are shown at once; the rows follow.
  const wanted = useDeferredValue(filters ? filter : "");
  const [first] = sorting;
  const index = useMemo(() => new RowIndex(rows, props.columns, t.lang), [rows, props.columns, t.lang]);
  useRanksAhead(index, rows.length);
  const shown = useMemo(() => index.order(wanted, first).map((at) => rows[at] as Row), [index, wanted, first, rows]);
  const places = useMemo(() => longestPlaces(props.columns, rows), [props.columns, rows]);
  const marked = useMemo(() => (selection.chosen.size === 0 ? NO_ROWS : shown.filter((row) => selection.chosen.has(rowKey(row)))), [selection.chosen, shown, rowKey]);

  return (
    <>
      {compact ? null : (
        <Tools
          label={label}
          columns={props.columns}
          shown={chosen}
          total={rows.length}
          rows={shown}
          marked={marked}
          filter={filter}
          onFilter={filters ? setFilter : null}
          onSearching={() => index.searchable()}
          choice={choice}
          onChoice={setChoice}
          view={{ filter: filters ? filter : "", sorting, choice }}
          onView={(view) => {
            setFilter(view.filter);
            setSorting(view.sorting);
            setChoice(view.choice);
          }}
          storageKey={storageKey}
          bulk={props.bulk ?? NO_ROWS}
          onUnmark={() => selection.set([])}
          note={props.note}
          fill={fill}
          testid={testid}
        />
      )}
      <div ref={scroller} className={fill ? "table-scroll fill" : "table-scroll"} data-testid={testid} {...(props.onOpen ? { "data-opens": "" } : {})}>
        <table className={marks ? "data-table with-checks" : "data-table"} aria-label={label} aria-rowcount={shown.length} style={{ minWidth: needed(columns, sizing) + (marks ? CHECKS : 0) }}>
          <Head
            columns={columns}
            sizing={sizing}
            onSizing={setSizing}
            sorting={first}
            onSort={(next) => setSorting(next ? [next] : NO_SORT)}
            marked={marks ? (marked.length === 0 ? false : marked.length === shown.length ? true : "some") : null}
            onMarkAll={(on) => selection.set(on ? shown.map(rowKey) : [])}
          />
          <Body
            rows={shown}
            rowKey={rowKey}
            columns={columns}
            places={places}
            scroller={scroller}
            fill={fill}
            onOpen={props.onOpen}
            current={props.selected ?? null}
            detail={props.detail}
            selection={marks ? selection : null}
          />
          {footer ? <tfoot>{footer(columns)}</tfoot> : compact ? null : <tfoot><Totals columns={columns} rows={shown} all={shown.length === rows.length} marks={marks} /></tfoot>}
        </table>
        {shown.length === 0 && rows.length > 0 ? <p className="table-none" role="status">{t("table-none", { text: wanted.trim() })}</p> : null}
      </div>
    </>
  );
}

/** A cell's text with the whole of it on hover when it is cut. */
export function Clip({ children, note }: { children: string; note?: ReactNode }) {
  return (
    <span className="clip">
      <span className="truncate" title={children}>{children}</span>
      {note}
    </span>
  );
}
