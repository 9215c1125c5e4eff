import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextArea } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { PostmortemView } from "@/core/types";

/** Names that stay inside, one in a line. */
export function NamesDialog({ view, onClose }: { view: PostmortemView; onClose: () => void }) {
  const t = useText();
  const save = useMutate("postmortem_names");
  const [text, setText] = useState(view.names.join("\n"));
  const go = (): void => save.mutate({ id: view.id, names: text.split("\n") }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("postmortem-names")}
      note={t("postmortem-names-note")}
      footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" disabled={save.isPending} onClick={go} data-testid="names-go">{t("postmortem-names-keep")}</Button></>}
    >
      <TextArea label={t("postmortem-names-label")} value={text} onChange={setText} rows={8} data-testid="names-text" />
      <ErrorNote error={save.error} />
    </Dialog>
  );
}
