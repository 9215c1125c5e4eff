import { Download, FileText, Paperclip, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { PathField } from "@/components/PathField";
import { EmptyState, ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { chooseFile, chooseTarget } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { Attachment, RecordRef } from "@/core/types";
import "./record.css";

const DocumentViewer = lazy(() => import("./DocumentViewer").then((module) => ({ default: module.DocumentViewer })));

/** The documents kept with a record: attached, looked at, copied out, removed. */
export function Documents({ about, attachments }: { about: RecordRef; attachments: Attachment[] }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const attach = useMutate("record_attach");
  const save = useMutate("attachment_save");
  const remove = useMutate("attachment_delete");
  const undo = useMutate("undo");
  const [path, setPath] = useState("");
  const [opened, setOpened] = useState<Attachment | null>(null);
  const place = useTypedPath(path);

  const add = (wanted: string): void => {
    if (wanted.trim() === "") return;
    attach.mutate(
      { about, path: wanted.trim() },
      {
        onSuccess: (file) => {
          setPath("");
          toast.say(t("document-attached", { name: file.name }));
        },
      },
    );
  };
  const copy = async (file: Attachment): Promise<void> => {
    const target = await chooseTarget(t("document-save"), file.name, []);
    if (target) save.mutate({ id: file.id, path: target, replace: true, createFolder: false }, { onSuccess: () => toast.say(t("document-saved"), { note: target }), onError: toast.fail });
  };
  const drop = (file: Attachment): void =>
    remove.mutate({ id: file.id }, { onSuccess: () => toast.say(t("document-removed", { name: file.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail });

  return (
    <div className="stack documents">
      <form
        className="document-add"
        onSubmit={(event) => {
          event.preventDefault();
          add(path);
        }}
      >
        <PathField label={t("document-path")} value={path} onChange={setPath} browse={() => chooseFile(t("document-path"), [])} hint={t("document-hint")} place={place} testid="attach-path" />
        <Button type="submit" size="l" icon={<Paperclip />} disabled={path.trim() === "" || attach.isPending} data-testid="attach">{t("document-attach")}</Button>
      </form>
      <ErrorNote error={attach.error} />
      {attachments.length === 0 ? (
        <EmptyState inline icon={<FileText />} title={t("documents-empty")} text={t("documents-empty-text")} />
      ) : (
        <ul className="document-list">
          {attachments.map((file) => (
            <li key={file.id}>
              <FileText size={16} aria-hidden="true" />
              <button type="button" className="link-button grow truncate" title={file.name} aria-label={t("document-open", { name: file.name })} onClick={() => setOpened(file)} data-testid="document-open">{file.name}</button>
              <span className="mut">{format.bytes(file.bytes)}</span>
              <span className="mut">{format.instant(file.addedAt)}</span>
              <IconButton label={t("document-save")} onClick={() => void copy(file)}><Download /></IconButton>
              <IconButton label={t("document-remove", { name: file.name })} onClick={() => drop(file)}><Trash2 /></IconButton>
            </li>
          ))}
        </ul>
      )}
      {opened ? <Suspense><DocumentViewer file={opened} onClose={() => setOpened(null)} onCopy={() => void copy(opened)} /></Suspense> : null}
    </div>
  );
}
