import { createRoute } from "@tanstack/react-router";
import { BookOpen } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const GuidePage = lazyPage(() => import("./GuidePage").then((module) => module.GuidePage));

const guide = createRoute({
  getParentRoute: () => root,
  path: "/guide",
  validateSearch: (raw: Raw): { page?: string } => pick(raw, ["page"]),
  component: function Guide() {
    return <GuidePage page={guide.useSearch().page ?? null} />;
  },
});

export const routes = [guide] as const;

export const area: Area = {
  name: "guide",
  nav: [],
  links: { guide: (page) => ({ to: "/guide", search: page ? { page } : {} }) },
  actions: [{ key: "guide", title: "palette-guide", icon: <BookOpen />, place: { to: "/guide" } }],
};
