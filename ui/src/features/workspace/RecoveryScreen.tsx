import { CircleAlert, HardDriveDownload } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button";
import { AlertDialog, Dialog } from "@/components/Dialog";
import { PathField } from "@/components/PathField";
import { EmptyState, ErrorNote } from "@/components/States";
import { chooseTarget } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { Backup, WorkspaceStatus } from "@/core/types";
import { WORKSPACE_FILE } from "./files";
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
  const rescue = useMutate("workspace_rescue");
  const [keeping, setKeeping] = useState(false);
  const newer = status.state === "newer";
  const lost = status.state === "gone" || status.state === "replaced";
  return (
    <main className="start">
      <div className="start-inner" data-testid="recovery">
        <header className="recovery-head">
          <CircleAlert className="tone-warn" aria-hidden="true" />
          <div>
            <h1 className="start-title">{t(`recovery-${status.state}-title`)}</h1>
            <p className="start-line">{t(`recovery-${status.state}-text`, { version: status.appVersion })}</p>
            <p className="faint recovery-path">{status.path}{status.detail && !newer ? ` · ${status.detail}` : ""}</p>
          </div>
        </header>
        {lost ? (
          <div className="row">
            {status.state === "gone" ? (
              <Button look="primary" disabled={rescue.isPending} onClick={() => rescue.mutate({ path: status.path ?? "" })} data-testid="put-back">{t("recovery-put-back")}</Button>
            ) : null}
            <Button look={status.state === "gone" ? "plain" : "primary"} onClick={() => setKeeping(true)} data-testid="keep-copy">{t("recovery-keep")}</Button>
          </div>
        ) : null}
        {newer || (lost && status.backups.length === 0) ? null : (
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
        <ErrorNote error={restore.error ?? close.error ?? (keeping ? null : rescue.error)} />
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
      {keeping ? <KeepDialog suggestion={copyOf(status.path ?? "")} onClose={() => setKeeping(false)} /> : null}
      {open ? <OpenDialog onClose={() => setOpen(false)} /> : null}
    </main>
  );
}

/** "acme.quarterdeck" is kept as "acme-copy.quarterdeck". */
function copyOf(path: string): string {
  return path.replace(/(\.[^./\\]*)?$/, (extension) => `-copy${extension}`);
}

function KeepDialog({ suggestion, onClose }: { suggestion: string; onClose: () => void }) {
  const t = useText();
  const rescue = useMutate("workspace_rescue");
  const [path, setPath] = useState(suggestion);
  const place = useTypedPath(path);
  const submit = (): void => {
    if (path.trim() !== "" && !rescue.isPending) rescue.mutate({ path: path.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("recovery-keep")}
      note={t("recovery-keep-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={path.trim() === "" || rescue.isPending} onClick={submit} data-testid="keep-go">{t("recovery-keep")}</Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PathField label={t("workspace-path")} value={path} onChange={setPath} browse={() => chooseTarget(t("recovery-keep"), path, [WORKSPACE_FILE])} autoFocus place={place} testid="keep-path" />
        <ErrorNote error={rescue.error} />
      </form>
    </Dialog>
  );
}
