import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useText } from "@/core/text";
import { BodyRow, type RowActions } from "./BodyRow";
import { dataOf, type Column } from "./column";
import type { Selection } from "./useSelection";

const ROW = 32;
/** Rows drawn above and below what is seen: as far as a wheel goes in one frame. */
const BEYOND = 16;
const PAGE = 12;

interface BodyProps<Row> {
  rows: Row[];
  rowKey: (row: Row) => string;
  columns: Column<Row>[];
  places: Map<string, number>;
  scroller: RefObject<HTMLDivElement | null>;
  fill: boolean;
  onOpen: ((row: Row) => void) | undefined;
  current: string | null;
  detail: ((row: Row) => ReactNode) | undefined;
  /** Null where rows are not marked. */
  selection: Selection | null;
}

/** Goes on to the next thing in a row that can be used, or back, and from the first back to the row. */
function within(event: KeyboardEvent): boolean {
  const row = event.target instanceof HTMLElement ? event.target.closest("tr") : null;
  if (!row) return false;
  const stops = [row, ...row.querySelectorAll<HTMLElement>("a[href], button:not(:disabled), input:not(:disabled)")];
  const next = stops[stops.findIndex((stop) => stop === event.target) + (event.key === "ArrowRight" ? 1 : -1)];
  next?.focus();
  return next !== undefined;
}

/** The rows: those that can be seen, walked and marked by keyboard. */
export function Body<Row>({ rows, rowKey, columns, places, scroller, fill, onOpen, current, detail, selection }: BodyProps<Row>) {
  const t = useText();
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  // Keys follow each other faster than rows are drawn: where the keyboard is, is known at once.
  const at = useRef(0);
  const wanted = useRef<number | null>(null);
  const opens = onOpen !== undefined;

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: BEYOND,
    enabled: fill,
    initialRect: { width: 800, height: 640 },
  });
  const measured = virtual.getVirtualItems();
  // Before the first measurement a screenful is drawn, so that nothing flashes.
  const items = fill && measured.length > 0 ? measured.map((item) => item.index) : rows.slice(0, fill ? 40 : undefined).map((_, index) => index);
  const before = measured[0]?.start ?? 0;
  const after = fill ? Math.max(0, virtual.getTotalSize() - (measured.at(-1)?.end ?? items.length * ROW)) : 0;

  const focusDrawn = (): void => {
    if (wanted.current === null) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus();
  };
  // A row further away has to be drawn first.
  useLayoutEffect(focusDrawn);
  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    at.current = next;
    wanted.current = next;
    setActive(next);
    if (fill) virtual.scrollToIndex(next);
    focusDrawn();
  };
  const openActive = (): void => {
    const row = rows[at.current];
    if (row) onOpen?.(row);
  };

  const mark = (event: KeyboardEvent): boolean => {
    if (!selection) return false;
    const row = rows[at.current];
    if (event.key === " " && row) selection.toggle(rowKey(row));
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") selection.set(rows.map(rowKey));
    else if (event.key === "Escape" && selection.chosen.size > 0) selection.set([]);
    else if (event.shiftKey && (event.key === "ArrowDown" || event.key === "ArrowUp") && row) {
      // The first one is marked where it stands; from then on the span grows.
      selection.extendTo(rowKey(row), rows.map(rowKey));
      focusRow(at.current + (event.key === "ArrowDown" ? 1 : -1));
      const next = rows[at.current];
      if (next) selection.extendTo(rowKey(next), rows.map(rowKey));
    } else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest("input:not(.row-check), select, textarea")) return;
    const onRow = event.target instanceof HTMLElement && event.target.closest("button, a") === null;
    if (onRow && mark(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && within(event)) {
      event.preventDefault();
      return;
    }
    const moves: Record<string, number> = {
      j: at.current + 1, ArrowDown: at.current + 1, k: at.current - 1, ArrowUp: at.current - 1,
      Home: 0, End: rows.length - 1, PageDown: at.current + PAGE, PageUp: at.current - PAGE,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focusRow(to);
    } else if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.tagName === "TR") {
      openActive();
    }
  };

  // j and k begin at the page's first table that opens something, wherever the focus was lost.
  const latest = useRef({ focusRow, openActive });
  useEffect(() => {
    latest.current = { focusRow, openActive };
  });
  useEffect(() => {
    if (!opens) return;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      if (document.querySelector("[data-opens]") !== scroller.current) return;
      if (event.key === "j" || event.key === "k") {
        event.preventDefault();
        latest.current.focusRow(at.current);
      } else if (event.key === "Enter" && wanted.current !== null) {
        // The row is on its way and the key already here.
        event.preventDefault();
        latest.current.openActive();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [opens, scroller]);

  const onFocus = useCallback((index: number): void => {
    at.current = index;
    setActive(index);
  }, []);
  const onMark = useCallback(
    (key: string, extend: boolean): void => (extend ? selection?.extendTo(key, rows.map(rowKey)) : selection?.toggle(key)),
    [selection, rows, rowKey],
  );
  const actions = useMemo<RowActions<Row>>(() => ({ onOpen, onFocus, onMark }), [onOpen, onFocus, onMark]);
  const stop = Math.min(active, rows.length - 1);
  const width = columns.length + (selection ? 1 : 0);
  const naming = columns[0] ? dataOf(columns[0])[0] : undefined;
  return (
    <tbody ref={body} onKeyDown={onKeyDown}>
      {before > 0 ? <tr aria-hidden="true" style={{ height: before }}><td colSpan={width} className="spacer" /></tr> : null}
      {items.map((index) => {
        const row = rows[index];
        if (row === undefined) return null;
        const key = rowKey(row);
        return (
          <BodyRow
            key={key}
            row={row}
            index={index}
            rowKey={key}
            columns={columns}
            places={places}
            current={current === key}
            stop={index === stop}
            marked={selection ? selection.chosen.has(key) : null}
            markLabel={selection && naming ? t("table-select-row", { name: naming.value(row) ?? "" }) : ""}
            counted={fill}
            under={detail?.(row) ?? null}
            actions={actions}
          />
        );
      })}
      {after > 0 ? <tr aria-hidden="true" style={{ height: after }}><td colSpan={width} className="spacer" /></tr> : null}
    </tbody>
  );
}
