import type { NamedPair } from "@/core/types";

/** Saaty's scale of nine: from the first matters extremely more, over as much, to the second matters extremely more. */
const RATIOS: readonly number[] = [9, 7, 5, 3, 1, 1 / 3, 1 / 5, 1 / 7, 1 / 9];
/** As a person reads them: the number on the side that matters more. */
export const STEPS = [9, 7, 5, 3, 1, 3, 5, 7, 9] as const;
/** The step of "as much". */
export const EVEN = 4;

export function pairsOf<Of>(weighed: Of[]): [Of, Of][] {
  return weighed.flatMap((first, at) => weighed.slice(at + 1).map((second): [Of, Of] => [first, second]));
}

const isOf = (first: string, second: string) => (pair: NamedPair): boolean => (pair.first === first && pair.second === second) || (pair.first === second && pair.second === first);

/** How many times the first matters as much as the second; of a pair compared twice the last counts, as in the core. */
export function ratioOf(pairwise: NamedPair[], first: string, second: string): number | null {
  const held = pairwise.findLast(isOf(first, second));
  if (!held) return null;
  return held.first === first ? held.ratio : 1 / held.ratio;
}

/** A ratio that went through a file is not quite 1/3 any more; -1 is one that the scale does not have. */
export const stepOf = (ratio: number | null): number => (ratio === null ? -1 : RATIOS.findIndex((one) => Math.abs(one - ratio) < 1e-6));

export function compared(pairwise: NamedPair[], first: string, second: string, step: number): NamedPair[] {
  const ratio = RATIOS[step] ?? 1;
  return [...pairwise.filter((pair) => !isOf(first, second)(pair)), { first, second, ratio }];
}

/** How many pairs nobody has compared yet. The core finds no weights before there are none. */
export const missingPairs = (keys: string[], pairwise: NamedPair[]): number => pairsOf(keys).filter(([first, second]) => ratioOf(pairwise, first, second) === null).length;
