import { useState } from "react";
import { DaysPriced } from "@/components/DaysPriced";
import { PathDialog } from "@/components/PathDialog";
import { ProgressPanel } from "@/components/ProgressPanel";
import { chooseFile } from "@/core/dialogs";
import { issueSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useJob } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";

const KINDS = [{ name: "CSV, JSON", extensions: ["csv", "json"] }];

export function PriceImportDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const job = useJob("price_import");
  const [path, setPath] = useState("");
  const place = useTypedPath(path);
  const done = job.result;
  return (
    <PathDialog
      title={t("price-import")}
      note={t("price-import-note")}
      label={t("price-import-path")}
      hint={t("price-import-hint")}
      path={path}
      onPath={setPath}
      browse={() => chooseFile(t("price-import"), KINDS)}
      go={t("price-import-go")}
      onGo={() => void job.run({ path: path.trim() })}
      place={place}
      busy={job.running}
      progress={<ProgressPanel title={t("price-importing")} event={job.event} onCancel={job.cancel} />}
      done={
        done ? (
          <>
            <p role="status">{t("price-import-done", { added: format.count(done.added), closed: format.count(done.closed), unchanged: format.count(done.unchanged) })}</p>
            {done.priced.length > 0 ? (
              <>
                <p className="section-note">{t("two-sentences", { first: t("price-made-known", { count: done.priced.length }), second: t("price-moves-nothing") })}</p>
                <DaysPriced days={done.priced} title={t("price-made-known", { count: done.priced.length })} />
              </>
            ) : null}
            {done.refused.length > 0 ? (
              <div className="call">
                <b>{t("price-import-refused", { count: done.refused.length })}</b>
                <ul>
                  {done.refused.slice(0, 12).map((issue, index) => (
                    <li key={index}>{issue.row !== null ? `${t("import-issue-row")} ${format.count(issue.row)}: ` : ""}{issueSentence(t, issue)}</li>
                  ))}
                </ul>
              </div>
            ) : null}
          </>
        ) : null
      }
      error={job.error}
      onClose={onClose}
      testids={{ go: "price-import-go", name: "price-import" }}
    />
  );
}
