import { createRoute } from "@tanstack/react-router";
import { ListChecks, NotebookPen } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { root } from "@/core/routes";

const PostmortemPage = lazyPage(() => import("./PostmortemPage").then((module) => module.PostmortemPage));
const ActionsPage = lazyPage(() => import("./ActionsPage").then((module) => module.ActionsPage));

const postmortem = createRoute({
  getParentRoute: () => root,
  path: "/incidents/$id/postmortem",
  component: function Postmortem() {
    return <PostmortemPage id={postmortem.useParams().id} />;
  },
});

const actions = createRoute({
  getParentRoute: () => root,
  path: "/actions",
  component: function Actions() {
    return <ActionsPage />;
  },
});

export const routes = [postmortem, actions] as const;

export const area: Area = {
  name: "postmortem",
  nav: [{ key: "actions", group: "reliability", place: { to: "/actions" }, jump: "a", icon: <ListChecks />, within: ["/actions"], counts: ["postmortem"] }],
  links: { postmortem: (id) => (id ? { to: "/incidents/$id/postmortem", params: { id } } : { to: "/actions" }) },
  icons: { postmortem: <NotebookPen /> },
};
