import { FileInput, Undo2 } from "lucide-react";
import { useState } from "react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { IssueList } from "@/components/IssueList";
import { PathDialog } from "@/components/PathDialog";
import { ProgressPanel } from "@/components/ProgressPanel";
import { SelectField } from "@/components/Select";
import { EmptyState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { chooseFile } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useJob, useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { SloView } from "@/core/types";

const TABLES = { name: "CSV, Prometheus", extensions: ["csv", "tsv", "json", "gz"] };

/** Files that told of an objective; the later one is right where two tell of one minute. */
export function MeasurementsTab({ view }: { view: SloView }) {
  const t = useText();
  const toast = useToast();
  const revert = useMutate("slo_measure_revert");
  const undo = useMutate("undo");
  const [asked, setAsked] = useState(false);
  const bring = <Button look="primary" icon={<FileInput />} onClick={() => setAsked(true)} data-testid="slo-measure">{t("slo-measure")}</Button>;
  const back = (id: string): void => revert.mutate({ id }, { onSuccess: () => toast.say(t("slo-reverted"), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail });
  return (
    <div className="stack">
      {view.imports.length === 0 ? <EmptyState inline icon={<FileInput />} title={t("slo-measurements-empty-title")} text={t("slo-measurements-empty-text")} action={bring} /> : (
        <>
          <div>{bring}</div>
          <table className="round-table" data-testid="slo-imports">
            <thead><tr><th>{t("file")}</th><th className="num">{t("slo-points")}</th><th>{t("slo-imported-at")}</th><th /></tr></thead>
            <tbody>
              {view.imports.map((one) => (
                <tr key={one.id}>
                  <td>{one.name} {one.reverted ? <Tag>{t("slo-import-reverted")}</Tag> : null}</td>
                  <td className="num">{one.pointsText}</td>
                  <td>{one.atText}</td>
                  <td className="num">{one.reverted ? null : <Button icon={<Undo2 />} disabled={revert.isPending} onClick={() => back(one.id)}>{t("slo-import-revert")}</Button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {asked ? <MeasureDialog view={view} onClose={() => setAsked(false)} /> : null}
    </div>
  );
}

function MeasureDialog({ view, onClose }: { view: SloView; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const job = useJob("slo_measure");
  const [path, setPath] = useState("");
  const [kind, setKind] = useState<"ratio" | "bad-ratio">("ratio");
  const place = useTypedPath(path);
  const isSeries = /\.json(\.gz)?$/i.test(path.trim());
  const done = job.result;
  return (
    <PathDialog
      title={t("slo-measure")}
      note={t("slo-measure-note")}
      label={t("file")}
      path={path}
      onPath={setPath}
      place={place}
      browse={() => chooseFile(t("slo-measure"), [TABLES])}
      go={t("slo-measure")}
      onGo={() => void job.run({ id: view.row.id, path: path.trim(), ...(isSeries ? { meaning: { kind } } : {}) })}
      busy={job.running}
      progress={<ProgressPanel title={t("slo-measure")} event={job.event} onCancel={job.cancel} />}
      error={job.error}
      done={done ? <><p>{t("slo-measured", { points: format.count(done.points), read: format.count(done.read) })}</p><IssueList issues={done.issues} total={done.issues.length} /></> : undefined}
      onClose={onClose}
      testids={{ go: "slo-measure-go", name: "slo-measure" }}
      before={isSeries ? <SelectField label={t("slo-series")} options={[{ value: "ratio", label: t("slo-series-ratio") }, { value: "bad-ratio", label: t("slo-series-bad-ratio") }]} value={kind} onChange={(next) => setKind(next as "ratio" | "bad-ratio")} /> : undefined}
    />
  );
}
