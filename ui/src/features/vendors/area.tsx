import { createRoute } from "@tanstack/react-router";
import { Gauge, MessageSquare, Paperclip, Pencil, Plus, Users } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const VendorsPage = lazyPage(() => import("./VendorsPage").then((module) => module.VendorsPage));

const VendorPage = lazyPage(() => import("./VendorPage").then((module) => module.VendorPage));

const vendors = createRoute({
  getParentRoute: () => root,
  path: "/vendors",
  validateSearch: (raw: Raw): { id?: string; tab?: string } => pick(raw, ["id", "tab"]),
  component: function Vendors() {
    return <VendorsPage search={vendors.useSearch()} />;
  },
});

const vendor = createRoute({
  getParentRoute: () => root,
  path: "/vendors/$id",
  validateSearch: (raw: Raw): { tab?: string } => pick(raw, ["tab"]),
  component: function Vendor() {
    return <VendorPage id={vendor.useParams().id} tab={vendor.useSearch().tab ?? "overview"} />;
  },
});

export const routes = [vendors, vendor] as const;

export const area: Area = {
  name: "vendor",
  nav: [{ key: "vendors", group: "vendors", place: { to: "/vendors" }, jump: "v", icon: <Users />, within: ["/vendors"], counts: ["vendor"] }],
  links: { vendor: (id) => (id ? { to: "/vendors/$id", params: { id } } : { to: "/vendors" }) },
  icons: { vendor: <Users /> },
  verbs: {
    vendor: [
      { key: "contract", title: "contract-add", icon: <Plus />, place: (id) => ({ to: "/contracts", search: { add: true, vendor: id } }) },
      { key: "comment", title: "comment-add", icon: <MessageSquare />, place: (id) => ({ to: "/vendors/$id", params: { id }, search: { tab: "activity" } }) },
      { key: "attach", title: "document-attach", icon: <Paperclip />, place: (id) => ({ to: "/vendors/$id", params: { id }, search: { tab: "documents" } }) },
      { key: "scorecard", title: "scorecard", icon: <Gauge />, place: (id) => ({ to: "/vendors/$id", params: { id }, search: { tab: "scorecard" } }) },
      { key: "details", title: "record-details", icon: <Pencil />, place: (id) => ({ to: "/vendors/$id", params: { id }, search: { tab: "details" } }) },
    ],
  },
  actions: [{ key: "vendor", title: "palette-vendor", icon: <Plus />, place: { to: "/vendors", search: { id: "new" } } }],
};
