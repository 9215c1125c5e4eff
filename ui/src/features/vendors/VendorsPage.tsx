import { useNavigate } from "@tanstack/react-router";
import { Plus, UserPen, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { Due } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, dayDatum, moneyDatum, numberDatum, textDatum, type BulkAction, type Column } from "@/components/DataTable";
import { OwnerDialog } from "@/record/OwnerDialog";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { VendorRow } from "@/core/types";
import { Tabs } from "@/components/Tabs";
import { DataTermsMatrix, ScorecardMatrix } from "./Matrices";
import { VendorPanel } from "./VendorPanel";
import { VendorStatusBadge } from "./status";

export function VendorsPage({ search }: { search: { id?: string; tab?: string } }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const vendors = useRpc("vendors", null);
  const openNew = (open: boolean): void => void navigate({ to: "/vendors", search: open ? { id: "new" } : {} });

  const columns = useMemo<Column<VendorRow>[]>(
    () => [
      { id: "name", header: t("vendor"), cell: (row) => <Clip>{row.vendor.name || t("unnamed")}</Clip>, data: textDatum((row) => row.vendor.name), sort: true },
      { id: "status", header: t("status"), term: "vendor-status", width: 116, cell: (row) => <VendorStatusBadge status={row.vendor.status} />, data: textDatum((row) => t(`vendor-status-${row.vendor.status}`)), sort: true },
      { id: "owner", header: t("owner"), width: 140, optional: true, cell: (row) => <Clip>{row.vendor.owner || "—"}</Clip>, data: textDatum((row) => row.vendor.owner), sort: true },
      { id: "risk", header: t("risk-tier"), term: "risk-tier", width: 90, optional: true, cell: (row) => (row.vendor.riskTier ? t(`risk-${row.vendor.riskTier}`) : <span className="faint">—</span>), data: textDatum((row) => (row.vendor.riskTier ? t(`risk-${row.vendor.riskTier}`) : null)) },
      { id: "models", header: t("models"), width: 76, optional: true, align: "right", cell: (row) => format.count(row.models), data: numberDatum((row) => row.models), sort: true },
      { id: "contracts", header: t("nav-contracts"), width: 92, align: "right", cell: (row) => format.count(row.contracts), data: numberDatum((row) => row.contracts), sort: true, total: {} },
      {
        id: "spend", header: t("spend-this-quarter"), term: "spend", width: 150, align: "right", cell: (row) => <span title={format.moneyExact(row.spendThisQuarter)}>{format.money(row.spendThisQuarter)}</span>,
        data: moneyDatum((row) => row.spendThisQuarter), sort: true, digits: (row) => format.money(row.spendThisQuarter), total: { currency: (row) => row.spendThisQuarter?.currency ?? null },
      },
      {
        id: "deadline", header: t("next-deadline"), term: "notice-deadline", width: 186,
        cell: (row) => (row.nextDeadline ? <Due urgency={row.nextDeadline.urgency} text={t(`deadline-${row.nextDeadline.kind}`, { date: format.day(row.nextDeadline.date), days: row.nextDeadline.daysLeft })} /> : <span className="faint">—</span>),
        data: dayDatum((row) => row.nextDeadline?.date), find: (row) => format.day(row.nextDeadline?.date ?? null), sort: true,
      },
    ],
    [t, format],
  );
  const [assigned, setAssigned] = useState<{ rows: VendorRow[]; done: () => void } | null>(null);
  const bulk = useMemo<BulkAction<VendorRow>[]>(() => [{ key: "owner", label: t("bulk-owner"), icon: <UserPen />, run: (rows, done) => setAssigned({ rows, done }) }], [t]);
  const add = <Button look="primary" icon={<Plus />} onClick={() => openNew(true)} data-testid="vendor-add">{t("vendor-add")}</Button>;

  const tab = search.tab ?? "list";
  const list = vendors.data ? (
          vendors.data.length === 0 ? (
            <EmptyState icon={<Users />} title={t("vendors-empty-title")} text={t("vendors-empty-text")} action={<>{add}<SampleLink /></>} />
          ) : (
            <DataTable
              label={t("nav-vendors")}
              columns={columns}
              rows={vendors.data}
              rowKey={keyOf}
              bulk={bulk}
              storageKey="vendors"
              selected={null}
              onOpen={(row) => void navigate({ to: "/vendors/$id", params: { id: row.vendor.id }, search: {} })}
              testid="vendors-table"
            />
          )
        ) : vendors.error ? (
          <ErrorState error={vendors.error} onRetry={() => void vendors.refetch()} />
        ) : (
          <LoadingState />
        );

  return (
    <div className="page">
      <PageHeader crumb={t("group-vendors")} title={t("nav-vendors")} actions={add} />
      <div className="page-body">
        <Tabs
          label={t("nav-vendors")}
          value={tab}
          onChange={(next) => void navigate({ to: "/vendors", search: next === "list" ? {} : { tab: next }, replace: true })}
          items={[
            { value: "list", label: t("nav-vendors"), content: list },
            { value: "scorecards", label: t("scorecards"), content: tab === "scorecards" ? <ScorecardMatrix /> : null },
            { value: "data-terms", label: t("data-terms"), content: tab === "data-terms" ? <DataTermsMatrix /> : null },
          ]}
        />
      </div>
      {assigned ? (
        <OwnerDialog
          command="vendors_owner"
          ids={assigned.rows.map(keyOf)}
          onClose={() => setAssigned(null)}
          onDone={() => {
            setAssigned(null);
            assigned.done();
          }}
        />
      ) : null}
      <VendorPanel open={search.id === "new"} onClose={() => openNew(false)} />
    </div>
  );
}

const keyOf = (row: VendorRow): string => row.vendor.id;
