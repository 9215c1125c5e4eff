import { Pencil, Trash2 } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { Button, IconButton } from "@/components/Button";
import { TextArea, TextField } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { Comment, RecordRef } from "@/core/types";
import { usePersisted } from "@/core/usePersisted";
import "./record.css";

/** What people remark on a record, the newest first. Who speaks is remembered on this computer. */
export function Comments({ about, comments }: { about: RecordRef; comments: Comment[] }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const save = useMutate("comment_save");
  const remove = useMutate("comment_delete");
  const undo = useMutate("undo");
  const [author, setAuthor] = usePersisted("author", "");
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<Comment | null>(null);

  const send = (): void => {
    if (text.trim() === "" || save.isPending) return;
    save.mutate({ id: null, about, author, text }, { onSuccess: () => setText("") });
  };
  const drop = (comment: Comment): void =>
    remove.mutate({ id: comment.id }, { onSuccess: () => toast.say(t("comment-deleted"), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail });
  return (
    <section className="comments">
      <h2 className="visually-hidden">{t("record-comments")}</h2>
      <form
        className="stack comment-new"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => sends(event) && send()}
      >
        <TextArea label={t("comment-new")} value={text} onChange={setText} rows={2} placeholder={t("comment-placeholder")} error={fieldSentence(t, save.error, "text")} data-testid="comment-text" />
        <div className="row">
          <TextField label={t("comment-as")} value={author} onChange={setAuthor} autoComplete="name" data-testid="comment-author" />
          <span className="grow" />
          <Button type="submit" size="l" disabled={text.trim() === "" || save.isPending} data-testid="comment-add">{t("comment-add")}</Button>
        </div>
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
      </form>
      {comments.length === 0 ? <p className="section-note">{t("comment-none")}</p> : null}
      <ol className="comment-list">
        {comments.map((comment) => (
          <li key={comment.id} data-testid="comment">
            <div className="row">
              <b>{comment.author || t("comment-nobody")}</b>
              <time className="mut grow" dateTime={comment.at}>{format.instant(comment.at)}</time>
              <IconButton label={t("comment-edit")} onClick={() => setEdited(comment)}><Pencil /></IconButton>
              <IconButton label={t("comment-delete")} onClick={() => drop(comment)}><Trash2 /></IconButton>
            </div>
            {edited?.id === comment.id ? <Edit comment={comment} onDone={() => setEdited(null)} /> : <p className="comment-text">{comment.text}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const sends = (event: KeyboardEvent): boolean => {
  const is = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (is) event.preventDefault();
  return is;
};

function Edit({ comment, onDone }: { comment: Comment; onDone: () => void }) {
  const t = useText();
  const save = useMutate("comment_save");
  const [text, setText] = useState(comment.text);
  const keep = (): void => save.mutate({ id: comment.id, about: comment.about, author: comment.author, text }, { onSuccess: onDone });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
      onKeyDown={(event) => {
        if (sends(event)) keep();
        if (event.key === "Escape") {
          event.stopPropagation();
          onDone();
        }
      }}
    >
      <TextArea label={t("comment-edit")} value={text} onChange={setText} rows={3} error={fieldSentence(t, save.error, "text")} data-testid="comment-edit" />
      <div className="row">
        <span className="grow" />
        <Button onClick={onDone}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={text.trim() === "" || save.isPending}>{t("person-save")}</Button>
      </div>
    </form>
  );
}
