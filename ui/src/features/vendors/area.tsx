import { createRoute } from "@tanstack/react-router";
import { Plus, Users } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const VendorsPage = lazyPage(() => import("./VendorsPage").then((module) => module.VendorsPage));

const vendors = createRoute({
  getParentRoute: () => root,
  path: "/vendors",
  validateSearch: (raw: Raw): { id?: string } => pick(raw, ["id"]),
  component: function Vendors() {
    return <VendorsPage search={vendors.useSearch()} />;
  },
});

export const routes = [vendors] as const;

export const area: Area = {
  name: "vendor",
  nav: [{ key: "vendors", group: "vendors", place: { to: "/vendors" }, jump: "v", icon: <Users />, within: ["/vendors"], counts: ["vendor"] }],
  links: { vendor: (id) => ({ to: "/vendors", search: id ? { id } : {} }) },
  icons: { vendor: <Users /> },
  actions: [{ key: "vendor", title: "palette-vendor", icon: <Plus />, place: { to: "/vendors", search: { id: "new" } } }],
};
