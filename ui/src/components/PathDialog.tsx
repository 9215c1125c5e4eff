import { useState, type ReactNode } from "react";
import { fieldSentence } from "@/core/errors";
import { useText } from "@/core/text";
import type { TypedPath, WireError } from "@/core/types";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { PathField } from "./PathField";
import { ErrorNote } from "./States";

/** What somebody has agreed to. */
export interface Agreed {
  /** That a file that lies there is lost. */
  replace: boolean;
  /** That the folder is made. */
  createFolder: boolean;
}

interface PathDialogProps {
  title: string;
  note: string;
  /** Of the field. */
  label: string;
  hint?: string;
  placeholder?: string;
  path: string;
  onPath: (path: string) => void;
  browse: () => Promise<string | null>;
  go: string;
  /** What the core makes of the path. */
  place: TypedPath | undefined;
  /** Whether something is made there, and so its folder may have to be. */
  makes?: boolean;
  onGo: (agreed: Agreed) => void;
  busy: boolean;
  error: WireError | null;
  /** In the place of the field while it is worked on. */
  progress?: ReactNode;
  /** What came of it: then there is nothing left but to close. */
  done?: ReactNode;
  onClose: () => void;
  /** What is asked beside the path. */
  before?: ReactNode;
  /** Of the button; the field is `<name>-path`, agreeing to lose a file `<name>-replace`. */
  testids: { go: string; name: string };
}

/** One question: which file or folder. A file that lies there is named, and lost only to whoever says so. */
export function PathDialog({ title, note, label, hint, placeholder, path, onPath, browse, go, place, makes = false, onGo, busy, error, progress, done, onClose, before, testids }: PathDialogProps) {
  const t = useText();
  const [createFolder, setCreateFolder] = useState(false);
  const empty = path.trim() === "";
  const there = error?.code === "target-exists";
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      note={note}
      footer={
        done ? (
          <Button look="primary" onClick={onClose}>{t("close")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            {there ? <Button look="danger" disabled={busy} onClick={() => onGo({ replace: true, createFolder })} data-testid={`${testids.name}-replace`}>{t("replace")}</Button> : null}
            <Button look="primary" disabled={empty || busy} onClick={() => onGo({ replace: false, createFolder })} data-testid={testids.go}>{go}</Button>
          </>
        )
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty && !busy && !done) onGo({ replace: false, createFolder });
        }}
      >
        {done ? null : before}
        {done ?? (busy ? progress : null) ?? (
          <PathField
            label={label}
            value={path}
            onChange={onPath}
            browse={browse}
            error={fieldSentence(t, error, "path")}
            autoFocus
            place={place}
            {...(makes ? { folder: { create: createFolder, onCreate: setCreateFolder } } : {})}
            {...(hint ? { hint } : {})}
            {...(placeholder ? { placeholder } : {})}
            testid={`${testids.name}-path`}
          />
        )}
        <ErrorNote error={error && error.fields.length === 0 ? error : null} />
      </form>
    </Dialog>
  );
}
