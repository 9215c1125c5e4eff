import { createRoute } from "@tanstack/react-router";
import { EyeOff, FileInput, MessageSquare, Plus, Scale, SlidersHorizontal } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const BakeoffsPage = lazyPage(() => import("./BakeoffsPage").then((module) => module.BakeoffsPage));
const BakeoffPage = lazyPage(() => import("./BakeoffPage").then((module) => module.BakeoffPage));
const RoundBlind = lazyPage(() => import("./BlindPage").then((module) => module.RoundBlind));
const PacketPage = lazyPage(() => import("./PacketPage").then((module) => module.PacketPage));
const ImportPage = lazyPage(() => import("./ImportPage").then((module) => module.ImportPage));

const bakeoffs = createRoute({
  getParentRoute: () => root,
  path: "/bakeoffs",
  validateSearch: (raw: Raw): { add?: boolean; suite?: string } => (raw.add === true ? { add: true, ...pick(raw, ["suite"]) } : {}),
  component: function Bakeoffs() {
    const { add = false, suite = "" } = bakeoffs.useSearch();
    return <BakeoffsPage adding={add} suite={suite} />;
  },
});

const bakeoff = createRoute({
  getParentRoute: () => root,
  path: "/bakeoffs/$id",
  validateSearch: (raw: Raw): { tab?: string; case?: string } => pick(raw, ["tab", "case"]),
  component: function Bakeoff() {
    return <BakeoffPage id={bakeoff.useParams().id} search={bakeoff.useSearch()} />;
  },
});

const bringing = createRoute({
  getParentRoute: () => root,
  path: "/bakeoffs/$id/import",
  validateSearch: (raw: Raw): { path?: string } => pick(raw, ["path"]),
  component: function Import() {
    const { id } = bringing.useParams();
    return <ImportPage key={id} id={id} path={bringing.useSearch().path ?? ""} />;
  },
});

const blind = createRoute({
  getParentRoute: () => root,
  path: "/bakeoffs/$id/blind",
  validateSearch: (raw: Raw): { round?: string; rater?: string } => pick(raw, ["round", "rater"]),
  component: function Blind() {
    const { id } = blind.useParams();
    const { round = "", rater = "" } = blind.useSearch();
    return <RoundBlind key={`${round}/${rater}`} id={id} round={round} rater={rater} />;
  },
});

const packet = createRoute({
  getParentRoute: () => root,
  path: "/packet",
  validateSearch: (raw: Raw): { path?: string; rater?: string } => pick(raw, ["path", "rater"]),
  component: function Packet() {
    const { path = "", rater = "" } = packet.useSearch();
    return <PacketPage path={path} rater={rater} />;
  },
});

export const routes = [bakeoffs, bakeoff, bringing, blind, packet] as const;

export const area: Area = {
  name: "bakeoff",
  nav: [{ key: "bakeoffs", group: "vendors", place: { to: "/bakeoffs" }, jump: "b", icon: <Scale />, within: ["/bakeoffs"], counts: ["bakeoff"] }],
  links: {
    bakeoff: (id) => (id ? { to: "/bakeoffs/$id", params: { id } } : { to: "/bakeoffs" }),
    // A link to one of these names it, not the bake-off it is of.
    candidate: () => ({ to: "/bakeoffs" }),
    "result-import": () => ({ to: "/bakeoffs" }),
    round: () => ({ to: "/bakeoffs" }),
    decision: () => ({ to: "/bakeoffs" }),
  },
  icons: { bakeoff: <Scale />, candidate: <Scale />, "result-import": <FileInput /> },
  verbs: {
    bakeoff: [
      { key: "results", title: "results-import", icon: <FileInput />, place: (id) => ({ to: "/bakeoffs/$id/import", params: { id } }) },
      { key: "setup", title: "bakeoff-tab-setup", icon: <SlidersHorizontal />, place: (id) => ({ to: "/bakeoffs/$id", params: { id }, search: { tab: "setup" } }) },
      { key: "comment", title: "comment-add", icon: <MessageSquare />, place: (id) => ({ to: "/bakeoffs/$id", params: { id }, search: { tab: "activity" } }) },
    ],
  },
  keys: {
    title: "blind-title",
    rows: [
      ["blind-left", ["1"]], ["blind-right", ["2"]], ["blind-tie", ["3"]], ["blind-both-bad", ["4"]],
      ["blind-key-mark", ["1–5"]], ["blind-skip", ["s"]], ["blind-note", ["n"]], ["blind-key-undo", ["u"]],
      ["blind-key-input", ["i"]], ["blind-rubric", ["r"]], ["blind-leave", ["Esc"]],
    ],
  },
  actions: [{ key: "packet", title: "palette-packet", icon: <EyeOff />, place: { to: "/packet" } }, { key: "bakeoff", title: "palette-bakeoff", icon: <Plus />, place: { to: "/bakeoffs", search: { add: true } } }],
};
