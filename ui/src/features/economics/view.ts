/** What the page shows, as the address bar writes it. */
import type { Dimension, EconomicsQuery } from "@/core/types";

export const DIMENSIONS: Dimension[] = ["feature", "model", "tenant", "vendor", "environment"];
export type Filters = EconomicsQuery["filters"];

export interface EconomicsSearch {
  period?: string;
  by?: string;
  filters?: string;
  grain?: string;
}

type Grain = NonNullable<EconomicsQuery["grain"]>;

export const readGrain = (text: string | undefined): Grain | undefined => (text === "day" || text === "week" || text === "month" ? text : undefined);

const isDimension = (text: string): text is Dimension => (DIMENSIONS as string[]).includes(text);

export function readDimensions(text: string | undefined): Dimension[] {
  const found = (text ?? "").split(",").filter(isDimension).slice(0, 2);
  return found.length > 0 ? found : ["feature"];
}

/** "model:harbor-l-2|lumen-pro;environment:production" with each value escaped. */
export function writeFilters(filters: Filters): string {
  return filters
    .filter((filter) => filter.values.length > 0)
    .map((filter) => `${filter.dimension}:${filter.values.map(encodeURIComponent).join("|")}`)
    .join(";");
}

export function readFilters(text: string | undefined): Filters {
  return (text ?? "").split(";").flatMap((part) => {
    const [dimension = "", values = ""] = [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)];
    if (!part.includes(":") || !isDimension(dimension)) return [];
    return [{ dimension, values: values.split("|").map((value) => decodeURIComponent(value)) }];
  });
}

export function withFilter(filters: Filters, dimension: Dimension, values: string[]): Filters {
  const others = filters.filter((filter) => filter.dimension !== dimension);
  return values.length > 0 ? [...others, { dimension, values }] : others;
}
