import { Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { Dialog } from "@/components/Dialog";
import { ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";

interface Props {
  id: string;
  frozen: boolean;
  onClose: () => void;
  /** What waits is kept first: it belongs to the history. */
  before: () => Promise<void>;
  onRestored: (text: string, revision: number) => void;
}

/** Every version, what changed since, who wrote which line; any can be brought back, and none is lost by it. */
export function HistoryDialog({ id, frozen, onClose, before, onRestored }: Props) {
  const t = useText();
  const toast = useToast();
  const restore = useMutate("postmortem_restore");
  const [ready, setReady] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const [look, setLook] = useState<"changes" | "lines">("changes");
  useEffect(() => {
    void before().finally(() => setReady(true));
    // Once, when it is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const versions = useRpc("postmortem_history", { id }, { enabled: ready });
  const number = chosen ?? versions.data?.[1]?.number ?? versions.data?.[0]?.number ?? null;
  const version = useRpc("postmortem_version", { id, number: number ?? 0 }, { enabled: ready && number !== null });
  const blame = useRpc("postmortem_blame", { id }, { enabled: ready && look === "lines" });
  const bring = (): void => {
    if (number === null || !version.data) return;
    const { text } = version.data;
    restore.mutate({ id, number }, {
      onSuccess: (done) => {
        onRestored(text, done.revision);
        toast.say(t("postmortem-restored", { at: version.data?.view.atText ?? "" }));
        onClose();
      },
      onError: toast.fail,
    });
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("postmortem-history")}
      note={t("postmortem-history-note")}
      footer={
        <>
          {frozen || look === "lines" ? null : <Button icon={<Undo2 />} disabled={!version.data || version.data.view.newest || restore.isPending} onClick={bring} data-testid="history-restore">{t("postmortem-restore")}</Button>}
          <span className="grow" />
          <Button look="primary" onClick={onClose}>{t("close")}</Button>
        </>
      }
    >
      <Segmented label={t("postmortem-history")} value={look} onChange={(next) => setLook(next as "changes" | "lines")} choices={[{ value: "changes", label: t("history-changes") }, { value: "lines", label: t("history-lines") }]} testid="history-look" />
      {versions.error ? <ErrorState inline error={versions.error} /> : !versions.data ? <LoadingState /> : look === "lines" ? (
        blame.error ? <ErrorState inline error={blame.error} /> : !blame.data ? <LoadingState /> : (
          <div className="pm-blame" role="region" aria-label={t("history-lines")} tabIndex={0}>
            {blame.data.map((line, at) => {
              const same = blame.data[at - 1]?.number === line.number;
              return <div key={at}><span className="mut">{same ? "" : [line.atText, line.author].filter((part) => part !== "").join(" · ")}</span><span>{line.text || "\u00a0"}</span></div>;
            })}
          </div>
        )
      ) : (
        <div className="pm-history">
          <ul className="pm-versions" aria-label={t("postmortem-versions")}>
            {versions.data.map((one) => (
              <li key={one.number}>
                <button type="button" className="pm-version" aria-current={one.number === number} onClick={() => setChosen(one.number)} data-testid="history-version">
                  <b>{one.atText}</b>
                  <span className="mut">{[one.newest ? t("history-newest") : "", one.cause, one.author, t("history-saves", { count: one.saves })].filter((part) => part !== "").join(" · ")}</span>
                </button>
              </li>
            ))}
          </ul>
          <div className="pm-diff" role="region" aria-label={t("history-changes")} tabIndex={0} data-testid="history-diff">
            {version.error ? <ErrorState inline error={version.error} /> : !version.data ? <LoadingState /> : version.data.view.newest ? <p className="section-note">{t("history-is-newest")}</p> : version.data.parts.map((part, at) => part.kind === "added" ? <ins key={at}>{part.text}</ins> : part.kind === "removed" ? <del key={at}>{part.text}</del> : <span key={at}>{part.text}</span>)}
          </div>
        </div>
      )}
    </Dialog>
  );
}
