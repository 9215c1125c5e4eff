import { FolderOpen } from "lucide-react";
import { useText } from "@/core/text";
import { Button } from "./Button";
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
}

/** A path that can be chosen, pasted or typed. */
export function PathField({ label, value, onChange, browse, hint, error, placeholder, autoFocus, testid }: PathFieldProps) {
  const t = useText();
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      hint={hint}
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
          onClick={() => void browse().then((path) => path !== null && onChange(path))}
        >
          {t("browse")}
        </Button>
      }
    />
  );
}
