/** Everything but the frame and Home in files of their own: what the first picture does not need is read after it. */
import { lazy, type ComponentType } from "react";

type Load<Props> = () => Promise<ComponentType<Props>>;
const loads: (() => Promise<unknown>)[] = [];

function page<Props extends object>(load: Load<Props>) {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

export const ContractPage = page(() => import("@/features/contracts/ContractPage").then((module) => module.ContractPage));
export const ContractsPage = page(() => import("@/features/contracts/ContractsPage").then((module) => module.ContractsPage));
export const EconomicsPage = page(() => import("@/features/economics/EconomicsPage").then((module) => module.EconomicsPage));
export const GuidePage = page(() => import("@/features/guide/GuidePage").then((module) => module.GuidePage));
export const ImportsPage = page(() => import("@/features/imports/ImportsPage").then((module) => module.ImportsPage));
export const ImportWizard = page(() => import("@/features/imports/ImportWizard").then((module) => module.ImportWizard));
export const PricesPage = page(() => import("@/features/prices/PricesPage").then((module) => module.PricesPage));
export const ReconciliationPage = page(() => import("@/features/reconciliation/ReconciliationPage").then((module) => module.ReconciliationPage));
export const ReportsPage = page(() => import("@/features/reports/ReportsPage").then((module) => module.ReportsPage));
export const SettingsPage = page(() => import("@/features/settings/SettingsPage").then((module) => module.SettingsPage));
export const CheatSheet = page(() => import("./CheatSheet").then((module) => module.CheatSheet));
export const NewWorkspaceDialog = page(() => import("@/features/workspace/NewWorkspaceDialog").then((module) => module.NewWorkspaceDialog));
export const OpenDialog = page(() => import("@/features/workspace/StartScreen").then((module) => module.OpenDialog));
export const Palette = page(() => import("./Palette").then((module) => module.Palette));
export const RecoveryScreen = page(() => import("@/features/workspace/RecoveryScreen").then((module) => module.RecoveryScreen));
export const StartScreen = page(() => import("@/features/workspace/StartScreen").then((module) => module.StartScreen));
export const VendorsPage = page(() => import("@/features/vendors/VendorsPage").then((module) => module.VendorsPage));

/** Reads the others while nobody waits, so that going to one is never slower than staying. */
export function readPagesWhenIdle(): void {
  const read = (): void => loads.forEach((load) => void load());
  if (typeof window.requestIdleCallback === "function") window.requestIdleCallback(read, { timeout: 2_000 });
  else window.setTimeout(read, 600);
}
