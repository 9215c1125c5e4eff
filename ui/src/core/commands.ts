/** The generated command list, sorted by what a command does to the workspace. */
import { READS as GENERATED, type Commands as Generated } from "./bindings/commands";
import type { Tag } from "./types";

type Of<K> = {
  [C in keyof Generated as Generated[C]["kind"] extends K ? C : never]: { in: Generated[C]["input"]; out: Generated[C]["output"] };
};

export type Queries = Of<"query">;
export type Jobs = Of<"job">;
export type Mutations = Of<"mutate">;

/** A query is stale when a commit touched any tag it reads. */
export const READS: Record<keyof Queries, readonly Tag[]> = GENERATED;
