import { createRoute } from "@tanstack/react-router";
import { Boxes, FilePlus2, MessageSquare, Paperclip, Tags } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";

const ContractsPage = lazyPage(() => import("./ContractsPage").then((module) => module.ContractsPage));
const ContractPage = lazyPage(() => import("./ContractPage").then((module) => module.ContractPage));

const contracts = createRoute({
  getParentRoute: () => root,
  path: "/contracts",
  validateSearch: (raw: Raw): { vendor?: string; add?: boolean } => ({ ...pick(raw, ["vendor"]), ...(raw.add === true ? { add: true } : {}) }),
  component: function Contracts() {
    return <ContractsPage search={contracts.useSearch()} />;
  },
});
const contract = createRoute({
  getParentRoute: () => root,
  path: "/contracts/$id",
  validateSearch: (raw: Raw): { tab?: string } => pick(raw, ["tab"]),
  component: function Contract() {
    return <ContractPage id={contract.useParams().id} tab={contract.useSearch().tab ?? "terms"} />;
  },
});

export const routes = [contracts, contract] as const;

export const area: Area = {
  name: "contract",
  nav: [{ key: "contracts", group: "vendors", place: { to: "/contracts" }, jump: "c", icon: <Boxes />, within: ["/contracts"], counts: ["contract"] }],
  links: { contract: (id) => (id ? { to: "/contracts/$id", params: { id } } : { to: "/contracts" }) },
  icons: { contract: <Boxes /> },
  verbs: {
    contract: [
      { key: "comment", title: "comment-add", icon: <MessageSquare />, place: (id) => ({ to: "/contracts/$id", params: { id }, search: { tab: "activity" } }) },
      { key: "attach", title: "document-attach", icon: <Paperclip />, place: (id) => ({ to: "/contracts/$id", params: { id }, search: { tab: "documents" } }) },
      { key: "prices", title: "nav-prices", icon: <Tags />, place: (id) => ({ to: "/contracts/$id", params: { id }, search: { tab: "prices" } }) },
    ],
  },
  actions: [{ key: "contract", title: "palette-contract", icon: <FilePlus2 />, place: { to: "/contracts", search: { add: true } } }],
};
