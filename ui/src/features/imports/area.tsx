import { createRoute } from "@tanstack/react-router";
import { FileInput, Import } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { nothing, pick, root, type Raw } from "@/core/routes";

const ImportsPage = lazyPage(() => import("./ImportsPage").then((module) => module.ImportsPage));
const ImportWizard = lazyPage(() => import("./ImportWizard").then((module) => module.ImportWizard));

const imports = createRoute({ getParentRoute: () => root, path: "/imports", validateSearch: nothing, component: ImportsPage });
const importNew = createRoute({
  getParentRoute: () => root,
  path: "/imports/new",
  validateSearch: (raw: Raw): { path?: string } => pick(raw, ["path"]),
  component: function ImportNew() {
    return <ImportWizard path={importNew.useSearch().path ?? null} />;
  },
});

export const routes = [imports, importNew] as const;

export const area: Area = {
  name: "usage",
  nav: [],
  places: [{ key: "imports", place: { to: "/imports" }, jump: "n", icon: <FileInput /> }],
  links: { import: () => ({ to: "/imports" }) },
  icons: { import: <Import /> },
  actions: [{ key: "import", title: "palette-import", icon: <Import />, place: { to: "/imports/new" } }],
};
