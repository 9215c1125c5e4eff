import { createRoute } from "@tanstack/react-router";
import { MessageSquare, Paperclip, Siren } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const IncidentsPage = lazyPage(() => import("./IncidentsPage").then((module) => module.IncidentsPage));
const IncidentPage = lazyPage(() => import("./IncidentPage").then((module) => module.IncidentPage));

const incidents = createRoute({
  getParentRoute: () => root,
  path: "/incidents",
  validateSearch: (raw: Raw): { add?: boolean } => (raw.add === true ? { add: true } : {}),
  component: function Incidents() {
    return <IncidentsPage adding={incidents.useSearch().add === true} />;
  },
});

const incident = createRoute({
  getParentRoute: () => root,
  path: "/incidents/$id",
  validateSearch: (raw: Raw): { tab?: string } => pick(raw, ["tab"]),
  component: function Incident() {
    return <IncidentPage id={incident.useParams().id} tab={incident.useSearch().tab ?? "facts"} />;
  },
});

export const routes = [incidents, incident] as const;

export const area: Area = {
  name: "incident",
  nav: [{ key: "incidents", group: "reliability", place: { to: "/incidents" }, jump: "i", icon: <Siren />, within: ["/incidents"], counts: ["incident"] }],
  links: { incident: (id) => (id ? { to: "/incidents/$id", params: { id } } : { to: "/incidents" }) },
  icons: { incident: <Siren /> },
  verbs: {
    incident: [
      { key: "comment", title: "comment-add", icon: <MessageSquare />, place: (id) => ({ to: "/incidents/$id", params: { id }, search: { tab: "activity" } }) },
      { key: "attach", title: "document-attach", icon: <Paperclip />, place: (id) => ({ to: "/incidents/$id", params: { id }, search: { tab: "documents" } }) },
    ],
  },
  actions: [{ key: "incident", title: "palette-incident", icon: <Siren />, place: { to: "/incidents", search: { add: true } } }],
};
