import type { Criterion } from "@/core/types";

/** What is wrong with each criterion, as the message `field-<code>`: the core refuses the same. */
export function problemsOf(criteria: Criterion[]): (string | null)[] {
  const seen = new Set<string>();
  return criteria.map(({ name, worst, best, passes }) => {
    const key = name.trim().toLowerCase();
    if (key === "" || seen.has(key)) return "criterion-name";
    seen.add(key);
    if (worst === best || ![worst, best, passes].every(Number.isFinite)) return "criterion-scale";
    return null;
  });
}

/** A name no criterion has yet. */
export function freeName(criteria: Criterion[], wanted: string): string {
  const taken = (name: string): boolean => criteria.some((one) => one.name.trim().toLowerCase() === name.toLowerCase());
  if (!taken(wanted)) return wanted;
  let number = 2;
  while (taken(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}
