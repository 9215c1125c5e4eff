import { createRoute } from "@tanstack/react-router";
import { CircleDollarSign } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const EconomicsPage = lazyPage(() => import("./EconomicsPage").then((module) => module.EconomicsPage));

const economics = createRoute({
  getParentRoute: () => root,
  path: "/economics",
  validateSearch: (raw: Raw): { period?: string; by?: string; filters?: string; grain?: string } => pick(raw, ["period", "by", "filters", "grain"]),
  component: function Economics() {
    return <EconomicsPage search={economics.useSearch()} />;
  },
});

export const routes = [economics] as const;

export const area: Area = {
  name: "economics",
  nav: [{ key: "economics", group: "economics", place: { to: "/economics" }, jump: "e", icon: <CircleDollarSign />, within: ["/economics"], counts: ["economics"] }],
  icons: { economics: <CircleDollarSign /> },
  links: { economics: (id) => ({ to: "/economics", search: id ? { period: id } : {} }) },
};
