/** Every command with what it takes and gives, and the tags each query reads. */
import type * as W from "./types";

export interface Queries {
  workspace_status: { in: null; out: W.WorkspaceStatus };
  workspace_recent: { in: null; out: W.RecentWorkspace[] };
  backups: { in: null; out: W.Backup[] };
  activity: { in: { limit: number }; out: W.ActivityEntry[] };
  home: { in: null; out: W.HomeView };
  vendors: { in: null; out: W.VendorRow[] };
  vendor: { in: { id: W.Id }; out: W.VendorView };
  contracts: { in: null; out: W.ContractsView };
  contract: { in: { id: W.Id }; out: W.ContractView };
  prices: { in: { search: string; limit: number }; out: W.PriceList };
  price_history: { in: { provider: string; model: string; tier: string }; out: W.PriceHistory };
  price_sources: { in: null; out: W.PriceSource[] };
  import_inspect: { in: { path: string }; out: W.FileInspection };
  import_plan_get: { in: { planId: W.Id }; out: W.ImportPlan };
  imports: { in: null; out: W.ImportRow[] };
  economics: { in: W.EconomicsQuery; out: W.EconomicsView };
  explain: { in: W.ExplainQuery; out: W.Explanation };
  periods: { in: null; out: W.PeriodOption[] };
  report_commentary: { in: { period: string }; out: { page: string; text: string }[] };
  search: { in: { text: string; limit: number }; out: W.SearchHit[] };
}

export interface Mutations {
  workspace_create: { in: W.WorkspaceDraft; out: W.WorkspaceStatus };
  workspace_open: { in: { path: string }; out: W.WorkspaceStatus };
  workspace_close: { in: null; out: unknown };
  settings_save: { in: W.Settings; out: W.Settings };
  workspace_backup: { in: null; out: W.Backup };
  backup_restore: { in: { path: string }; out: W.WorkspaceStatus };
  undo: { in: null; out: W.UndoResult };
  vendor_save: { in: W.VendorDraft; out: W.Vendor };
  vendor_delete: { in: { id: W.Id }; out: unknown };
  contract_save: { in: W.ContractDraft; out: W.Contract };
  contract_delete: { in: { id: W.Id }; out: unknown };
  contract_attach: { in: { contractId: W.Id; path: string }; out: W.Attachment };
  attachment_save: { in: { id: W.Id; path: string }; out: unknown };
  attachment_delete: { in: { id: W.Id }; out: unknown };
  contract_price_add: { in: W.PriceDraft; out: unknown };
  price_add: { in: W.PriceDraft; out: W.PriceRow };
  price_close: { in: { id: W.Id; at: W.Instant }; out: unknown };
  import_plan_discard: { in: { planId: W.Id }; out: unknown };
  import_revert: { in: { id: W.Id }; out: unknown };
  import_issues_export: { in: { planId: W.Id; path: string }; out: { rows: number } };
  report_commentary_save: { in: { period: string; page: string; text: string }; out: unknown };
}

export interface Jobs {
  workspace_sample: { in: { path: string | null }; out: W.WorkspaceStatus };
  price_import: { in: { path: string }; out: W.PriceImportSummary };
  import_plan: { in: W.ImportRequest; out: W.ImportPlan };
  import_commit: { in: { planId: W.Id; onConflict: "keep" | "replace" | "add" | null }; out: W.ImportSummary };
  report_quarter: { in: { period: string; paper: W.Paper; lang: string }; out: W.ReportPreview };
  report_quarter_export: {
    in: { period: string; paper: W.Paper; lang: string; path: string };
    out: { path: string; pages: number; bytes: number };
  };
}

/** A query is stale when a commit touched any tag it reads. */
export const READS: Record<keyof Queries, readonly W.Tag[]> = {
  workspace_status: ["workspace", "settings"],
  workspace_recent: ["workspace"],
  backups: ["workspace"],
  activity: ["activity", "workspace"],
  home: ["workspace", "vendors", "contracts", "usage", "prices", "settings"],
  vendors: ["workspace", "vendors", "contracts", "usage", "prices", "settings"],
  vendor: ["workspace", "vendors", "contracts", "usage", "prices", "settings"],
  contracts: ["workspace", "vendors", "contracts", "settings"],
  contract: ["workspace", "vendors", "contracts", "prices", "settings"],
  prices: ["workspace", "prices", "contracts"],
  price_history: ["workspace", "prices", "contracts"],
  price_sources: ["workspace", "prices"],
  import_inspect: ["workspace"],
  import_plan_get: ["workspace"],
  imports: ["workspace", "usage", "prices"],
  economics: ["workspace", "usage", "prices", "settings"],
  explain: ["workspace", "usage", "prices", "settings"],
  periods: ["workspace", "usage", "settings"],
  report_commentary: ["workspace", "reports"],
  search: ["workspace", "vendors", "contracts", "prices", "usage"],
};
