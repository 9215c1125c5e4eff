import { useState } from "react";
import { Button } from "@/components/Button";
import { DaysPriced } from "@/components/DaysPriced";
import { Dialog } from "@/components/Dialog";
import { PathField } from "@/components/PathField";
import { ProgressPanel } from "@/components/ProgressPanel";
import { ErrorNote } from "@/components/States";
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
    <Dialog
      open
      onClose={onClose}
      title={t("price-import")}
      note={t("price-import-note")}
      footer={
        done ? (
          <Button look="primary" onClick={onClose}>{t("close")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button look="primary" disabled={path.trim() === "" || job.running} onClick={() => void job.run({ path: path.trim() })} data-testid="price-import-go">{t("price-import-go")}</Button>
          </>
        )
      }
    >
      <div className="stack">
        {done ? (
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
        ) : job.running ? (
          <ProgressPanel title={t("price-importing")} event={job.event} onCancel={job.cancel} />
        ) : (
          <PathField label={t("price-import-path")} value={path} onChange={setPath} browse={() => chooseFile(t("price-import"), KINDS)} hint={t("price-import-hint")} autoFocus place={place} testid="price-import-path" />
        )}
        <ErrorNote error={job.error} />
      </div>
    </Dialog>
  );
}
