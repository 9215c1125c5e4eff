import { createRoute } from "@tanstack/react-router";
import { Coins, HardDrive, History, Languages, PackageOpen, Settings, Tags } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const SettingsPage = lazyPage(() => import("./SettingsPage").then((module) => module.SettingsPage));

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (raw: Raw): { tab?: string } => pick(raw, ["tab"]),
  component: function SettingsTabs() {
    return <SettingsPage tab={settings.useSearch().tab ?? "workspace"} />;
  },
});

export const routes = [settings] as const;

export const area: Area = {
  name: "workspace",
  nav: [{ key: "settings", group: "foot", place: { to: "/settings" }, jump: ",", icon: <Settings />, within: ["/settings"], counts: ["settings"] }],
  links: { settings: (tab) => ({ to: "/settings", search: tab ? { tab } : {} }) },
  icons: { settings: <Settings /> },
  actions: [
    { key: "rates", title: "palette-rates", icon: <Coins />, place: { to: "/settings", search: { tab: "rates" } } },
    { key: "backups", title: "palette-backups", icon: <HardDrive />, place: { to: "/settings", search: { tab: "backups" } } },
    { key: "activity", title: "palette-activity", icon: <History />, place: { to: "/settings", search: { tab: "activity" } } },
    { key: "sources", title: "palette-sources", icon: <Tags />, place: { to: "/settings", search: { tab: "sources" } } },
    { key: "export-all", title: "palette-export-all", icon: <PackageOpen />, place: { to: "/settings", search: { tab: "workspace" } } },
    { key: "language", title: "palette-language", icon: <Languages />, place: { to: "/settings", search: { tab: "workspace" } } },
  ],
};
