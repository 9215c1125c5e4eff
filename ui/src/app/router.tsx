import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { lazy } from "react";
import { readPersisted } from "@/core/persisted";
import { HomePage } from "@/features/home/HomePage";
import { ContractPage, ContractsPage, EconomicsPage, GuidePage, ImportsPage, ImportWizard, PricesPage, ReconciliationPage, ReportsPage, SettingsPage, VendorsPage } from "./pages";
import type { PricesSearch } from "@/features/prices/PricesPage";
import { Shell } from "./Shell";

const showGallery = import.meta.env.DEV || import.meta.env.MODE === "gallery";
const Gallery = showGallery ? lazy(() => import("./gallery/Gallery").then((module) => ({ default: module.Gallery }))) : null;

type Raw = Record<string, unknown>;
const text = (raw: Raw, key: string): string | undefined => {
  const value = raw[key];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
};
/** Absent keys stay absent, so that addresses stay short. */
function pick<K extends string>(raw: Raw, keys: readonly K[]): { [key in K]?: string } {
  const out: { [key in K]?: string } = {};
  for (const key of keys) {
    const value = text(raw, key);
    if (value !== undefined) out[key] = value;
  }
  return out;
}

const root = createRootRoute({ component: Shell, notFoundComponent: () => null });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: (): Record<string, never> => ({}),
  component: HomePage,
});
const vendors = createRoute({
  getParentRoute: () => root,
  path: "/vendors",
  validateSearch: (raw: Raw): { id?: string } => pick(raw, ["id"]),
  component: function Vendors() {
    return <VendorsPage search={vendors.useSearch()} />;
  },
});
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
const economics = createRoute({
  getParentRoute: () => root,
  path: "/economics",
  validateSearch: (raw: Raw): { period?: string; by?: string; filters?: string } => pick(raw, ["period", "by", "filters"]),
  component: function Economics() {
    return <EconomicsPage search={economics.useSearch()} />;
  },
});
const prices = createRoute({
  getParentRoute: () => root,
  path: "/prices",
  validateSearch: (raw: Raw): PricesSearch => pick(raw, ["q", "provider", "model", "tier", "add", "from"]),
  component: function Prices() {
    return <PricesPage search={prices.useSearch()} />;
  },
});
const reports = createRoute({
  getParentRoute: () => root,
  path: "/reports",
  validateSearch: (raw: Raw): { period?: string; paper?: string; lang?: string } => pick(raw, ["period", "paper", "lang"]),
  component: function Reports() {
    return <ReportsPage search={reports.useSearch()} />;
  },
});
const reconciliation = createRoute({
  getParentRoute: () => root,
  path: "/data/reconciliation",
  validateSearch: (raw: Raw): { period?: string } => pick(raw, ["period"]),
  component: function Reconciliation() {
    return <ReconciliationPage search={reconciliation.useSearch()} />;
  },
});
const imports = createRoute({
  getParentRoute: () => root,
  path: "/imports",
  validateSearch: (): Record<string, never> => ({}),
  component: ImportsPage,
});
const importNew = createRoute({
  getParentRoute: () => root,
  path: "/imports/new",
  validateSearch: (raw: Raw): { path?: string } => pick(raw, ["path"]),
  component: function ImportNew() {
    return <ImportWizard path={importNew.useSearch().path ?? null} />;
  },
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (raw: Raw): { tab?: string } => pick(raw, ["tab"]),
  component: function Settings() {
    return <SettingsPage tab={settings.useSearch().tab ?? "workspace"} />;
  },
});
const guide = createRoute({
  getParentRoute: () => root,
  path: "/guide",
  validateSearch: (raw: Raw): { page?: string } => pick(raw, ["page"]),
  component: function Guide() {
    return <GuidePage page={guide.useSearch().page ?? null} />;
  },
});
const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  beforeLoad: () => {
    if (!showGallery) throw redirect({ to: "/", search: {} });
  },
  component: () => (Gallery ? <Gallery /> : null),
});

const tree = root.addChildren([home, vendors, contracts, contract, economics, prices, reports, reconciliation, imports, importNew, settings, guide, gallery]);

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
