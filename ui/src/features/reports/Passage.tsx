import { useMemo } from "react";
import { TextArea } from "@/components/Field";
import { SaveState } from "@/components/PageHeader";
import { ErrorNote } from "@/components/States";
import { useDraft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { DocumentRef, DocumentView } from "@/core/types";

interface PassageProps {
  view: DocumentView;
  section: string;
  /** The headline that is computed, or the one that stands in its place. */
  title: string;
}

/** What the person writes for one page, kept as it is typed: its finding in place of the computed one, and commentary. */
export function Passage({ view, section, title }: PassageProps) {
  const passage = view.passages.find((item) => item.section === section);
  const server = useStable(passage?.headline ?? "", passage?.text ?? "");
  return <Editor document={view.document} section={section} title={title} server={server} />;
}

interface Written {
  headline: string;
  text: string;
}

function Editor({ document, section, title, server }: { document: DocumentRef; section: string; title: string; server: Written }) {
  const t = useText();
  const save = useMutate("passage_save");
  const draft = useDraft<Written>(server, `${document.kind}/${document.subject}/${section}`, (value) => save.mutateAsync({ document, section, ...value }));
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
      <ErrorNote error={general} />
    </section>
  );
}

const useStable = (headline: string, text: string): Written => useMemo(() => ({ headline, text }), [headline, text]);
