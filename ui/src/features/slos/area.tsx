import { createRoute } from "@tanstack/react-router";
import { Gauge, MessageSquare, SlidersHorizontal } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const SlosPage = lazyPage(() => import("./SlosPage").then((module) => module.SlosPage));
const SloPage = lazyPage(() => import("./SloPage").then((module) => module.SloPage));

const slos = createRoute({
  getParentRoute: () => root,
  path: "/slos",
  validateSearch: (raw: Raw): { add?: boolean } => (raw.add === true ? { add: true } : {}),
  component: function Slos() {
    return <SlosPage adding={slos.useSearch().add === true} />;
  },
});

const slo = createRoute({
  getParentRoute: () => root,
  path: "/slos/$id",
  validateSearch: (raw: Raw): { tab?: string } => pick(raw, ["tab"]),
  component: function Slo() {
    return <SloPage id={slo.useParams().id} tab={slo.useSearch().tab ?? "budget"} />;
  },
});

export const routes = [slos, slo] as const;

export const area: Area = {
  name: "slo",
  nav: [{ key: "slos", group: "reliability", place: { to: "/slos" }, jump: "o", icon: <Gauge />, within: ["/slos"], counts: ["slo"] }],
  links: { slo: (id) => (id ? { to: "/slos/$id", params: { id } } : { to: "/slos" }), "slo-import": () => ({ to: "/slos" }) },
  icons: { slo: <Gauge />, "slo-import": <Gauge /> },
  verbs: {
    slo: [
      { key: "objective", title: "slo-tab-objective", icon: <SlidersHorizontal />, place: (id) => ({ to: "/slos/$id", params: { id }, search: { tab: "objective" } }) },
      { key: "comment", title: "comment-add", icon: <MessageSquare />, place: (id) => ({ to: "/slos/$id", params: { id }, search: { tab: "activity" } }) },
    ],
  },
  actions: [{ key: "slo", title: "palette-slo", icon: <Gauge />, place: { to: "/slos", search: { add: true } } }],
};
