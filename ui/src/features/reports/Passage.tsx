import { CornerDownLeft } from "lucide-react";
import { useMemo } from "react";
import { Button } from "@/components/Button";
import { TextArea } from "@/components/Field";
import { SaveState } from "@/components/PageHeader";
import { ErrorNote } from "@/components/States";
import { useDraft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { CitedFigure, DocumentRef, DocumentView } from "@/core/types";
import { Figures } from "./Figures";

const NONE: CitedFigure[] = [];

interface PassageProps {
  view: DocumentView;
  section: string;
  /** The headline that is computed, or the one that stands in its place. */
  title: string;
  /** What the page shows now; null while it is being drawn anew. */
  figures: CitedFigure[] | null;
}

/** What the person writes for one page, kept as it is typed: its finding in place of the computed one, and commentary. */
export function Passage({ view, section, title, figures }: PassageProps) {
  const passage = view.passages.find((item) => item.section === section);
  const server = useStable(passage?.headline ?? "", passage?.text ?? "");
  const earlier = view.earlier.find((item) => item.section === section)?.text ?? "";
  return <Editor document={view.document} section={section} title={title} server={server} earlier={earlier} earlierName={view.earlierName} figures={figures} cited={passage?.figures ?? NONE} />;
}

interface Written {
  headline: string;
  text: string;
}

function Editor({ document, section, title, server, earlier, earlierName, figures, cited }: { document: DocumentRef; section: string; title: string; server: Written; earlier: string; earlierName: string; figures: CitedFigure[] | null; cited: CitedFigure[] }) {
  const t = useText();
  const save = useMutate("passage_save");
  const draft = useDraft<Written>(server, `${document.kind}/${document.subject}/${section}`, (value) => save.mutateAsync({ document, section, ...value, figures: figures ?? NONE, settled: [] }));
  const settle = (label: string): void => save.mutate({ document, section, ...draft.value, figures: figures ?? NONE, settled: [label] });
  const use = (was: string, now: string): void => draft.change({ headline: draft.value.headline.replaceAll(was, now), text: draft.value.text.replaceAll(was, now) });
  const general = draft.error !== null && draft.error.fields.length === 0 ? draft.error : null;
  return (
    <section className="stack">
      <div className="row">
        <h2 className="section-title grow">{t("review-this-page")}</h2>
        <SaveState status={draft.status} />
      </div>
      {section === "cover" ? null : (
        <TextArea label={t("review-finding")} term="finding" rows={3} placeholder={title} error={fieldSentence(t, draft.error, "headline")} value={draft.value.headline} onChange={(headline) => draft.change({ headline })} onBlur={() => void draft.flush()} data-testid="report-finding" />
      )}
      <TextArea label={t("review-commentary")} hint={t("review-commentary-hint")} rows={9} value={draft.value.text} onChange={(text) => draft.change({ text })} onBlur={() => void draft.flush()} data-testid="report-commentary" />
      {figures ? <Figures figures={figures} cited={cited} written={draft.value} onUse={use} onKeep={settle} /> : null}
      {draft.value.text.trim() === "" && earlier !== "" ? (
        <details className="earlier">
          <summary>{t("review-earlier", { document: earlierName })}</summary>
          <p className="earlier-text">{earlier}</p>
          <Button look="quiet" icon={<CornerDownLeft />} onClick={() => draft.change({ text: earlier })} data-testid="report-bring-over">{t("review-bring-over")}</Button>
        </details>
      ) : null}
      <ErrorNote error={general} />
    </section>
  );
}

const useStable = (headline: string, text: string): Written => useMemo(() => ({ headline, text }), [headline, text]);
