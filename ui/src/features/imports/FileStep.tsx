import { FileUp } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/Button";
import { PathField } from "@/components/PathField";
import { ErrorNote } from "@/components/States";
import { chooseFile, onFileDrop } from "@/core/dialogs";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { WireError } from "@/core/types";
import { FORMATS } from "./fields";

interface FileStepProps {
  path: string;
  onPath: (path: string) => void;
  busy: boolean;
  error: WireError | null;
  onInspect: (path: string) => void;
}

const USAGE_FILES = [{ name: "CSV, JSONL, JSON", extensions: ["csv", "tsv", "txt", "jsonl", "ndjson", "json", "gz"] }];

export function FileStep({ path, onPath, busy, error, onInspect }: FileStepProps) {
  const t = useText();
  useEffect(() => onFileDrop((dropped) => {
    onPath(dropped);
    onInspect(dropped);
  }), [onPath, onInspect]);
  const place = useTypedPath(path);
  const ready = path.trim() !== "" && !busy;
  return (
    <form
      className="wizard-file"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onInspect(path);
      }}
    >
      <div className="drop">
        <FileUp aria-hidden="true" />
        <h2>{t("import-drop-title")}</h2>
        <p className="mut">{t("import-drop-text")}</p>
        <div className="drop-path">
          <PathField label={t("import-path")} value={path} onChange={onPath} browse={() => chooseFile(t("import-path"), USAGE_FILES)} autoFocus place={place} testid="import-path" />
        </div>
        <ErrorNote error={error} />
        <Button type="submit" look="primary" size="l" disabled={!ready} data-testid="import-inspect">{t(busy ? "import-reading" : "import-continue")}</Button>
      </div>
      <aside>
        <h2 className="section-title">{t("import-formats-title")}</h2>
        <ul className="format-list">
          {FORMATS.map((format) => (
            <li key={format}>
              <b>{t(`format-${format}`)}</b>
              <span>{t(`format-note-${format}`)}</span>
            </li>
          ))}
        </ul>
      </aside>
    </form>
  );
}
