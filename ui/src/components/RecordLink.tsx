import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useGo } from "@/core/go";
import { usePlaceOf } from "@/core/places";
import type { Link } from "@/core/types";

/** Leads to a record that the core names. */
export function RecordLink({ to, title, children }: { to: Link; title?: string; children: ReactNode }) {
  const go = useGo();
  const place = usePlaceOf()(to);
  const router = useRouter();
  const build = router.buildLocation as (target: object) => { href: string };
  return (
    <a
      className="truncate"
      href={build({ to: place.to, params: place.params ?? {}, search: place.search ?? {} }).href}
      {...(title ? { title } : {})}
      onClick={(event) => {
        event.preventDefault();
        go(place);
      }}
    >
      {children}
    </a>
  );
}
