/**
 * Save as you type: a pause of 300 ms or leaving the field writes; writes never overtake each other. What could not be
 * written is kept until it can be, whatever is shown meanwhile.
 */
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

/** What could not be written, by whose it is: leaving a page must not lose it. */
const unwritten = new Map<string, object>();

/** Another file is open: nothing typed into the one before belongs into it. */
export function forgetUnwritten(): void {
  unwritten.clear();
}

/** `learn` names what only the first write makes known, such as a new record's id: the writes that wait go on with it. */
export function useDraft<T extends object, Saved = unknown>(
  server: T,
  identity: string,
  save: (value: T) => Promise<Saved>,
  learn?: (saved: Saved) => Partial<T>,
): Draft<T> {
  const start = (): T => (unwritten.get(identity) as T | undefined) ?? server;
  const [value, setValue] = useState(start);
  const [status, setStatus] = useState<SaveStatus>("idle");
  const [error, setError] = useState<WireError | null>(null);
  const [seen, setSeen] = useState({ server, identity });

  const latest = useRef(value);
  const written = useRef({ identity, value: server });
  const learned = useRef<Partial<T>>({});
  const dirty = useRef(false);
  const shown = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const handlers = useRef({ save, learn });
  useEffect(() => {
    handlers.current = { save, learn };
  });

  // Another record, or news from the core while nothing here waits to be written: take it over.
  if (seen.server !== server || seen.identity !== identity) {
    const other = seen.identity !== identity;
    setSeen({ server, identity });
    if (other || status === "idle" || status === "saved") {
      setValue(other ? start() : server);
      if (other) {
        setStatus("idle");
        setError(null);
      }
    }
  }
  useEffect(() => {
    latest.current = value;
  }, [value]);
  useEffect(() => {
    written.current = { identity, value: server };
  }, [identity, server]);

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    const whose = shown.current;
    if (!dirty.current || whose === null) return chain.current;
    dirty.current = false;
    // By the time its turn comes, another record may be shown here.
    const typed = latest.current;
    const writing = handlers.current;
    const known = learned.current;
    const here = (): boolean => shown.current === whose;
    const write = async (value: T): Promise<void> => {
      const saved = await writing.save(value);
      if (here()) written.current = { identity: whose, value };
      const news = writing.learn?.(saved);
      if (news) {
        Object.assign(known, news);
        if (here()) setValue((now) => ({ ...now, ...news }));
      }
    };
    // One field that is refused keeps back no other: they are written with what stands of it.
    const writeTheRest = async (refusal: WireError, value: T): Promise<void> => {
      const stands = written.current;
      const refused = refusal.fields.map((one) => one.field).filter((field) => field in value);
      if (refused.length === 0 || stands.identity !== whose) return;
      const rest = { ...value, ...Object.fromEntries(refused.map((field) => [field, stands.value[field as keyof T]])) };
      if (JSON.stringify(rest) === JSON.stringify(stands.value)) return;
      // Where that is refused too, all of it waits for the field to be mended.
      await write(rest).catch(() => undefined);
    };
    chain.current = chain.current.then(async () => {
      if (here()) setStatus("saving");
      try {
        await write({ ...typed, ...known });
        unwritten.delete(whose);
        if (here()) {
          setError(null);
          setStatus(dirty.current ? "pending" : "saved");
        }
      } catch (cause) {
        await writeTheRest(toWireError(cause), { ...typed, ...known });
        unwritten.set(whose, { ...typed, ...known });
        if (here()) {
          setError(toWireError(cause));
          setStatus("failed");
          // It still waits: for the next change, or for the page to be left.
          if (!dirty.current) markPending(1);
          dirty.current = true;
        }
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

  // Leaving the screen or closing the window writes what is still waiting; coming back tries again what could not be written.
  useEffect(() => {
    shown.current = identity;
    learned.current = {};
    if (unwritten.has(identity)) {
      markPending(1);
      dirty.current = true;
      void flush();
    }
    const leave = () => void flush();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      void flush();
      shown.current = null;
      dirty.current = false;
    };
  }, [flush, identity]);

  return { value, change, flush, status, error };
}
