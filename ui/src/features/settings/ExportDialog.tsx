import { useState } from "react";
import { PathDialog, type Agreed } from "@/components/PathDialog";
import { ProgressPanel } from "@/components/ProgressPanel";
import { useToast } from "@/components/Toast";
import { chooseFolder } from "@/core/dialogs";
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
  const go = async (agreed: Agreed): Promise<void> => {
    const done = await job.run({ path: path.trim(), ...agreed });
    if (!done) return;
    onClose();
    toast.say(t("workspace-exported"), { note: done.path });
  };
  return (
    <PathDialog
      title={t("workspace-export-title")}
      note={t("workspace-export-note")}
      label={t("folder")}
      hint={t("workspace-export-hint")}
      path={path}
      onPath={setPath}
      browse={() => chooseFolder(t("folder"))}
      go={t("workspace-export-go")}
      place={place}
      makes
      onGo={(agreed) => void go(agreed)}
      busy={job.running}
      progress={<ProgressPanel title={t("workspace-export-title")} event={job.event} onCancel={job.cancel} />}
      error={job.error}
      onClose={onClose}
      testids={{ go: "export-go", name: "export" }}
    />
  );
}
