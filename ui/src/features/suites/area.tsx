import { createRoute } from "@tanstack/react-router";
import { FileInput, FlaskConical, MessageSquare, Paperclip } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const SuitesPage = lazyPage(() => import("./SuitesPage").then((module) => module.SuitesPage));
const SuitePage = lazyPage(() => import("./SuitePage").then((module) => module.SuitePage));
const ImportPage = lazyPage(() => import("./ImportPage").then((module) => module.ImportPage));

const suites = createRoute({
  getParentRoute: () => root,
  path: "/suites",
  validateSearch: (raw: Raw): { add?: boolean } => (raw.add === true ? { add: true } : {}),
  component: function Suites() {
    return <SuitesPage adding={suites.useSearch().add === true} />;
  },
});

const bringing = createRoute({
  getParentRoute: () => root,
  path: "/suites/import",
  validateSearch: (raw: Raw): { id?: string; path?: string } => pick(raw, ["id", "path"]),
  component: function Import() {
    const { id, path } = bringing.useSearch();
    return <ImportPage key={`${id ?? ""} ${path ?? ""}`} id={id ?? null} path={path ?? ""} />;
  },
});

const suite = createRoute({
  getParentRoute: () => root,
  path: "/suites/$id",
  validateSearch: (raw: Raw): { tab?: string; version?: string; case?: string } => pick(raw, ["tab", "version", "case"]),
  component: function Suite() {
    return <SuitePage id={suite.useParams().id} search={suite.useSearch()} />;
  },
});

export const routes = [suites, bringing, suite] as const;

const toSuite = (id: string | null) => (id ? { to: "/suites/$id", params: { id } } : { to: "/suites" });

export const area: Area = {
  name: "suite",
  nav: [{ key: "suites", group: "vendors", place: { to: "/suites" }, jump: "s", icon: <FlaskConical />, within: ["/suites"], counts: ["suite"] }],
  links: { suite: toSuite, "suite-cases": toSuite },
  icons: { suite: <FlaskConical />, "suite-cases": <FlaskConical /> },
  verbs: {
    suite: [
      { key: "cases", title: "cases-import", icon: <FileInput />, place: (id) => ({ to: "/suites/import", search: { id } }) },
      { key: "comment", title: "comment-add", icon: <MessageSquare />, place: (id) => ({ to: "/suites/$id", params: { id }, search: { tab: "activity" } }) },
      { key: "attach", title: "document-attach", icon: <Paperclip />, place: (id) => ({ to: "/suites/$id", params: { id }, search: { tab: "documents" } }) },
    ],
  },
  actions: [{ key: "cases", title: "palette-cases", icon: <FileInput />, place: { to: "/suites/import" } }],
};
