/** The records looked at last, for the palette: on this computer, by workspace. */
import { useEffect } from "react";
import { readPersisted, writePersisted } from "./persisted";
import { useRpc } from "./queries";
import type { Link } from "./types";

export interface Visit {
  link: Link;
  title: string;
}

const KEPT = 6;

const keyOf = (workspace: string): string => `recent.${workspace}`;

export const recentRecords = (workspace: string): Visit[] => readPersisted<Visit[]>(keyOf(workspace), []);

/** Remembers that a record is looked at. */
export function useVisit(area: string, id: string, title: string): void {
  const status = useRpc("workspace_status", null);
  const workspace = status.data?.path ?? null;
  useEffect(() => {
    if (workspace === null) return;
    const others = recentRecords(workspace).filter(({ link }) => link.area !== area || link.id !== id);
    writePersisted(keyOf(workspace), [{ link: { area, id }, title }, ...others].slice(0, KEPT));
  }, [workspace, area, id, title]);
}
