import { useNavigate } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { Clip, DataTable, dayDatum, textDatum, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { usePersisted } from "@/core/usePersisted";
import type { ActionStatus, ActionView } from "@/core/types";
import { ActionDialog } from "./ActionDialog";
import "./postmortems.css";

const COLUMNS: readonly ActionStatus[] = ["open", "doing", "done", "verified", "dropped"];

/** Every action of every incident: a list, or a board by how they stand. */
export function ActionsPage() {
  const t = useText();
  const navigate = useNavigate();
  const actions = useRpc("actions", null);
  const [look, setLook] = usePersisted<"list" | "board">("actions-look", "list");
  const [open, setOpen] = useState<ActionView | null>(null);
  const columns = useMemo<Column<ActionView>[]>(
    () => [
      { id: "title", header: t("action-title"), min: 220, cell: (row) => <Clip>{row.details.title}</Clip>, data: textDatum((row) => row.details.title), sort: true },
      { id: "status", header: t("action-standing"), width: t.lang === "en" ? 152 : 124, cell: (row) => <Badge tone={row.overdue === null ? row.tone : "plain"}>{row.statusText}</Badge>, data: textDatum((row) => row.statusText), sort: true },
      { id: "due", header: t("action-by"), width: t.lang === "en" ? 106 : 128, cell: (row) => row.dueText, data: dayDatum((row) => row.details.due), find: (row) => row.dueText, sort: true },
      { id: "late", header: t("action-late"), width: 116, cell: (row) => (row.overdueText ? <Badge tone="bad">{row.overdueText}</Badge> : <span className="faint">—</span>), data: textDatum((row) => row.overdueText), sort: true },
      { id: "owner", header: t("owner"), width: 140, cell: (row) => <Clip>{row.details.owner || "—"}</Clip>, data: textDatum((row) => row.details.owner), sort: true },
      { id: "kind", header: t("action-for"), width: 96, optional: true, cell: (row) => row.kindText, data: textDatum((row) => row.kindText), sort: true },
      { id: "incident", header: t("incident"), width: 84, optional: true, cell: (row) => row.incident, data: textDatum((row) => row.incident), sort: true },
    ],
    [t],
  );
  const choice = <Segmented label={t("actions-look")} value={look} onChange={(next) => setLook(next as "list" | "board")} choices={[{ value: "list", label: t("actions-list") }, { value: "board", label: t("actions-board") }]} testid="actions-look" />;
  return (
    <div className="page">
      <PageHeader crumb={t("group-reliability")} title={t("nav-actions")} actions={actions.data && actions.data.length > 0 ? choice : null} />
      <div className="page-body">
        {actions.data ? (
          actions.data.length === 0 ? (
            <EmptyState icon={<ListChecks />} title={t("actions-empty-title")} text={t("actions-empty-text")} action={<><Button look="primary" onClick={() => void navigate({ to: "/incidents", search: {} })}>{t("nav-incidents")}</Button><SampleLink /></>} />
          ) : look === "list" ? (
            <DataTable label={t("nav-actions")} columns={columns} rows={actions.data} rowKey={(row) => row.id} storageKey="actions" onOpen={setOpen} testid="actions-table" />
          ) : (
            <Board actions={actions.data} onOpen={setOpen} />
          )
        ) : actions.error ? (
          <ErrorState error={actions.error} onRetry={() => void actions.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      {open ? <ActionDialog incidentId={open.incidentId} action={open} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function Board({ actions, onOpen }: { actions: readonly ActionView[]; onOpen: (action: ActionView) => void }) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="pm-board" role="region" aria-label={t("actions-board")} tabIndex={0} data-testid="actions-board">
      {COLUMNS.map((status) => {
        const here = actions.filter((one) => one.details.status === status);
        return (
          <section key={status} className="pm-column">
            <h2 className="pm-label">{t(`action-status-${status}`)} <span className="mut">{format.count(here.length)}</span></h2>
            {here.map((one) => (
              <button key={one.id} type="button" className="pm-card" onClick={() => onOpen(one)}>
                <span>{one.details.title}</span>
                <span className={one.overdue !== null ? "tone-bad" : "mut"}>{[one.incident, one.details.owner, one.overdueText || (one.details.due ? one.dueText : "")].filter((part) => part !== "").join(" · ")}</span>
              </button>
            ))}
          </section>
        );
      })}
    </div>
  );
}
