import { memo, type ReactNode } from "react";
import { placesOf, type Column } from "./column";

export interface RowActions<Row> {
  onOpen: ((row: Row) => void) | undefined;
  onFocus: (index: number) => void;
  onMark: (key: string, extend: boolean) => void;
}

interface BodyRowProps<Row> {
  row: Row;
  index: number;
  rowKey: string;
  columns: Column<Row>[];
  places: Map<string, number>;
  /** It is the one shown elsewhere. */
  current: boolean;
  /** The one row of the table that Tab stops at. */
  stop: boolean;
  /** Null where rows are not marked. */
  marked: boolean | null;
  markLabel: string;
  counted: boolean;
  under: ReactNode;
  actions: RowActions<Row>;
}

/** Drawn anew only when something of it has changed: scrolling draws the rows that come, and no others. */
export const BodyRow = memo(function BodyRow<Row>({ row, index, rowKey, columns, places, current, stop, marked, markLabel, counted, under, actions }: BodyRowProps<Row>) {
  const classes = `${actions.onOpen ? "openable" : ""}${current ? " selected" : ""}${marked ? " marked" : ""}`;
  return (
    <>
      <tr
        data-index={index}
        data-key={rowKey}
        aria-rowindex={counted ? index + 2 : undefined}
        aria-current={current ? "true" : undefined}
        tabIndex={stop ? 0 : -1}
        className={classes}
        onFocus={() => actions.onFocus(index)}
        onClick={(event) => {
          if (event.target instanceof HTMLElement && event.target.closest("button, a, input, select, .check-cell")) return;
          actions.onOpen?.(row);
        }}
      >
        {marked === null ? null : (
          <td className="check-cell" onClick={(event) => actions.onMark(rowKey, event.shiftKey)}>
            {/* The cell around it takes the click: it is larger. */}
            <input type="checkbox" className="row-check" tabIndex={-1} aria-label={markLabel} checked={marked} readOnly />
          </td>
        )}
        {columns.map((column) => (
          <td key={column.id} className={column.align === "right" ? "num" : undefined}>
            {column.cell(row)}
            {column.digits ? <Pad shown={column.digits(row)} places={places.get(column.id) ?? 0} /> : null}
          </td>
        ))}
      </tr>
      {under === null ? null : <tr className="detail"><td colSpan={columns.length + (marked === null ? 0 : 1)}>{under}</td></tr>}
    </>
  );
}) as <Row>(props: BodyRowProps<Row>) => ReactNode;

/** Room for the places a number does not have, so that points stand under each other. */
function Pad({ shown, places }: { shown: string; places: number }) {
  const own = placesOf(shown);
  const missing = places - own;
  if (missing <= 0 || !/\d/.test(shown)) return null;
  return <span className="places" aria-hidden="true">{`${own === 0 ? "." : ""}${"0".repeat(missing)}`}</span>;
}
