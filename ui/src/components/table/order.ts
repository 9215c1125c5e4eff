/** Which rows a table shows, and in what order: found on plain arrays, so that 20,000 rows are sorted within a frame or two. */
import { useEffect } from "react";
import { compareDecimals } from "@/core/decimal";
import { dataOf, type Column } from "./column";

export interface Sorting {
  id: string;
  desc: boolean;
}

/** What stands for an unknown value: last, whichever way the others go. */
const UNKNOWN = -1;

/** Each row's place among the distinct values of a column. */
type Ranks = Int32Array;

/**
 * Rows with what has been worked out about them. A column's ranks are found once, the texts to search once; a sort after that is
 * one pass over whole numbers and makes no object for a row.
 */
export class RowIndex<Row> {
  private readonly ranks = new Map<string, Ranks>();
  private texts: string[] | null = null;

  constructor(
    private readonly rows: Row[],
    private readonly columns: Column<Row>[],
    lang: string,
  ) {
    this.compareText = new Intl.Collator(lang).compare;
  }

  private readonly compareText: (a: string, b: string) => number;

  /** Positions of the rows that hold every word, in order. */
  order(filter: string, sorting: Sorting | undefined): number[] {
    const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const column = sorting && this.columns.find(({ id, sort }) => id === sorting.id && sort !== undefined);
    const sorted = column ? inOrder(this.ranksOf(column), sorting.desc) : this.rows.map((_, index) => index);
    if (words.length === 0) return sorted;
    const texts = this.searchable();
    return sorted.filter((index) => words.every((word) => texts[index]?.includes(word)));
  }

  /** Small letters of all a row says, made when somebody is about to search. */
  searchable(): string[] {
    this.texts ??= this.rows.map((row) =>
      this.columns
        .flatMap((column) => [...dataOf(column).map((datum) => datum.value(row) ?? ""), column.find?.(row) ?? ""])
        .join("\n")
        .toLowerCase(),
    );
    return this.texts;
  }

  /** Columns whose order is not known yet, for whoever has time to find it. */
  unranked(): Column<Row>[] {
    return this.columns.filter(({ id, sort }) => sort !== undefined && !this.ranks.has(id));
  }

  ranksOf(column: Column<Row>): Ranks {
    const known = this.ranks.get(column.id);
    if (known) return known;
    const ranks = typeof column.sort === "function" ? this.byComparing(column.sort) : this.byValue(column);
    this.ranks.set(column.id, ranks);
    return ranks;
  }

  private byComparing(compare: (a: Row, b: Row) => number): Ranks {
    const at = (index: number): Row => this.rows[index] as Row;
    const order = this.rows.map((_, index) => index).sort((a, b) => compare(at(a), at(b)));
    const ranks = new Int32Array(order.length);
    let rank = 0;
    order.forEach((index, position) => {
      const before = order[position - 1];
      if (before !== undefined && compare(at(before), at(index)) !== 0) rank += 1;
      ranks[index] = rank;
    });
    return ranks;
  }

  /** Only distinct values are compared: a table has many rows and few vendors. */
  private byValue(column: Column<Row>): Ranks {
    const [datum] = dataOf(column);
    const values = this.rows.map((row) => datum?.value(row) ?? null);
    const distinct = [...new Set(values)].filter((value) => value !== null && value !== "") as string[];
    const places = new Map<string, number>();
    const sorted = datum?.kind === "number" || datum?.kind === "share" ? numerically(distinct) : datum?.kind === "text" ? alphabetically(distinct, this.compareText) : distinct.sort();
    sorted.forEach((value, place) => places.set(value, place));
    return Int32Array.from(values, (value) => (value === null ? UNKNOWN : (places.get(value) ?? UNKNOWN)));
  }
}

/** Where small letters alone come to the language's own order, as they do for most names, that is found without comparing pairs. */
function alphabetically(texts: string[], compare: (a: string, b: string) => number): string[] {
  const alike = new Map<string, string[]>();
  for (const text of texts) {
    const letters = text.toLowerCase();
    const known = alike.get(letters);
    if (known) known.push(text);
    else alike.set(letters, [text]);
  }
  const sorted = [...alike.keys()].sort().flatMap((letters) => alike.get(letters)?.sort(compare) ?? []);
  return sorted.every((text, at) => at === 0 || compare(sorted[at - 1] ?? "", text) <= 0) ? sorted : texts.sort(compare);
}

/** Exact decimals in order. Floats are sorted without calling back; only those that are the same to a float are compared by digits. */
function numerically(texts: string[]): string[] {
  const alike = new Map<number, string[]>();
  for (const text of texts) {
    const near = Number(text);
    const known = alike.get(near);
    if (known) known.push(text);
    else alike.set(near, [text]);
  }
  return [...Float64Array.from(alike.keys()).sort()].flatMap((near) => alike.get(near)?.sort(compareDecimals) ?? []);
}

/** One pass per rank and row: equal rows keep the order they came in, whichever way it goes. */
function inOrder(ranks: Ranks, desc: boolean): number[] {
  const size = ranks.reduce((most, rank) => Math.max(most, rank), 0) + 1;
  const place = (rank: number): number => (rank === UNKNOWN ? size : desc ? size - 1 - rank : rank);
  const starts = new Int32Array(size + 2);
  for (const rank of ranks) starts[place(rank) + 1] = (starts[place(rank) + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const order = new Array<number>(ranks.length);
  ranks.forEach((rank, index) => {
    const to = starts[place(rank)] ?? 0;
    order[to] = index;
    starts[place(rank)] = to + 1;
  });
  return order;
}

/** Fewer are sorted within a frame anyway. */
const MANY = 2_000;
const PAUSE = 120;

/** Finds the order of each column of a long table while nobody waits, one at a time: the first click is as quick as the next. */
export function useRanksAhead<Row>(index: RowIndex<Row>, rows: number): void {
  useEffect(() => {
    if (rows < MANY) return;
    const step = (): void => {
      const [next] = index.unranked();
      if (!next) return;
      index.ranksOf(next);
      timer = window.setTimeout(step, PAUSE);
    };
    let timer = window.setTimeout(step, PAUSE);
    return () => window.clearTimeout(timer);
  }, [index, rows]);
}
