/** Save as you type: a pause of 300 ms or leaving the field writes; writes never overtake each other. */
import { useCallback, useEffect, useRef, useState } from "react";
import { toWireError } from "./rpc";
import { markPending } from "./saved";
import type { WireError } from "./types";

export type SaveStatus = "idle" | "pending" | "saving" | "saved" | "failed";

export interface Draft<T> {
  value: T;
  change(patch: Partial<T>): void;
  flush(): Promise<void>;
  status: SaveStatus;
  error: WireError | null;
}

const DELAY = 300;

export function useDraft<T extends object>(server: T, identity: string, save: (value: T) => Promise<unknown>): Draft<T> {
  const [value, setValue] = useState(server);
  const [status, setStatus] = useState<SaveStatus>("idle");
  const [error, setError] = useState<WireError | null>(null);
  const [seen, setSeen] = useState({ server, identity });

  const latest = useRef(value);
  const dirty = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const saver = useRef(save);
  useEffect(() => {
    saver.current = save;
  });

  // Another record, or news from the core while nothing here waits to be written: take it over.
  if (seen.server !== server || seen.identity !== identity) {
    const other = seen.identity !== identity;
    setSeen({ server, identity });
    if (other || status === "idle" || status === "saved") {
      setValue(server);
      if (other) {
        setStatus("idle");
        setError(null);
      }
    }
  }
  useEffect(() => {
    latest.current = value;
  }, [value]);

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    if (!dirty.current) return chain.current;
    dirty.current = false;
    chain.current = chain.current.then(async () => {
      setStatus("saving");
      try {
        await saver.current(latest.current);
        setError(null);
        setStatus(dirty.current ? "pending" : "saved");
      } catch (cause) {
        setError(toWireError(cause));
        setStatus("failed");
      } finally {
        markPending(-1);
      }
    });
    return chain.current;
  }, []);

  const change = useCallback(
    (patch: Partial<T>) => {
      latest.current = { ...latest.current, ...patch };
      setValue(latest.current);
      if (!dirty.current) markPending(1);
      dirty.current = true;
      setStatus("pending");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), DELAY);
    },
    [flush],
  );

  // Leaving the screen or closing the window writes what is still waiting.
  useEffect(() => {
    const leave = () => void flush();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      void flush();
    };
  }, [flush, identity]);

  return { value, change, flush, status, error };
}
