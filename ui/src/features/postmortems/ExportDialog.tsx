import { useState } from "react";
import { Checkbox, Segmented } from "@/components/Checks";
import { PathDialog, type Agreed } from "@/components/PathDialog";
import { ProgressPanel } from "@/components/ProgressPanel";
import { useToast } from "@/components/Toast";
import { chooseTarget } from "@/core/dialogs";
import { useJob } from "@/core/queries";
import { useText } from "@/core/text";
import type { PaperKind, PostmortemForm, PostmortemView } from "@/core/types";
import { useTypedPath } from "@/core/typedPath";

const ENDINGS: Record<PostmortemForm, string> = { pdf: "pdf", html: "html", markdown: "md" };

/** A post-mortem as a file: for people inside, or without what stays inside. */
export function ExportDialog({ view, onClose }: { view: PostmortemView; onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const job = useJob("postmortem_export");
  const [form, setForm] = useState<PostmortemForm>("pdf");
  const [paper, setPaper] = useState<PaperKind>("a4");
  const [external, setExternal] = useState(false);
  const [path, setPath] = useState(`~/${view.code}.pdf`);
  const place = useTypedPath(path);
  const take = (next: PostmortemForm): void => {
    setForm(next);
    setPath(`${path.replace(/\.(pdf|html|md)$/i, "")}.${ENDINGS[next]}`);
  };
  const go = async (agreed: Agreed): Promise<void> => {
    const done = await job.run({ id: view.id, form, external, paper, path: path.trim(), ...agreed });
    if (!done) return;
    onClose();
    toast.say(t(external ? "postmortem-exported-external" : "postmortem-exported"), { note: done.path });
  };
  return (
    <PathDialog
      title={t("postmortem-export")}
      note={t(external ? "postmortem-export-external-note" : "postmortem-export-note")}
      label={t("file")}
      path={path}
      onPath={setPath}
      place={place}
      makes
      browse={() => chooseTarget(t("postmortem-export"), path, [{ name: ENDINGS[form].toUpperCase(), extensions: [ENDINGS[form]] }])}
      go={t("export")}
      onGo={(agreed) => void go(agreed)}
      busy={job.running}
      progress={<ProgressPanel title={t("postmortem-export")} event={job.event} onCancel={job.cancel} />}
      error={job.error}
      onClose={onClose}
      testids={{ go: "postmortem-export-go", name: "postmortem-export" }}
      before={
        <div className="stack">
          <Segmented label={t("postmortem-form")} value={form} onChange={(next) => take(next as PostmortemForm)} choices={[{ value: "pdf", label: "PDF" }, { value: "html", label: "HTML" }, { value: "markdown", label: "Markdown" }]} testid="postmortem-form" />
          {form === "pdf" ? <Segmented label={t("postmortem-paper")} value={paper} onChange={(next) => setPaper(next as PaperKind)} choices={[{ value: "a4", label: "A4" }, { value: "letter", label: "Letter" }]} testid="postmortem-paper" /> : null}
          <Checkbox label={t("postmortem-for-others")} checked={external} onChange={setExternal} data-testid="postmortem-external" />
        </div>
      }
    />
  );
}
