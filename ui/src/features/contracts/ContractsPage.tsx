import { useNavigate } from "@tanstack/react-router";
import { Boxes, Plus } from "lucide-react";
import { useMemo } from "react";
import { Chart } from "@/charts/Chart";
import { Badge, Due } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { compareDecimals } from "@/core/decimal";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { ContractRow } from "@/core/types";
import { NewContractDialog } from "./NewContractDialog";

const STATE_TONE = { future: "plain", active: "good", ended: "muted" } as const;

export function ContractsPage({ search }: { search: { vendor?: string; add?: boolean } }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const contracts = useRpc("contracts", null);

  const columns = useMemo<Column<ContractRow>[]>(
    () => [
      { id: "title", header: t("contract"), min: 190, cell: (row) => <Clip>{row.contract.title || t("unnamed")}</Clip>, sort: (a, b) => a.contract.title.localeCompare(b.contract.title) },
      { id: "vendor", header: t("vendor"), width: 112, cell: (row) => <Clip>{row.vendorName}</Clip>, sort: (a, b) => a.vendorName.localeCompare(b.vendorName) },
      { id: "kind", header: t("contract-kind"), width: 136, optional: true, cell: (row) => <span className="mut">{t(`contract-kind-${row.contract.kind}`)}</span> },
      { id: "state", header: t("status"), width: 88, cell: (row) => <Badge tone={STATE_TONE[row.state]}>{t(`contract-state-${row.state}`)}</Badge>, sort: (a, b) => a.state.localeCompare(b.state) },
      {
        id: "term", header: t("current-term"), term: "current-term", width: t.lang === "en" ? 186 : 236,
        cell: (row) => (row.term ? `${format.day(row.term.from)} – ${format.day(row.term.to)}` : <span className="mut">{t("term-rolling")}</span>),
        sort: (a, b) => (a.term?.to ?? "9").localeCompare(b.term?.to ?? "9"),
      },
      {
        id: "commitment", header: t("commitment"), term: "commitment", width: 124, optional: true, align: "right", cell: (row) => format.money(row.contract.commitment),
        sort: (a, b) => compareDecimals(a.contract.commitment?.amount ?? null, b.contract.commitment?.amount ?? null),
      },
      {
        id: "deadline", header: t("deadline"), term: "notice-deadline", width: t.lang === "en" ? 168 : 188,
        cell: (row) => (row.deadline ? <Due urgency={row.deadline.urgency} text={t(`deadline-${row.deadline.kind}`, { date: format.day(row.deadline.date), days: row.deadline.daysLeft })} /> : <span className="faint">—</span>),
        sort: (a, b) => (a.deadline?.date ?? "9").localeCompare(b.deadline?.date ?? "9"),
      },
    ],
    [t, format],
  );
  const add = <Button look="primary" icon={<Plus />} onClick={() => void navigate({ to: "/contracts", search: { add: true } })} data-testid="contract-add">{t("contract-add")}</Button>;
  const timeline = contracts.data?.timeline ?? null;
  /** The core names a lane "vendor · contract". */
  const openLane = (name: string): void => {
    const row = contracts.data?.rows.find((item) => `${item.vendorName} · ${item.contract.title}` === name);
    if (row) void navigate({ to: "/contracts/$id", params: { id: row.contract.id }, search: {} });
  };

  return (
    <div className="page">
      <PageHeader crumb={t("group-vendors")} title={t("nav-contracts")} actions={add} />
      <div className="page-body">
        {contracts.data ? (
          contracts.data.rows.length === 0 ? (
            <EmptyState icon={<Boxes />} title={t("contracts-empty-title")} text={t("contracts-empty-text")} action={<>{add}<SampleLink /></>} />
          ) : (
            <div className="stack">
              {timeline?.marks.kind === "timeline" ? <Chart spec={timeline} height={Math.min(300, 56 + timeline.marks.lanes.length * 28)} onLane={openLane} testid="contracts-timeline" /> : null}
              <DataTable
                label={t("nav-contracts")}
                columns={columns}
                rows={contracts.data.rows}
                rowKey={(row) => row.contract.id}
                storageKey="contracts"
                onOpen={(row) => void navigate({ to: "/contracts/$id", params: { id: row.contract.id }, search: {} })}
                initialSort={{ id: "deadline", desc: false }}
                testid="contracts-table"
              />
            </div>
          )
        ) : contracts.error ? (
          <ErrorState error={contracts.error} onRetry={() => void contracts.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      {search.add ? <NewContractDialog vendorId={search.vendor ?? null} onClose={() => void navigate({ to: "/contracts", search: {} })} /> : null}
    </div>
  );
}
