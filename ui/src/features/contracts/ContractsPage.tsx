import { useNavigate } from "@tanstack/react-router";
import { Boxes, Plus, UserPen } from "lucide-react";
import { useMemo, useState } from "react";
import { Chart } from "@/charts/Chart";
import { Badge, Due } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, dayDatum, moneyDatum, textDatum, type BulkAction, type Column } from "@/components/DataTable";
import { OwnerDialog } from "@/record/OwnerDialog";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
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
      { id: "title", header: t("contract"), min: 190, cell: (row) => <Clip>{row.contract.title || t("unnamed")}</Clip>, data: textDatum((row) => row.contract.title), sort: true },
      { id: "vendor", header: t("vendor"), width: 112, cell: (row) => <Clip>{row.vendorName}</Clip>, data: textDatum((row) => row.vendorName), sort: true },
      { id: "owner", header: t("owner"), width: 130, hidden: true, cell: (row) => <Clip>{row.contract.owner || "—"}</Clip>, data: textDatum((row) => row.contract.owner), sort: true },
      { id: "state", header: t("status"), width: 88, optional: true, cell: (row) => <Badge tone={STATE_TONE[row.state]}>{t(`contract-state-${row.state}`)}</Badge>, data: textDatum((row) => t(`contract-state-${row.state}`)), sort: true },
      { id: "kind", header: t("contract-kind"), width: 136, optional: true, cell: (row) => <span className="mut">{t(`contract-kind-${row.contract.kind}`)}</span>, data: textDatum((row) => t(`contract-kind-${row.contract.kind}`)) },
      {
        id: "term", header: t("current-term"), term: "current-term", width: t.lang === "en" ? 186 : 236,
        cell: (row) => (row.term ? `${format.day(row.term.from)} – ${format.day(row.term.to)}` : <span className="mut">{t("term-rolling")}</span>),
        data: [dayDatum((row) => row.term?.from, t("contract-term-from")), dayDatum((row) => row.term?.to, t("contract-term-to"))],
        find: (row) => (row.term ? `${format.day(row.term.from)} ${format.day(row.term.to)}` : t("term-rolling")),
        sort: (a, b) => (a.term?.to ?? "9").localeCompare(b.term?.to ?? "9"),
      },
      {
        id: "commitment", header: t("commitment"), term: "commitment", width: 140, optional: true, align: "right", cell: (row) => format.money(row.contract.commitment),
        data: [moneyDatum((row) => row.contract.commitment), { ...textDatum((row) => row.contract.commitment?.currency ?? null), title: t("currency") }], sort: true,
        digits: (row) => format.money(row.contract.commitment),
      },
      {
        id: "deadline", header: t("deadline"), term: "notice-deadline", width: t.lang === "en" ? 168 : 188,
        cell: (row) => (row.deadline ? <Due urgency={row.deadline.urgency} text={t(`deadline-${row.deadline.kind}`, { date: format.day(row.deadline.date), days: row.deadline.daysLeft })} /> : <span className="faint">—</span>),
        data: dayDatum((row) => row.deadline?.date), find: (row) => format.day(row.deadline?.date ?? null), sort: true,
      },
    ],
    [t, format],
  );
  const [assigned, setAssigned] = useState<{ rows: ContractRow[]; done: () => void } | null>(null);
  const bulk = useMemo<BulkAction<ContractRow>[]>(() => [{ key: "owner", label: t("bulk-owner"), icon: <UserPen />, run: (rows, done) => setAssigned({ rows, done }) }], [t]);
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
              <div>
              <DataTable
                label={t("nav-contracts")}
                columns={columns}
                rows={contracts.data.rows}
                rowKey={keyOf}
                bulk={bulk}
                storageKey="contracts"
                onOpen={(row) => void navigate({ to: "/contracts/$id", params: { id: row.contract.id }, search: {} })}
                initialSort={{ id: "deadline", desc: false }}
                testid="contracts-table"
              />
              </div>
            </div>
          )
        ) : contracts.error ? (
          <ErrorState error={contracts.error} onRetry={() => void contracts.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      {assigned ? (
        <OwnerDialog
          command="contracts_owner"
          ids={assigned.rows.map(keyOf)}
          onClose={() => setAssigned(null)}
          onDone={() => {
            setAssigned(null);
            assigned.done();
          }}
        />
      ) : null}
      {search.add ? <NewContractDialog vendorId={search.vendor ?? null} onClose={() => void navigate({ to: "/contracts", search: {} })} /> : null}
    </div>
  );
}

const keyOf = (row: ContractRow): string => row.contract.id;
