import {
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ColumnSizingState,
  type Updater,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useMemo, type ReactElement } from "react";
import { useText } from "@/core/text";
import { Term, Tooltip } from "../Tooltip";
import type { Column } from "./column";
import { CHECKS } from "./layout";
import type { Sorting } from "./order";

/** Widths alone: it would make an object for each row at each sort. Rows are put in order in order.ts. */
const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
type Features = typeof features;
const NO_ROWS: object[] = [];

interface HeadProps<Row> {
  columns: Column<Row>[];
  sizing: ColumnSizingState;
  onSizing: (next: ColumnSizingState) => void;
  sorting: Sorting | undefined;
  onSort: (next: Sorting | null) => void;
  /** Null where rows are not marked; otherwise whether all are, none, or some. */
  marked: boolean | "some" | null;
  onMarkAll: (on: boolean) => void;
}

/** Up, down, as it came. */
const nextSorting = (id: string, sorting: Sorting | undefined): Sorting | null =>
  sorting?.id !== id ? { id, desc: false } : sorting.desc ? null : { id, desc: true };

/** The columns with their widths, and their header row. */
export function Head<Row>({ columns, sizing, onSizing, sorting, onSort, marked, onMarkAll }: HeadProps<Row>) {
  const t = useText();
  const defs = useMemo<ColumnDef<Features, object>[]>(() => columns.map((column) => ({ id: column.id, accessorFn: (row: object) => row, size: column.width ?? 160, minSize: 48 })), [columns]);
  const table = useTable<Features, object>({
    features,
    columns: defs,
    data: NO_ROWS,
    columnResizeMode: "onChange",
    state: { columnSizing: sizing },
    onColumnSizingChange: (next: Updater<ColumnSizingState>) => onSizing(typeof next === "function" ? next(sizing) : next),
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <>
      <colgroup>
        {marked === null ? null : <col style={{ width: CHECKS }} />}
        {columns.map((column) => {
          const width = sizing[column.id] ?? column.width;
          return <col key={column.id} style={width ? { width } : undefined} />;
        })}
      </colgroup>
      <thead>
        <tr>
          {marked === null ? null : (
            <th scope="col" className="check-cell">
              <input
                type="checkbox"
                className="row-check"
                aria-label={t("table-select-all")}
                checked={marked === true}
                ref={(box) => {
                  if (box) box.indeterminate = marked === "some";
                }}
                onChange={(event) => onMarkAll(event.target.checked)}
                data-testid="table-select-all"
              />
            </th>
          )}
          {headers.map((header, index) => {
            const column = columns[index];
            if (!column) return null;
            const order = sorting?.id === column.id && column.sort !== undefined ? (sorting.desc ? "desc" : "asc") : null;
            const name = column.term ? <Term id={column.term}>{column.header}</Term> : column.header;
            return (
              <th
                key={header.id}
                scope="col"
                className={column.align === "right" ? "num" : undefined}
                aria-sort={order === "asc" ? "ascending" : order === "desc" ? "descending" : undefined}
              >
                {column.sort !== undefined ? (
                  <Explained term={column.term}>
                    <button type="button" className="sort" onClick={() => onSort(nextSorting(column.id, sorting))}>
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
    </>
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
