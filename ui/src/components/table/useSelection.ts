import { useCallback, useMemo, useRef, useState } from "react";

/** Rows that are marked, by key, and the row a span of them is counted from. */
export interface Selection {
  chosen: ReadonlySet<string>;
  toggle: (key: string) => void;
  /** Marks all from the last one that was toggled to this one. */
  extendTo: (key: string, keys: string[]) => void;
  set: (keys: string[]) => void;
}

const NONE: ReadonlySet<string> = new Set();

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  const anchor = useRef<string | null>(null);
  const toggle = useCallback((key: string): void => {
    anchor.current = key;
    setChosen((old) => {
      const next = new Set(old);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const extendTo = useCallback((key: string, keys: string[]): void => {
    anchor.current ??= key;
    const [from, to] = [keys.indexOf(anchor.current), keys.indexOf(key)].sort((a, b) => a - b);
    setChosen((old) => new Set([...old, ...keys.slice(Math.max(0, from ?? 0), (to ?? 0) + 1)]));
  }, []);
  const set = useCallback((keys: string[]): void => {
    anchor.current = null;
    setChosen(keys.length === 0 ? NONE : new Set(keys));
  }, []);
  return useMemo(() => ({ chosen, toggle, extendTo, set }), [chosen, toggle, extendTo, set]);
}
