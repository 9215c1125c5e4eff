import { createRoute } from "@tanstack/react-router";
import { House } from "lucide-react";
import type { Area } from "@/core/area";
import { nothing, root } from "@/core/routes";
import { HomePage } from "./HomePage";

const home = createRoute({ getParentRoute: () => root, path: "/", validateSearch: nothing, component: HomePage });

export const routes = [home] as const;

export const area: Area = {
  name: "home",
  nav: [{ key: "home", group: "start", place: { to: "/" }, jump: "h", icon: <House />, within: [], counts: [] }],
  links: {},
};
