import { useCallback, useState } from "react";
import { readPersisted, writePersisted } from "./persisted";

/** View state that comes back after a restart. */
export function usePersisted<T>(key: string, fallback: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => readPersisted(key, fallback));
  const set = useCallback(
    (next: T) => {
      setValue(next);
      writePersisted(key, next);
    },
    [key],
  );
  return [value, set];
}
