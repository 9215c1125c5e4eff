import {
  columnResizingFeature,
  columnSizingFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ColumnSizingState,
  type SortingState,
  type Updater,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { usePersisted } from "@/core/usePersisted";
import { useText } from "@/core/text";
import { Term, Tooltip } from "./Tooltip";
import "./DataTable.css";

export interface Column<Row> {
  id: string;
  header: string;
  /** Fluent `term-<id>` for the header. */
  term?: string;
  align?: "left" | "right";
  /** Pixels; without it the column takes what is left. */
  width?: number;
  /** What a column without a width needs at least. */
  min?: number;
  /** Left out, last first, where the window is too narrow for all columns. */
  optional?: boolean;
  cell: (row: Row) => ReactNode;
  /** Order of two rows; without it the column does not sort. */
  sort?: (a: Row, b: Row) => number;
}

interface DataTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Remembers sort and widths under this name. */
  storageKey: string;
  onOpen?: (row: Row) => void;
  selected?: string | null;
  /** What stands under a row that is open in place; null is nothing. */
  detail?: (row: Row) => ReactNode;
  /** Fills its parent and scrolls inside, drawing only what is visible. */
  fill?: boolean;
  footer?: (columns: Column<Row>[]) => ReactNode;
  testid?: string;
  initialSort?: { id: string; desc: boolean };
}

const features = tableFeatures({
  rowSortingFeature,
  columnSizingFeature,
  columnResizingFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

const ROW = 32;
const resolve = <T,>(updater: Updater<T>, old: T): T => (typeof updater === "function" ? (updater as (value: T) => T)(old) : updater);

const FLEXIBLE = 130;

const needed = <Row,>(columns: Column<Row>[], sizing: ColumnSizingState): number =>
  columns.reduce((sum, column) => sum + (sizing[column.id] ?? column.width ?? column.min ?? FLEXIBLE), 0);

function fitting<Row>(columns: Column<Row>[], sizing: ColumnSizingState, room: number): Column<Row>[] {
  let kept = columns;
  while (room > 0 && needed(kept, sizing) > room) {
    const last = kept.findLast((column) => column.optional);
    if (!last) return kept;
    kept = kept.filter((column) => column !== last);
  }
  return kept;
}

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, rowKey, storageKey, onOpen, selected, fill = false, footer, detail } = props;
  const t = useText();
  const [sorting, setSorting] = usePersisted<SortingState>(`table.${storageKey}.sort`, props.initialSort ? [props.initialSort] : []);
  const [sizing, setSizing] = usePersisted<ColumnSizingState>(`table.${storageKey}.widths`, {});
  const [active, setActive] = useState(0);
  const opens = onOpen !== undefined;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [room, setRoom] = useState(0);
  const columns = useMemo(() => fitting(props.columns, sizing, room), [props.columns, sizing, room]);
  const minWidth = needed(columns, sizing);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    setRoom(element.clientWidth);
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const defs = useMemo<ColumnDef<Features, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => row,
        size: column.width ?? 160,
        minSize: 48,
        enableSorting: column.sort !== undefined,
        sortFn: (a: { original: Row }, b: { original: Row }) => column.sort?.(a.original, b.original) ?? 0,
      })),
    [columns],
  );
  const table = useTable<Features, Row>({
    features,
    columns: defs,
    data: rows,
    getRowId: (row) => rowKey(row),
    columnResizeMode: "onChange",
    state: { sorting, columnSizing: sizing },
    onSortingChange: (next) => setSorting(resolve(next, sorting)),
    onColumnSizingChange: (next) => setSizing(resolve(next, sizing)),
  });
  const sorted = table.getRowModel().rows;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];

  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    enabled: fill,
    initialRect: { width: 800, height: 640 },
  });
  const measured = virtual.getVirtualItems();
  // Before the first measurement a screenful is drawn, so that nothing flashes.
  const items = fill && measured.length > 0 ? measured.map((item) => item.index) : sorted.slice(0, fill ? 40 : undefined).map((_, index) => index);
  const before = measured[0]?.start ?? 0;
  const after = fill ? Math.max(0, virtual.getTotalSize() - (measured.at(-1)?.end ?? items.length * ROW)) : 0;

  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(sorted.length - 1, index));
    setActive(next);
    if (fill) virtual.scrollToIndex(next);
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest("input, select, textarea")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, number> = {
      j: active + 1, ArrowDown: active + 1, k: active - 1, ArrowUp: active - 1,
      Home: 0, End: sorted.length - 1, PageDown: active + 12, PageUp: active - 12,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focusRow(to);
    } else if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.tagName === "TR") {
      const row = sorted[active];
      if (row && onOpen) onOpen(row.original);
    }
  };

  // j and k begin at the page's first table that opens something, wherever the focus was lost.
  const enter = useRef(focusRow);
  useEffect(() => {
    enter.current = focusRow;
  });
  useEffect(() => {
    if (!opens) return;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.key !== "j" && event.key !== "k") || (document.activeElement !== null && document.activeElement !== document.body)) return;
      if (document.querySelector("[data-opens]") !== scroller.current) return;
      event.preventDefault();
      enter.current(active);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [opens, active]);

  return (
    <div ref={scroller} className={fill ? "table-scroll fill" : "table-scroll"} data-testid={props.testid} {...(opens ? { "data-opens": "" } : {})}>
      <table className="data-table" aria-label={props.label} aria-rowcount={sorted.length} style={{ minWidth }}>
        <colgroup>
          {headers.map((header, index) => {
            const chosen = sizing[header.column.id];
            const width = chosen ?? columns[index]?.width;
            return <col key={header.id} style={width ? { width } : undefined} />;
          })}
        </colgroup>
        <thead>
          <tr>
            {headers.map((header, index) => {
              const column = columns[index];
              if (!column) return null;
              const order = header.column.getIsSorted();
              const name = column.term ? <Term id={column.term}>{column.header}</Term> : column.header;
              return (
                <th
                  key={header.id}
                  scope="col"
                  className={column.align === "right" ? "num" : undefined}
                  aria-sort={order === "asc" ? "ascending" : order === "desc" ? "descending" : undefined}
                >
                  {header.column.getCanSort() ? (
                    <Explained term={column.term}>
                      <button type="button" className="sort" onClick={header.column.getToggleSortingHandler()}>
                        {order && column.align === "right" ? <Arrow order={order} /> : null}
                        <span className="truncate" title={column.header}>{column.header}</span>
                        {order && column.align !== "right" ? <Arrow order={order} /> : null}
                      </button>
                    </Explained>
                  ) : (
                    <span className="truncate th-plain" title={column.header}>{name === "" ? <span className="visually-hidden">{t("actions")}</span> : name}</span>
                  )}
                  <span
                    className={header.column.getIsResizing() ? "resizer on" : "resizer"}
                    aria-hidden="true"
                    onPointerDown={(event) => header.getResizeHandler()(event)}
                    onMouseDown={header.getResizeHandler()}
                    onDoubleClick={() => header.column.resetSize()}
                  />
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {before > 0 ? <tr aria-hidden="true" style={{ height: before }}><td colSpan={columns.length} className="spacer" /></tr> : null}
          {items.map((index) => {
            const row = sorted[index];
            if (!row) return null;
            const on = selected !== undefined && selected === row.id;
            const under = detail?.(row.original) ?? null;
            return (
              <Fragment key={row.id}>
                <tr
                  data-index={index}
                  data-key={row.id}
                  aria-rowindex={fill ? index + 2 : undefined}
                  aria-current={on ? "true" : undefined}
                  tabIndex={index === Math.min(active, sorted.length - 1) ? 0 : -1}
                  className={`${onOpen ? "openable" : ""}${on ? " selected" : ""}`}
                  onFocus={() => setActive(index)}
                  onClick={(event) => {
                    if (event.target instanceof HTMLElement && event.target.closest("button, a, input, select")) return;
                    onOpen?.(row.original);
                  }}
                >
                  {columns.map((column) => (
                    <td key={column.id} className={column.align === "right" ? "num" : undefined}>
                      {column.cell(row.original)}
                    </td>
                  ))}
                </tr>
                {under === null ? null : <tr className="detail"><td colSpan={columns.length}>{under}</td></tr>}
              </Fragment>
            );
          })}
          {after > 0 ? <tr aria-hidden="true" style={{ height: after }}><td colSpan={columns.length} className="spacer" /></tr> : null}
        </tbody>
        {footer ? <tfoot>{footer(columns)}</tfoot> : null}
      </table>
    </div>
  );
}

/** A header that sorts explains its term itself, on hover and on focus. */
function Explained({ term, children }: { term: string | undefined; children: ReactElement }) {
  const t = useText();
  return term && t.has(`term-${term}`) ? <Tooltip text={t(`term-${term}`)}>{children}</Tooltip> : children;
}

function Arrow({ order }: { order: "asc" | "desc" }) {
  return order === "asc" ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />;
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
