import { createRoute } from "@tanstack/react-router";
import { FileText } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const ReportsPage = lazyPage(() => import("./ReportsPage").then((module) => module.ReportsPage));

const reports = createRoute({
  getParentRoute: () => root,
  path: "/reports",
  validateSearch: (raw: Raw): { document?: string; period?: string; paper?: string; lang?: string } => pick(raw, ["document", "period", "paper", "lang"]),
  component: function Reports() {
    return <ReportsPage search={reports.useSearch()} />;
  },
});

export const routes = [reports] as const;

export const area: Area = {
  name: "report",
  nav: [{ key: "reports", group: "library", place: { to: "/reports" }, jump: "r", icon: <FileText />, within: ["/reports"], counts: ["report"] }],
  links: { report: (id) => ({ to: "/reports", search: id ? { period: id } : {} }) },
  icons: { report: <FileText /> },
  actions: [{ key: "report", title: "palette-report", icon: <FileText />, place: { to: "/reports" } }],
};
