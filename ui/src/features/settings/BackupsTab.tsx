import { HardDriveDownload, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/Button";
import { Clip, DataTable, type Column } from "@/components/DataTable";
import { AlertDialog } from "@/components/Dialog";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Backup } from "@/core/types";

export function BackupsTab() {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const backups = useRpc("backups", null);
  const take = useMutate("workspace_backup");
  const restore = useMutate("backup_restore");
  const [asked, setAsked] = useState<Backup | null>(null);
  const columns = useMemo<Column<Backup>[]>(
    () => [
      { id: "at", header: t("backup-taken"), width: 170, cell: (row) => format.instant(row.takenAt), sort: (a, b) => a.takenAt.localeCompare(b.takenAt) },
      { id: "reason", header: t("backup-reason"), width: 170, cell: (row) => t(`backup-${row.reason}`) },
      { id: "bytes", header: t("size"), width: 90, align: "right", cell: (row) => format.bytes(row.bytes), sort: (a, b) => a.bytes - b.bytes },
      { id: "path", header: t("file"), cell: (row) => <Clip>{row.path}</Clip> },
      { id: "restore", header: "", width: 104, align: "right", cell: (row) => <Button onClick={() => setAsked(row)} data-testid="restore">{t("restore")}</Button> },
    ],
    [t, format],
  );
  const button = <Button icon={<Plus />} disabled={take.isPending} onClick={() => take.mutate(null, { onSuccess: (made) => toast.say(t("backup-done"), { note: made.path }), onError: toast.fail })} data-testid="backup-now">{t("backup-now")}</Button>;
  if (!backups.data) return backups.error ? <ErrorState inline error={backups.error} /> : <LoadingState />;
  return (
    <div className="stack">
      <div className="row">
        <p className="section-note grow">{t("backups-note")}</p>
        {button}
      </div>
      {backups.data.length === 0 ? (
        <EmptyState inline icon={<HardDriveDownload />} title={t("backups-none")} text={t("backups-none-text")} />
      ) : (
        <DataTable label={t("backups")} columns={columns} rows={backups.data} rowKey={(row) => row.path} storageKey="backups" compact testid="backups" />
      )}
      <AlertDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && restore.mutate({ path: asked.path }, { onSuccess: () => toast.say(t("restored", { date: format.instant(asked.takenAt) })), onError: toast.fail })}
        title={t("restore-title")}
        text={asked ? t("restore-text", { date: format.instant(asked.takenAt) }) : ""}
        confirm={t("restore")}
      />
    </div>
  );
}
