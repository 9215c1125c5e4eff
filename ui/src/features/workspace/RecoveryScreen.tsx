import { CircleAlert, HardDriveDownload } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button";
import { AlertDialog } from "@/components/Dialog";
import { EmptyState, ErrorNote } from "@/components/States";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { Backup, WorkspaceStatus } from "@/core/types";
import { OpenDialog } from "./StartScreen";
import "./start.css";

/** A file that cannot be opened as it is: what happened, what was kept, what can be done. */
export function RecoveryScreen({ status }: { status: WorkspaceStatus }) {
  const t = useText();
  const format = useFormat();
  const restore = useMutate("backup_restore");
  const close = useMutate("workspace_close");
  const [asked, setAsked] = useState<Backup | null>(null);
  const [open, setOpen] = useState(false);
  const newer = status.state === "newer";
  return (
    <main className="start">
      <div className="start-inner" data-testid="recovery">
        <header className="recovery-head">
          <CircleAlert className="tone-warn" aria-hidden="true" />
          <div>
            <h1 className="start-title">{t(newer ? "recovery-newer-title" : "recovery-damaged-title")}</h1>
            <p className="start-line">{newer ? t("recovery-newer-text", { version: status.appVersion }) : t("recovery-damaged-text")}</p>
            <p className="faint recovery-path">{status.path}{status.detail && !newer ? ` · ${status.detail}` : ""}</p>
          </div>
        </header>
        {newer ? null : (
          <section className="card" aria-label={t("backups")}>
            {status.backups.length === 0 ? (
              <EmptyState inline icon={<HardDriveDownload />} title={t("backups-none")} text={t("backups-none-recovery")} />
            ) : (
              <ul className="recovery-list">
                {status.backups.map((backup) => (
                  <li key={backup.path}>
                    <div className="grow">
                      <b>{format.instant(backup.takenAt)}</b>
                      <div className="section-note truncate">{t(`backup-${backup.reason}`)} · {format.bytes(backup.bytes)}</div>
                    </div>
                    <Button onClick={() => setAsked(backup)} data-testid="restore">{t("restore")}</Button>
                  </li>
                ))}
              </ul>
            )}
          </section>
        )}
        <ErrorNote error={restore.error ?? close.error} />
        <div className="row">
          <Button onClick={() => close.mutate(null)} data-testid="recovery-close">{t("recovery-start")}</Button>
          <Button look="quiet" onClick={() => setOpen(true)}>{t("recovery-other")}</Button>
        </div>
      </div>
      <AlertDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && restore.mutate({ path: asked.path })}
        title={t("restore-title")}
        text={asked ? t("restore-text", { date: format.instant(asked.takenAt) }) : ""}
        confirm={t("restore")}
      />
      {open ? <OpenDialog onClose={() => setOpen(false)} /> : null}
    </main>
  );
}
