import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextArea } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { SuiteView, VersionView } from "@/core/types";
import { PersonField } from "@/record/PersonField";

/** A draft becomes a version that never changes again; what was found in it is said first. */
export function FreezeDialog({ view, version, onClose }: { view: SuiteView; version: VersionView; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const freeze = useMutate("suite_freeze");
  const [by, setBy] = useState(view.row.owner);
  const [note, setNote] = useState("");
  const go = (): void => {
    if (by.trim() === "" || freeze.isPending) return;
    freeze.mutate({ id: view.row.id, by: by.trim(), note: note.trim() }, {
      onSuccess: (made) => {
        onClose();
        toast.say(t("suite-frozen-now", { version: made.number }));
      },
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("freeze-title", { version: version.number })}
      note={t("freeze-note", { count: version.cases, cases: format.count(version.cases) })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="freeze" disabled={by.trim() === "" || freeze.isPending} data-testid="freeze-go">{t("suite-freeze", { version: version.number })}</Button>
        </>
      }
    >
      <form
        id="freeze"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {view.findings.length > 0 ? (
          <div className="call" role="note" data-testid="freeze-findings">
            <b>{t("freeze-findings")}</b>
            <ul className="finding-list">
              {view.findings.map(({ kind, name, cases }) => <li key={kind}><span>{name}</span><span className="num">{t("cases-count", { count: cases, cases: format.count(cases) })}</span></li>)}
            </ul>
          </div>
        ) : null}
        <PersonField label={t("freeze-by")} value={by} onChange={setBy} error={fieldSentence(t, freeze.error, "by")} data-testid="freeze-by" />
        <TextArea label={t("freeze-why")} value={note} onChange={setNote} rows={2} data-testid="freeze-why" />
        <ErrorNote error={freeze.error && freeze.error.fields.length === 0 ? freeze.error : null} />
      </form>
    </Dialog>
  );
}
