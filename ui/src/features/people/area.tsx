import { createRoute } from "@tanstack/react-router";
import { UserPlus, UserRound } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const PeoplePage = lazyPage(() => import("./PeoplePage").then((module) => module.PeoplePage));

const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  validateSearch: (raw: Raw): { id?: string } => pick(raw, ["id"]),
  component: function People() {
    return <PeoplePage id={people.useSearch().id ?? null} />;
  },
});

export const routes = [people] as const;

export const area: Area = {
  name: "people",
  nav: [{ key: "people", group: "team", place: { to: "/people" }, jump: "o", icon: <UserRound />, within: ["/people"], counts: ["person"] }],
  links: { person: (id) => ({ to: "/people", search: id ? { id } : {} }) },
  icons: { person: <UserRound /> },
  actions: [{ key: "person-add", title: "person-add", icon: <UserPlus />, place: { to: "/people", search: { id: "new" } } }],
};
