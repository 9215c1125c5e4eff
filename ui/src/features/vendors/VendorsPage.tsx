import { useNavigate } from "@tanstack/react-router";
import { Plus, Users } from "lucide-react";
import { useMemo } from "react";
import { Due } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { compareDecimals } from "@/core/decimal";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { VendorRow } from "@/core/types";
import { VendorPanel } from "./VendorPanel";
import { VendorStatusBadge } from "./status";

export function VendorsPage({ search }: { search: { id?: string } }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const vendors = useRpc("vendors", null);
  const openNew = (open: boolean): void => void navigate({ to: "/vendors", search: open ? { id: "new" } : {} });

  const columns = useMemo<Column<VendorRow>[]>(
    () => [
      { id: "name", header: t("vendor"), cell: (row) => <Clip>{row.vendor.name || t("unnamed")}</Clip>, sort: (a, b) => a.vendor.name.localeCompare(b.vendor.name) },
      { id: "status", header: t("status"), term: "vendor-status", width: 116, cell: (row) => <VendorStatusBadge status={row.vendor.status} />, sort: (a, b) => a.vendor.status.localeCompare(b.vendor.status) },
      { id: "owner", header: t("owner"), width: 140, optional: true, cell: (row) => <Clip>{row.vendor.owner || "—"}</Clip>, sort: (a, b) => a.vendor.owner.localeCompare(b.vendor.owner) },
      { id: "risk", header: t("risk-tier"), term: "risk-tier", width: 90, optional: true, cell: (row) => (row.vendor.riskTier ? t(`risk-${row.vendor.riskTier}`) : <span className="faint">—</span>) },
      { id: "models", header: t("models"), width: 76, optional: true, align: "right", cell: (row) => format.count(row.models), sort: (a, b) => a.models - b.models },
      { id: "contracts", header: t("nav-contracts"), width: 92, align: "right", cell: (row) => format.count(row.contracts), sort: (a, b) => a.contracts - b.contracts },
      {
        id: "spend", header: t("spend-this-quarter"), term: "spend", width: 150, align: "right", cell: (row) => <span title={format.moneyExact(row.spendThisQuarter)}>{format.money(row.spendThisQuarter)}</span>,
        sort: (a, b) => compareDecimals(a.spendThisQuarter?.amount ?? null, b.spendThisQuarter?.amount ?? null),
      },
      {
        id: "deadline", header: t("next-deadline"), term: "notice-deadline", width: 190,
        cell: (row) => (row.nextDeadline ? <Due urgency={row.nextDeadline.urgency} text={t(`deadline-${row.nextDeadline.kind}`, { date: format.day(row.nextDeadline.date), days: row.nextDeadline.daysLeft })} /> : <span className="faint">—</span>),
        sort: (a, b) => (a.nextDeadline?.date ?? "9").localeCompare(b.nextDeadline?.date ?? "9"),
      },
    ],
    [t, format],
  );
  const add = <Button look="primary" icon={<Plus />} onClick={() => openNew(true)} data-testid="vendor-add">{t("vendor-add")}</Button>;

  return (
    <div className="page">
      <PageHeader crumb={t("group-vendors")} title={t("nav-vendors")} actions={add} />
      <div className="page-body">
        {vendors.data ? (
          vendors.data.length === 0 ? (
            <EmptyState icon={<Users />} title={t("vendors-empty-title")} text={t("vendors-empty-text")} action={<>{add}<SampleLink /></>} />
          ) : (
            <DataTable
              label={t("nav-vendors")}
              columns={columns}
              rows={vendors.data}
              rowKey={(row) => row.vendor.id}
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
        )}
      </div>
      <VendorPanel open={search.id === "new"} onClose={() => openNew(false)} />
    </div>
  );
}
