import { useMemo } from "react";
import { TextArea } from "@/components/Field";
import { SaveState } from "@/components/PageHeader";
import { ErrorNote, LoadingState } from "@/components/States";
import { useDraft } from "@/core/autosave";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";

interface CommentaryProps {
  period: string;
  page: string;
  title: string;
  onSaved: () => void;
}

/** What the person writes for one page; kept as it is typed, drawn with the next preview. */
export function Commentary(props: CommentaryProps) {
  const all = useRpc("report_commentary", { period: props.period });
  if (!all.data) return all.error ? <ErrorNote error={all.error} /> : <LoadingState />;
  return <Editor {...props} text={all.data.find((item) => item.page === props.page)?.text ?? ""} />;
}

function Editor({ period, page, title, text, onSaved }: CommentaryProps & { text: string }) {
  const t = useText();
  const save = useMutate("report_commentary_save");
  const draft = useDraft<{ text: string }>(useStable(text), `${period}/${page}`, async (value) => {
    await save.mutateAsync({ period, page, text: value.text });
    onSaved();
  });
  return (
    <section>
      <div className="row">
        <h2 className="section-title grow">{t("review-commentary")}</h2>
        <SaveState status={draft.status} />
      </div>
      <TextArea label={t("review-commentary-for", { page: title })} hint={t("review-commentary-hint")} rows={9} value={draft.value.text} onChange={(next) => draft.change({ text: next })} onBlur={() => void draft.flush()} data-testid="report-commentary" />
      <ErrorNote error={draft.error} />
    </section>
  );
}

const useStable = (text: string): { text: string } => useMemo(() => ({ text }), [text]);
