import { Link, useRouterState } from "@tanstack/react-router";
import { CircleHelp, Search } from "lucide-react";
import { IconButton } from "@/components/Button";
import { isNear, Tag } from "@/components/Badge";
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
  const contracts = useRpc("contracts", null);
  const place = useRouterState({ select: (state) => state.location.pathname });
  const due = (contracts.data?.rows ?? []).filter((row) => row.deadline && isNear(row.deadline.daysLeft)).length;
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
        {GROUPS.map((group, index) => (
          <div key={group.key ?? index} role="group" aria-label={group.key ? t(`group-${group.key}`) : t("navigation")}>
            {group.key ? <div className="sidebar-group" aria-hidden="true">{t(`group-${group.key}`)}</div> : index > 0 ? <div className="sidebar-gap" /> : null}
            {group.areas.map((area) => (
              <Link
                key={area.key}
                to={area.path}
                className={area.pages?.some((page) => place.startsWith(page.path)) ? "sidebar-link on" : "sidebar-link"}
                {...(area.pages?.some((page) => place.startsWith(page.path)) ? { "aria-current": "page" as const } : {})}
                activeProps={{ className: "sidebar-link on", "aria-current": "page" }}
                activeOptions={{ exact: area.path === "/", includeSearch: false }}
                data-testid={`nav-${area.key}`}
              >
                <span className="sidebar-icon" aria-hidden="true">{area.icon}</span>
                {t(`nav-${area.key}`)}
                {area.key === "contracts" && due > 0 ? <span className="sidebar-count" aria-label={t("contracts-due", { count: due })} title={t("contracts-due", { count: due })}>{due}</span> : null}
              </Link>
            ))}
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
