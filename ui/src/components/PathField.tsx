import { FolderOpen } from "lucide-react";
import { useText } from "@/core/text";
import type { TypedPath } from "@/core/types";
import { Button } from "./Button";
import { Checkbox } from "./Checks";
import { TextField } from "./Field";

interface PathFieldProps {
  label: string;
  value: string;
  onChange: (path: string) => void;
  /** Opens the native dialog; null when the person changed their mind. */
  browse: () => Promise<string | null>;
  hint?: string;
  error?: string | undefined;
  placeholder?: string;
  autoFocus?: boolean;
  testid: string;
  /** What the core makes of it. */
  place: TypedPath | undefined;
  /** For what is made there: whether the folder may be made too, if there is none. */
  folder?: { create: boolean; onCreate: (create: boolean) => void };
}

/** A path that can be chosen, pasted or typed. Where it is not typed in full, it is shown so. */
export function PathField({ label, value, onChange, browse, hint, error, placeholder, autoFocus, testid, place, folder }: PathFieldProps) {
  const t = useText();
  const change = (path: string): void => {
    folder?.onCreate(false);
    onChange(path);
  };
  const whole = place && place.path !== value.trim() ? <code className="field-path" data-testid={`${testid}-whole`}>{place.path}</code> : null;
  const field = (
    <TextField
      label={label}
      value={value}
      onChange={change}
      hint={hint && whole ? <>{hint} {whole}</> : (hint ?? whole)}
      error={error}
      spellCheck={false}
      autoComplete="off"
      data-testid={testid}
      {...(placeholder ? { placeholder } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      end={
        <Button
          size="l"
          icon={<FolderOpen />}
          onClick={() => void browse().then((path) => path !== null && change(path))}
        >
          {t("browse")}
        </Button>
      }
    />
  );
  if (!folder) return field;
  // Around the field in any case: were it to come and go, the field would lose the focus.
  return (
    <div className="stack">
      {field}
      {place && !place.folderExists ? (
        <Checkbox label={t("path-create-folder")} note={t("path-no-folder", { folder: place.folder })} checked={folder.create} onChange={folder.onCreate} data-testid={`${testid}-create-folder`} />
      ) : null}
    </div>
  );
}
