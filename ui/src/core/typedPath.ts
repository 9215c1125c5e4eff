/** What a path that is being typed leads to, in full: the core knows home, documents and which folders there are. */
import { useDeferredValue } from "react";
import { useRpc } from "./queries";
import type { TypedPath } from "./types";

export function useTypedPath(value: string): TypedPath | undefined {
  const path = useDeferredValue(value.trim());
  const { data } = useRpc("path_look", { path }, { enabled: path !== "", keep: false });
  return path === "" ? undefined : data;
}
