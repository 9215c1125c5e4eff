import { Link } from "@tanstack/react-router";
import { BookOpen, FilePlus2, FolderOpen, Sparkle } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { Dialog } from "@/components/Dialog";
import { Mark } from "@/components/Mark";
import { PathField } from "@/components/PathField";
import { ProgressPanel } from "@/components/ProgressPanel";
import { ErrorNote } from "@/components/States";
import { chooseFile } from "@/core/dialogs";
import { useFormat } from "@/core/format";
import { usePreferences, type Theme } from "@/core/preferences";
import { useJob, useMutate, useRpc } from "@/core/queries";
import type { Lang } from "@/core/rpc";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { WorkspaceStatus } from "@/core/types";
import { WORKSPACE_FILE } from "./files";
import { NewWorkspaceDialog } from "./NewWorkspaceDialog";
import "./start.css";

export function StartScreen({ status }: { status: WorkspaceStatus }) {
  const t = useText();
  const format = useFormat();
  const { lang, setLang, theme, setTheme } = usePreferences();
  const recent = useRpc("workspace_recent", null);
  const open = useMutate("workspace_open");
  const sample = useJob("workspace_sample");
  const [dialog, setDialog] = useState<"new" | "open" | null>(null);
  const files = recent.data ?? [];

  return (
    <main className="start">
      <div className="start-inner">
        <header className="start-head">
          <Mark className="start-mark" />
          <div>
            <h1 className="start-name">Quarterdeck</h1>
            <p className="start-line">{t("start-line")}</p>
          </div>
        </header>
        {sample.running ? (
          <ProgressPanel title={t("start-sample-building")} event={sample.event} onCancel={sample.cancel} />
        ) : (
          <div className="start-choices">
            <Choice icon={<FilePlus2 />} title={t("start-new")} text={t("start-new-text")} testid="start-new" onClick={() => setDialog("new")} />
            <Choice icon={<FolderOpen />} title={t("start-open")} text={t("start-open-text")} testid="start-open" onClick={() => setDialog("open")} />
            <Choice icon={<Sparkle />} title={t("start-sample")} text={t("start-sample-text")} testid="start-sample" onClick={() => void sample.run({ path: null, createFolder: false })} />
          </div>
        )}
        <ErrorNote error={sample.error ?? (dialog === null ? open.error : null)} />
        <section aria-label={t("start-recent")} className="start-recent">
          <h2 className="section-title">{t("start-recent")}</h2>
          {files.length === 0 ? <p className="section-note">{t("start-recent-none")}</p> : null}
          <ul>
            {files.map((file) => (
              <li key={file.path}>
                <button type="button" className="start-file" disabled={!file.exists || open.isPending} onClick={() => open.mutate({ path: file.path })} data-testid="start-recent-file">
                  <b className="truncate">{file.name}</b>
                  <span className="faint truncate" title={file.path}>{file.path}</span>
                  <span className="faint">{file.exists ? format.instantDay(file.openedAt) : t("start-recent-missing")}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <footer className="start-foot">
          <Segmented label={t("language")} value={lang} onChange={(next) => setLang(next as Lang)} choices={[{ value: "en", label: "English" }, { value: "zh-CN", label: "简体中文" }]} testid="lang" />
          <Segmented
            label={t("theme")}
            value={theme}
            onChange={(next) => setTheme(next as Theme)}
            choices={[{ value: "system", label: t("theme-system") }, { value: "light", label: t("theme-light") }, { value: "dark", label: t("theme-dark") }]}
            testid="theme"
          />
          <span className="grow" />
          <Link to="/guide" search={{}} className="row"><BookOpen size={14} aria-hidden="true" />{t("nav-guide")}</Link>
          <span className="faint">{t("version", { version: status.appVersion })}</span>
        </footer>
      </div>
      {dialog === "new" ? <NewWorkspaceDialog open onClose={() => setDialog(null)} /> : null}
      {dialog === "open" ? <OpenDialog onClose={() => setDialog(null)} /> : null}
    </main>
  );
}

function Choice({ icon, title, text, testid, onClick }: { icon: ReactNode; title: string; text: string; testid: string; onClick: () => void }) {
  return (
    <button type="button" className="start-choice" onClick={onClick} data-testid={testid}>
      <span className="start-choice-icon" aria-hidden="true">{icon}</span>
      <b>{title}</b>
      <span className="mut">{text}</span>
    </button>
  );
}

export function OpenDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const open = useMutate("workspace_open");
  const [path, setPath] = useState("");
  const place = useTypedPath(path);
  const submit = (): void => {
    if (path.trim() !== "") open.mutate({ path: path.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("start-open")}
      note={t("start-open-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={path.trim() === "" || open.isPending} onClick={submit} data-testid="open-go">{t("open")}</Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PathField label={t("workspace-path")} value={path} onChange={setPath} browse={() => chooseFile(t("start-open"), [WORKSPACE_FILE])} autoFocus place={place} testid="open-path" />
        <ErrorNote error={open.error} />
      </form>
    </Dialog>
  );
}
