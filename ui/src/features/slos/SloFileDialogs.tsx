import { useState } from "react";
import { Tag } from "@/components/Badge";
import { IssueList } from "@/components/IssueList";
import { PathDialog } from "@/components/PathDialog";
import { useToast } from "@/components/Toast";
import { chooseFile, chooseTarget } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";

const YAML = { name: "OpenSLO, Sloth", extensions: ["yaml", "yml", "json"] };

/** Objectives out of a file: what it holds is shown before anything is kept. */
export function SloFileDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const [path, setPath] = useState("");
  const place = useTypedPath(path);
  const commit = useMutate("slo_file_commit");
  const there = /\.(ya?ml|json)(\.gz)?$/i.test(path.trim());
  const plan = useRpc("slo_file", { path: path.trim() }, { enabled: there });
  const found = there ? plan.data : undefined;
  return (
    <PathDialog
      title={t("slo-import")}
      note={t("slo-import-note")}
      label={t("file")}
      path={path}
      onPath={setPath}
      place={place}
      browse={() => chooseFile(t("slo-import"), [YAML])}
      go={t("slo-import-go")}
      onGo={() => commit.mutate({ path: path.trim() }, {
        onSuccess: ({ made, changed, same }) => {
          onClose();
          toast.say(t("slo-imported", { made, changed, same }));
        },
      })}
      busy={commit.isPending}
      error={commit.error ?? plan.error}
      onClose={onClose}
      testids={{ go: "slo-import-go", name: "slo-import" }}
      before={found ? (
        <div className="stack tight" data-testid="slo-found">
          {found.slos.map((one, at) => <p key={at} className="section-note"><b>{one.name}</b> {one.service} · {one.objectiveText} · {one.windowText} <Tag>{t(`slo-becomes-${one.becomes}`)}</Tag></p>)}
          <IssueList issues={found.issues} total={found.issues.length} />
        </div>
      ) : undefined}
    />
  );
}

/** Every objective as OpenSLO. */
export function SloExportDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const [path, setPath] = useState("~/objectives.yaml");
  const place = useTypedPath(path);
  const write = useMutate("slo_export");
  return (
    <PathDialog
      title={t("slo-export")}
      note={t("slo-export-note")}
      label={t("file")}
      path={path}
      onPath={setPath}
      place={place}
      makes
      browse={() => chooseTarget(t("slo-export"), path, [YAML])}
      go={t("slo-export")}
      onGo={(agreed) => write.mutate({ path: path.trim(), ...agreed }, {
        onSuccess: (done) => {
          onClose();
          toast.say(t("slo-exported", { count: done.rows, shown: format.count(done.rows) }), { note: done.path });
        },
      })}
      busy={write.isPending}
      error={write.error}
      onClose={onClose}
      testids={{ go: "slo-export-go", name: "slo-export" }}
    />
  );
}
