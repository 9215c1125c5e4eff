import { useState } from "react";
import { Segmented } from "@/components/Checks";
import { PathDialog, type Agreed } from "@/components/PathDialog";
import { ProgressPanel } from "@/components/ProgressPanel";
import { useToast } from "@/components/Toast";
import { chooseFolder, chooseTarget } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useJob } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffRow, ResultsForm } from "@/core/types";
import { useTypedPath } from "@/core/typedPath";

const CSV = { name: "CSV", extensions: ["csv"] };

/** Everything that counts of a bake-off's results, as one table or as the folder other tools read. */
export function ResultsExportDialog({ row, onClose }: { row: BakeoffRow; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const job = useJob("results_export");
  const [form, setForm] = useState<ResultsForm>("csv");
  const [path, setPath] = useState("~/results.csv");
  const place = useTypedPath(path);
  const take = (next: ResultsForm): void => {
    setForm(next);
    // What was typed stays; only its ending follows the form.
    const bare = path.replace(/[/\\]+$/, "").replace(/\.csv$/i, "");
    setPath(next === "csv" ? `${bare}.csv` : bare);
  };
  const go = async (agreed: Agreed): Promise<void> => {
    const done = await job.run({ bakeoffId: row.id, form, path: path.trim(), ...agreed });
    if (!done) return;
    onClose();
    toast.say(t("results-exported", { count: done.rows, shown: format.count(done.rows) }), { note: done.path });
  };
  return (
    <PathDialog
      title={t("results-export")}
      note={t(form === "csv" ? "results-export-csv-note" : "results-export-eee-note")}
      label={t(form === "csv" ? "file" : "folder")}
      path={path}
      onPath={setPath}
      place={place}
      makes
      browse={() => (form === "csv" ? chooseTarget(t("results-export"), path, [CSV]) : chooseFolder(t("folder")))}
      go={t("results-export")}
      onGo={(agreed) => void go(agreed)}
      busy={job.running}
      progress={<ProgressPanel title={t("results-export")} event={job.event} onCancel={job.cancel} />}
      error={job.error}
      onClose={onClose}
      testids={{ go: "results-export-go", name: "results-export" }}
      before={<Segmented label={t("results-export-form")} value={form} onChange={(next) => take(next === "csv" ? "csv" : "every-eval-ever")} choices={[{ value: "csv", label: "CSV" }, { value: "every-eval-ever", label: "Every Eval Ever" }]} testid="results-form" />}
    />
  );
}
