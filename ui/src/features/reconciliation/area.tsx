import { createRoute } from "@tanstack/react-router";
import { Database, ReceiptText, Scale } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const ReconciliationPage = lazyPage(() => import("./ReconciliationPage").then((module) => module.ReconciliationPage));

const reconciliation = createRoute({
  getParentRoute: () => root,
  path: "/data/reconciliation",
  validateSearch: (raw: Raw): { period?: string } => pick(raw, ["period"]),
  component: function Reconciliation() {
    return <ReconciliationPage search={reconciliation.useSearch()} />;
  },
});

export const routes = [reconciliation] as const;

/** The first page of Data; imports are the other. */
export const area: Area = {
  name: "reconciliation",
  nav: [{
    key: "data", group: "library", place: { to: "/data/reconciliation" }, jump: "d", icon: <Database />,
    within: ["/data", "/imports"], counts: ["reconciliation", "import"],
  }],
  links: { reconciliation: (id) => ({ to: "/data/reconciliation", search: id ? { period: id } : {} }) },
  icons: { reconciliation: <ReceiptText /> },
  actions: [{ key: "reconcile", title: "palette-reconcile", icon: <Scale />, place: { to: "/data/reconciliation" } }],
};
