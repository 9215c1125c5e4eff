import { useRpc } from "./queries";

/** Whether nothing has come in yet. Periods are offered before anything has: they do not tell. */
export function useNoUsage(): boolean {
  const imports = useRpc("imports", null);
  const periods = useRpc("periods", null);
  return imports.data?.length === 0 || periods.data?.length === 0;
}
