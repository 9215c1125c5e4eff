/** Going to a place that an area or the core names. Its addresses are checked where each area writes its routes. */
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Place } from "./area";

export function useGo(): (place: Place, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return useCallback(
    ({ to, params, search }, options) => {
      const navigate = router.navigate as (target: object) => Promise<void>;
      void navigate({ to, params: params ?? {}, search: search ?? {}, ...options });
    },
    [router],
  );
}
