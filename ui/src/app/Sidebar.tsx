import { Link, useRouterState } from "@tanstack/react-router";
import { CircleHelp, Search } from "lucide-react";
import { IconButton } from "@/components/Button";
import { Tag } from "@/components/Badge";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useSaved } from "@/core/saved";
import { useText } from "@/core/text";
import type { WorkspaceStatus } from "@/core/types";
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
        {GROUPS.map(({ key, named, entries }) => (
          <div key={key} role="group" aria-label={t(named ? `group-${key}` : "navigation")}>
            {named ? <div className="sidebar-group" aria-hidden="true">{t(`group-${key}`)}</div> : key === "foot" ? <div className="sidebar-gap" /> : null}
            {entries.map((entry) => {
              const count = entry.key === "home" ? waiting.length : waiting.filter((item) => entry.counts.includes(item.link.area)).length;
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
                  {count > 0 ? <span className="sidebar-count" aria-label={t("decisions-waiting", { count })} title={t("decisions-waiting", { count })}>{count}</span> : null}
                </Link>
              );
            })}
          </div>
        ))}
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
