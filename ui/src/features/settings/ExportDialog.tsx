import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { PathField } from "@/components/PathField";
import { ProgressPanel } from "@/components/ProgressPanel";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { chooseFolder } from "@/core/dialogs";
import { fieldSentence } from "@/core/errors";
import { useJob } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";

/** Everything that was typed in or imported, as JSON and CSV in one folder. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const job = useJob("workspace_export");
  const [path, setPath] = useState("");
  const place = useTypedPath(path);
  const [createFolder, setCreateFolder] = useState(false);
  const go = async (): Promise<void> => {
    const done = await job.run({ path: path.trim(), replace: false, createFolder });
    if (!done) return;
    onClose();
    toast.say(t("workspace-exported"), { note: done.path });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("workspace-export-title")}
      note={t("workspace-export-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={path.trim() === "" || job.running} onClick={() => void go()} data-testid="export-go">{t("workspace-export-go")}</Button>
        </>
      }
    >
      <div className="stack">
        {job.running ? (
          <ProgressPanel title={t("workspace-export-title")} event={job.event} onCancel={job.cancel} />
        ) : (
          <PathField label={t("folder")} value={path} onChange={setPath} browse={() => chooseFolder(t("folder"))} hint={t("workspace-export-hint")} error={fieldSentence(t, job.error, "path")} folder={{ create: createFolder, onCreate: setCreateFolder }} place={place} testid="export-path" />
        )}
        <ErrorNote error={job.error && job.error.fields.length === 0 ? job.error : null} />
      </div>
    </Dialog>
  );
}
