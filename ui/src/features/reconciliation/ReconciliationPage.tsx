import { useNavigate } from "@tanstack/react-router";
import { Import, Scale } from "lucide-react";
import { Button } from "@/components/Button";
import { DataNav } from "@/components/DataNav";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { Select } from "@/components/Select";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useNoUsage } from "@/core/noUsage";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { usePersisted } from "@/core/usePersisted";
import type { ReconciliationView } from "@/core/types";
import { Feeds } from "./Feeds";
import { MonthsTable } from "./MonthsTable";
import { Names } from "./Names";
import "./reconciliation.css";

/** Computed, reported and billed beside each other: what a bill says against what was used. */
export function ReconciliationPage({ search }: { search: { period?: string } }) {
  const t = useText();
  const navigate = useNavigate();
  const status = useRpc("workspace_status", null);
  const [remembered, remember] = usePersisted(`reconciliation.period.${status.data?.path ?? ""}`, "");
  const periods = useRpc("periods", null);
  const known = periods.data ?? [];
  const wanted = search.period ?? remembered;
  const period = known.find((item) => item.key === wanted)?.key ?? known[0]?.key ?? "";
  const view = useRpc("reconciliation", { period }, { enabled: period !== "" });
  const noUsage = useNoUsage();
  const start = (
    <Button look="primary" icon={<Import />} onClick={() => void navigate({ to: "/imports/new", search: {} })} data-testid="reconciliation-import">{t("reconciliation-import")}</Button>
  );
  const error = view.error ?? periods.error;
  return (
    <div className="page">
      <PageHeader
        crumb={`${t("group-library")} · ${t("nav-data")}`}
        title={t("nav-reconciliation")}
        actions={
          noUsage ? null : (
            <>
              <Select
                compact
                label={t("period")}
                value={period}
                onChange={(next) => {
                  remember(next);
                  void navigate({ to: "/data/reconciliation", search: { period: next }, replace: true });
                }}
                options={known.map((item) => ({ value: item.key, label: item.label, note: t(`period-${item.kind}`) }))}
                data-testid="reconciliation-period"
              />
              {start}
            </>
          )
        }
      />
      <DataNav current="reconciliation" />
      <div className="page-body">
        {noUsage ? (
          <EmptyState icon={<Scale />} title={t("reconciliation-empty-title")} text={t("reconciliation-empty-text")} action={<>{start}<SampleLink /></>} />
        ) : view.data ? (
          <Body view={view.data} stale={view.isPlaceholderData} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void (view.error ? view.refetch() : periods.refetch())} />
        ) : (
          <LoadingState />
        )}
      </div>
    </div>
  );
}

function Body({ view, stale }: { view: ReconciliationView; stale: boolean }) {
  const t = useText();
  return (
    <div className={stale ? "reconciliation stale" : "reconciliation"} aria-busy={stale} data-testid="reconciliation">
      {view.months.length === 0 ? (
        <EmptyState inline icon={<Scale />} title={t("reconciliation-none-title", { period: view.label })} text={t("reconciliation-none-text")} />
      ) : (
        <MonthsTable view={view} />
      )}
      <div className="reconciliation-parts">
        <Names unresolved={view.unresolved} aliases={view.aliases} />
        <Feeds feeds={view.feeds} />
      </div>
    </div>
  );
}
