import { createHashHistory, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { lazy } from "react";
import { readPersisted } from "@/core/persisted";
import { root } from "@/core/routes";
import { ROUTES } from "./areas";
import { Shell } from "./Shell";

const showGallery = import.meta.env.DEV || import.meta.env.MODE === "gallery";
const Gallery = showGallery ? lazy(() => import("./gallery/Gallery").then((module) => ({ default: module.Gallery }))) : null;
const LargeTable = showGallery ? lazy(() => import("./gallery/LargeTable").then((module) => ({ default: module.LargeTable }))) : null;

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  beforeLoad: () => {
    if (!showGallery) throw redirect({ to: "/", search: {} });
  },
  component: () => (Gallery ? <Gallery /> : null),
});

const largeTable = createRoute({
  getParentRoute: () => root,
  path: "/gallery/table",
  beforeLoad: () => {
    if (!showGallery) throw redirect({ to: "/", search: {} });
  },
  component: () => (LargeTable ? <LargeTable /> : null),
});

root.update({ component: Shell, notFoundComponent: () => null });
const tree = root.addChildren([...ROUTES, gallery, largeTable]);

export function createAppRouter() {
  const history = createHashHistory();
  // The last place comes back after a restart, when the window was not opened at a particular one.
  if (history.location.href === "/" || history.location.href === "") history.replace(readPersisted("place", "/"));
  return createRouter({ routeTree: tree, history, defaultPreload: false, scrollRestoration: true, defaultErrorComponent: undefined });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
