import { Link, useRouterState } from "@tanstack/react-router";
import { ChevronDown, CircleHelp, Search } from "lucide-react";
import { IconButton } from "@/components/Button";
import { Tag } from "@/components/Badge";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useSaved } from "@/core/saved";
import { useText } from "@/core/text";
import type { WorkspaceStatus } from "@/core/types";
import type { NavEntry } from "@/core/area";
import { usePersisted } from "@/core/usePersisted";
import { GROUPS } from "./areas";

interface SidebarProps {
  status: WorkspaceStatus;
  onSearch: () => void;
  onHelp: () => void;
}

export function Sidebar({ status, onSearch, onHelp }: SidebarProps) {
  const t = useText();
  const format = useFormat();
  const saved = useSaved();
  const waiting = useRpc("home", null).data?.attention ?? [];
  const at = useRouterState({ select: (state) => state.location.pathname });
  const [closed, setClosed] = usePersisted<string[]>("sidebar.closed", []);
  const countOf = (entry: NavEntry): number => (entry.key === "home" ? waiting.length : waiting.filter((item) => entry.counts.includes(item.link.area)).length);
  return (
    <nav className="sidebar" aria-label={t("navigation")}>
      <div className="sidebar-head">
        <b className="truncate" title={status.path ?? ""}>{status.name}</b>
        {status.sample ? <Tag accent>{t("sample-data")}</Tag> : <span className="sidebar-kind">{t("workspace")}</span>}
      </div>
      <button type="button" className="sidebar-search" onClick={onSearch} data-testid="palette-open" aria-keyshortcuts="Control+K">
        <Search aria-hidden="true" />
        <span>{t("search-or-jump")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="sidebar-areas">
        {GROUPS.map(({ key, named, entries }) => {
          const folded = named && closed.includes(key);
          return (
            <div key={key} role="group" aria-label={t(named ? `group-${key}` : "navigation")} className={key === "foot" ? "foot" : undefined}>
              {named ? (
                <button type="button" className="sidebar-group" aria-expanded={!folded} onClick={() => setClosed(folded ? closed.filter((other) => other !== key) : [...closed, key])}>
                  {t(`group-${key}`)}
                  {folded ? <Waiting count={entries.map(countOf).reduce((sum, count) => sum + count, 0)} /> : null}
                  <ChevronDown aria-hidden="true" />
                </button>
              ) : null}
              {folded ? null : entries.map((entry) => {
                const here = entry.within.length === 0 ? at === entry.place.to : entry.within.some((start) => at.startsWith(start));
                return (
                  <Link
                    key={entry.key}
                    {...(entry.place as { to: "/" })}
                    search={{}}
                    className={here ? "sidebar-link on" : "sidebar-link"}
                    {...(here ? { "aria-current": "page" as const } : {})}
                    data-testid={`nav-${entry.key}`}
                  >
                    <span className="sidebar-icon" aria-hidden="true">{entry.icon}</span>
                    {t(`nav-${entry.key}`)}
                    <Waiting count={countOf(entry)} />
                  </Link>
                );
              })}
            </div>
          );
        })}
      </div>
      <div className="sidebar-foot">
        <span className="grow" aria-live="polite" data-testid="saved">
          {saved.pending ? t("saving") : saved.last ? t("saved-at", { time: format.time(saved.last) }) : t("version", { version: status.appVersion })}
        </span>
        <IconButton label={t("help-keys")} keys="?" onClick={onHelp} data-testid="help"><CircleHelp /></IconButton>
      </div>
    </nav>
  );
}

/** How many decisions wait. */
function Waiting({ count }: { count: number }) {
  const t = useText();
  if (count === 0) return null;
  return <span className="sidebar-count" aria-label={t("decisions-waiting", { count })} title={t("decisions-waiting", { count })}>{count}</span>;
}
