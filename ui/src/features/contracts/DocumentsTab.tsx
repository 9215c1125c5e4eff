import { Download, FileText, Paperclip, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { PathField } from "@/components/PathField";
import { EmptyState, ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { chooseFile, chooseTarget } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { Attachment, ContractView } from "@/core/types";

const KINDS = [{ name: "PDF", extensions: ["pdf"] }];

export function DocumentsTab({ view }: { view: ContractView }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const attach = useMutate("contract_attach");
  const save = useMutate("attachment_save");
  const remove = useMutate("attachment_delete");
  const undo = useMutate("undo");
  const [path, setPath] = useState("");
  const place = useTypedPath(path);
  const contractId = view.row.contract.id;

  const add = (wanted: string): void => {
    if (wanted.trim() === "") return;
    attach.mutate(
      { contractId, path: wanted.trim() },
      {
        onSuccess: (file) => {
          setPath("");
          toast.say(t("document-attached", { name: file.name }));
        },
      },
    );
  };
  const copy = async (file: Attachment): Promise<void> => {
    const target = await chooseTarget(t("document-save"), file.name, KINDS);
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
        <PathField label={t("document-path")} value={path} onChange={setPath} browse={() => chooseFile(t("document-path"), KINDS)} hint={t("document-hint")} place={place} testid="attach-path" />
        <Button type="submit" size="l" icon={<Paperclip />} disabled={path.trim() === "" || attach.isPending} data-testid="attach">{t("document-attach")}</Button>
      </form>
      <ErrorNote error={attach.error} />
      {view.attachments.length === 0 ? (
        <EmptyState inline icon={<FileText />} title={t("documents-empty")} text={t("documents-empty-text")} />
      ) : (
        <ul className="document-list">
          {view.attachments.map((file) => (
            <li key={file.id}>
              <FileText size={16} aria-hidden="true" />
              <span className="grow truncate" title={file.sha256}>{file.name}</span>
              <span className="mut">{format.bytes(file.bytes)}</span>
              <span className="mut">{format.instant(file.addedAt)}</span>
              <IconButton label={t("document-save")} onClick={() => void copy(file)}><Download /></IconButton>
              <IconButton label={t("document-remove", { name: file.name })} onClick={() => drop(file)}><Trash2 /></IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
