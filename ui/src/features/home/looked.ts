import { useEffect, useState } from "react";
import { readPersisted, writePersisted } from "@/core/persisted";

/** When Home was last looked at before this window was opened, by workspace; null where never. */
const before = new Map<string, string | null>();

/** Remembers that Home is looked at now; answers with when it was before. */
export function useLooked(workspace: string, now: string | null): string | null {
  const key = `looked.${workspace}`;
  const [since] = useState(() => {
    const known = before.get(key);
    if (known !== undefined) return known;
    const read = readPersisted<string | null>(key, null);
    before.set(key, read);
    return read;
  });
  useEffect(() => {
    if (now !== null) writePersisted(key, now);
  }, [key, now]);
  return since;
}
