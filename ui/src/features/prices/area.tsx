import { createRoute } from "@tanstack/react-router";
import { Tags } from "lucide-react";
import type { Area } from "@/core/area";
import { lazyPage } from "@/core/lazyPage";
import { pick, root, type Raw } from "@/core/routes";
import type { PricesSearch } from "./PricesPage";

const PricesPage = lazyPage(() => import("./PricesPage").then((module) => module.PricesPage));

const prices = createRoute({
  getParentRoute: () => root,
  path: "/prices",
  validateSearch: (raw: Raw): PricesSearch => pick(raw, ["q", "provider", "model", "tier", "add", "from"]),
  component: function Prices() {
    return <PricesPage search={prices.useSearch()} />;
  },
});

export const routes = [prices] as const;

export const area: Area = {
  name: "price",
  nav: [{ key: "prices", group: "economics", place: { to: "/prices" }, jump: "p", icon: <Tags />, within: ["/prices"], counts: ["price"] }],
  links: { price: (id) => ({ to: "/prices", search: id ? { q: id } : {} }) },
  icons: { price: <Tags /> },
};
