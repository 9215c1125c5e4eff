/** Cached queries, mutations and jobs. Nobody refreshes anything by hand: a commit names its tags, readers follow. */
import { QueryClient, keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { forgetUnwritten } from "./autosave";
import { READS, type Jobs, type Mutations, type Queries } from "./commands";
import { call, cancelJob, onChanged, runJob, toWireError, type Lang } from "./rpc";
import { markSaved } from "./saved";
import { useText } from "./text";
import type { JobEvent, Tag, WireError } from "./types";

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Infinity, gcTime: 10 * 60_000, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function listenForChanges(client: QueryClient): () => void {
  return onChanged((tags: Tag[]) => {
    const touched = new Set(tags);
    void client.invalidateQueries({
      // A change of the workspace itself concerns everything in it.
      predicate: (query) => touched.has("workspace") || (READS[query.queryKey[0] as keyof Queries] ?? []).some((tag) => touched.has(tag)),
    });
  });
}

/** How a command's answer is cached: by its name, what it was asked and the language it is written in. */
export function rpcQuery<C extends keyof Queries>(command: C, payload: Queries[C]["in"], lang: Lang) {
  return { queryKey: [command, payload, lang], queryFn: () => call(command, payload) };
}

export function useRpc<C extends keyof Queries>(
  command: C,
  payload: Queries[C]["in"],
  options: { enabled?: boolean; keep?: boolean } = {},
): UseQueryResult<Queries[C]["out"], WireError> {
  const { lang } = useText();
  const query = useQuery<Queries[C]["out"], WireError>({
    ...rpcQuery(command, payload, lang),
    enabled: options.enabled ?? true,
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  });
  // What was true before the change that made this fail, such as amounts in another currency, is not shown as if it still were.
  return query.error ? ({ ...query, data: undefined } as UseQueryResult<Queries[C]["out"], WireError>) : query;
}

/** Commands after which another file is open, or none: nothing shown before may be shown again. */
const SWITCHES: readonly string[] = ["workspace_create", "workspace_open", "workspace_close", "workspace_rescue", "workspace_sample", "backup_restore"];

function forget(client: QueryClient, command: string): void {
  // A rescued workspace is the one that was open: what could not be written into it still belongs there.
  if (command !== "workspace_rescue") forgetUnwritten();
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== "workspace_status" });
  void client.invalidateQueries();
}

export function useMutate<C extends keyof Mutations>(command: C) {
  const client = useQueryClient();
  return useMutation<Mutations[C]["out"], WireError, Mutations[C]["in"]>({
    mutationKey: [command],
    mutationFn: (payload) => call(command, payload),
    onSuccess: () => {
      markSaved();
      if (SWITCHES.includes(command)) forget(client, command);
    },
  });
}

export interface JobState<Out> {
  running: boolean;
  event: JobEvent | null;
  error: WireError | null;
  result: Out | null;
}

/** A long task with progress. A second start while one runs is ignored; leaving the screen does not cancel it. */
/** What became of a job whose page was left before it ended. */
export type JobEnd<Out> = { result: Out } | { error: WireError };

/** Runs a job of a page. `whenLeft` hears of its end where the page is gone by then, so that somebody can be told. */
export function useJob<C extends keyof Jobs>(command: C, whenLeft?: (end: JobEnd<Jobs[C]["out"]>) => void) {
  type Out = Jobs[C]["out"];
  const [state, setState] = useState<JobState<Out>>({ running: false, event: null, error: null, result: null });
  const client = useQueryClient();
  const alive = useRef(true);
  const busy = useRef(false);
  const jobId = useRef<string | null>(null);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  const left = useRef(whenLeft);
  useEffect(() => {
    left.current = whenLeft;
  });
  const put = useCallback((next: (old: JobState<Out>) => JobState<Out>) => {
    if (alive.current) setState(next);
  }, []);

  const run = useCallback(
    async (payload: Jobs[C]["in"]): Promise<Out | null> => {
      if (busy.current) return null;
      busy.current = true;
      jobId.current = null;
      put((old) => ({ ...old, running: true, event: null, error: null }));
      try {
        const result = await runJob(command, payload, (event) => {
          jobId.current = event.job;
          put((old) => (old.running ? { ...old, event } : old));
        });
        if (SWITCHES.includes(command)) forget(client, command);
        put(() => ({ running: false, event: null, error: null, result }));
        if (!alive.current) left.current?.({ result });
        return result;
      } catch (cause) {
        const error = toWireError(cause);
        put((old) => ({ ...old, running: false, event: null, error }));
        if (!alive.current) left.current?.({ error });
        return null;
      } finally {
        busy.current = false;
      }
    },
    [command, put, client],
  );
  const cancel = useCallback(() => {
    if (jobId.current) void cancelJob(jobId.current);
  }, []);
  const reset = useCallback(() => put(() => ({ running: false, event: null, error: null, result: null })), [put]);
  return { ...state, run, cancel, reset };
}
