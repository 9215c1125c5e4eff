import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { Clip, DataTable, type Column } from "@/components/DataTable";
import { FieldGrid, TextField } from "@/components/Field";
import { FileColumns } from "@/components/FileColumns";
import { IssueList } from "@/components/IssueList";
import { PageHeader, SummaryStrip } from "@/components/PageHeader";
import { PathField } from "@/components/PathField";
import { ProgressPanel } from "@/components/ProgressPanel";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { DropPlace, FormatList, useStepTop, WizardSteps } from "@/components/Wizard";
import { chooseFile, onFileDrop } from "@/core/dialogs";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useJob, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { BakeoffFormat, CaseRow, CasesMode, ColumnMapping, SuiteImport, SuiteKind, SuitePreview } from "@/core/types";
import "./suites.css";

const KINDS: readonly SuiteKind[] = ["golden", "safety"];
/** What cases can be read from; the rest are formats of results, which hold their cases too. */
const FORMATS: readonly BakeoffFormat[] = ["table-csv", "table-jsonl", "promptfoo-suite", "openai-evals", "arena-hard", "mt-bench-questions", "inspect-json", "inspect-archive", "lm-eval", "helm", "promptfoo", "promptfoo-v2", "every-eval-ever"];
const LISTED: readonly BakeoffFormat[] = FORMATS.slice(0, 6);
const CASE_FILES = [{ name: "CSV, JSONL, JSON, YAML", extensions: ["csv", "tsv", "jsonl", "ndjson", "json", "yaml", "yml", "eval", "gz"] }];

/** File, preview, then written: nothing changes before the preview has been seen. */
export function ImportPage({ id, path: given }: { id: string | null; path: string }) {
  const t = useText();
  const navigate = useNavigate();
  const toast = useToast();
  const suites = useRpc("suites", null);
  const [path, setPath] = useState(given);
  const [suiteId, setSuiteId] = useState(id ?? "new");
  const [name, setName] = useState("");
  const [kind, setKind] = useState<SuiteKind>("golden");
  const [mode, setMode] = useState<CasesMode>("add");
  const [format, setFormat] = useState<BakeoffFormat | null>(null);
  const [mapping, setMapping] = useState<ColumnMapping | null>(null);
  const [seen, setSeen] = useState<{ asked: SuiteImport; preview: SuitePreview } | null>(null);
  const previewing = useJob("suite_preview");
  const importing = useJob("suite_import", (end) => ("error" in end ? toast.fail(end.error) : toast.say(t("cases-imported", { name: end.result.name, version: end.result.version }))));
  const place = useTypedPath(path);
  const target = suites.data?.find((row) => row.id === suiteId);

  const asked = (patch: Partial<{ path: string; format: BakeoffFormat | null; mapping: ColumnMapping | null; mode: CasesMode }> = {}): SuiteImport => {
    const use = { path, format, mapping, mode, ...patch };
    return { path: use.path.trim(), id: suiteId === "new" ? null : suiteId, name: name.trim(), kind: target?.kind ?? kind, mode: use.mode, ...(use.format ? { format: use.format } : {}), ...(use.mapping ? { mapping: use.mapping } : {}) };
  };
  const look = async (request: SuiteImport): Promise<void> => {
    importing.reset();
    const preview = await previewing.run(request);
    if (!preview) return;
    setSeen({ asked: request, preview });
    if (request.mapping === undefined) setMapping(preview.files.find((file) => file.mapping !== null)?.mapping ?? null);
  };
  const bring = async (): Promise<void> => {
    if (!seen) return;
    const made = await importing.run(seen.asked);
    if (!made) return;
    toast.say(t("cases-imported", { name: made.name, version: made.version }));
    void navigate({ to: "/suites/$id", params: { id: made.id }, search: {} });
  };
  const lookAt = useRef(look);
  const ask = useRef(asked);
  useEffect(() => {
    lookAt.current = look;
    ask.current = asked;
  });
  useEffect(() => onFileDrop((dropped) => {
    setPath(dropped);
    void lookAt.current(ask.current({ path: dropped, format: null, mapping: null }));
  }), []);

  const top = useStepTop(seen ? 1 : 0);
  const busy = previewing.running || importing.running;
  const back = id ? <Link to="/suites/$id" params={{ id }} search={{}}>{target?.name ?? t("suite")}</Link> : <Link to="/suites" search={{}}>{t("nav-suites")}</Link>;
  return (
    <div className="page">
      <PageHeader crumb={back} title={t("cases-import")} actions={<Button disabled={busy} onClick={() => void (id ? navigate({ to: "/suites/$id", params: { id }, search: {} }) : navigate({ to: "/suites", search: {} }))}>{t("cancel")}</Button>} />
      <div className="page-body wizard-body" ref={top} tabIndex={-1}>
        <WizardSteps label={t("cases-import-steps")} steps={[t("cases-step-file"), t("cases-step-preview")]} at={seen ? 1 : 0} />
        {busy ? (
          <div className="wizard-busy">
            <ProgressPanel title={t(importing.running ? "cases-importing" : "cases-reading")} event={importing.running ? importing.event : previewing.event} onCancel={importing.running ? importing.cancel : previewing.cancel} />
          </div>
        ) : seen ? (
          <Preview
            seen={seen}
            mapping={mapping}
            format={format}
            mode={mode}
            known={suiteId !== "new"}
            error={importing.error ?? previewing.error}
            onFormat={(next) => {
              setFormat(next);
              setMapping(null);
              void look(asked({ format: next, mapping: null }));
            }}
            onMapping={setMapping}
            onMode={(next) => {
              setMode(next);
              void look(asked({ mode: next }));
            }}
            onLook={() => void look(asked())}
            onBack={() => {
              setSeen(null);
              setFormat(null);
              setMapping(null);
              previewing.reset();
              importing.reset();
            }}
            onImport={() => void bring()}
          />
        ) : (
          <form
            className="case-import"
            onSubmit={(event) => {
              event.preventDefault();
              if (path.trim() !== "") void look(asked());
            }}
          >
            <DropPlace title={t("cases-drop-title")}>
              <div className="drop-path stack">
                <PathField label={t("cases-path")} value={path} onChange={setPath} browse={() => chooseFile(t("cases-path"), CASE_FILES)} autoFocus place={place} testid="cases-path" />
                <FieldGrid>
                  <SelectField label={t("cases-into")} options={[{ value: "new", label: t("cases-into-new") }, ...(suites.data ?? []).map((row) => ({ value: row.id, label: row.name }))]} value={suiteId} onChange={setSuiteId} data-testid="cases-into" />
                  {suiteId === "new" ? <SelectField label={t("suite-kind")} term="suite-kind" options={KINDS.map((one) => ({ value: one, label: t(`suite-kind-${one}`) }))} value={kind} onChange={(next) => setKind(next as SuiteKind)} data-testid="cases-kind" /> : null}
                  {suiteId === "new" ? <TextField wide label={t("name")} hint={t("cases-name-hint")} value={name} onChange={setName} error={fieldSentence(t, importing.error, "name")} autoComplete="off" data-testid="cases-name" /> : null}
                </FieldGrid>
              </div>
              <ErrorNote error={previewing.error ?? (importing.error && importing.error.fields.length === 0 ? importing.error : null)} />
              <Button type="submit" look="primary" size="l" className="drop-go" disabled={path.trim() === ""} data-testid="cases-preview">{t("cases-preview")}</Button>
            </DropPlace>
            <FormatList title={t("cases-formats")} formats={LISTED.map((one) => ({ key: one, name: t(`bakeoff-format-${one}`), note: t(`bakeoff-format-note-${one}`) }))} />
          </form>
        )}
      </div>
    </div>
  );
}

interface PreviewProps {
  seen: { asked: SuiteImport; preview: SuitePreview };
  mapping: ColumnMapping | null;
  format: BakeoffFormat | null;
  mode: CasesMode;
  /** The suite is there already. */
  known: boolean;
  error: Parameters<typeof ErrorNote>[0]["error"];
  onFormat: (format: BakeoffFormat | null) => void;
  onMapping: (mapping: ColumnMapping) => void;
  onMode: (mode: CasesMode) => void;
  onLook: () => void;
  onBack: () => void;
  onImport: () => void;
}

function Preview({ seen, mapping, format, mode, known, error, onFormat, onMapping, onMode, onLook, onBack, onImport }: PreviewProps) {
  const t = useText();
  const text = useFormat();
  const { preview } = seen;
  const [remapped, setRemapped] = useState(false);
  const guessed = preview.files[0]?.formats ?? [];
  const table = mapping ? preview.files.find((file) => file.columns.length > 0) : undefined;
  const columns = useMemo<Column<CaseRow>[]>(
    () => [
      { id: "name", header: t("case"), width: 130, cell: (row) => <Clip>{row.name}</Clip> },
      { id: "input", header: t("case-asked"), min: 240, cell: (row) => <Clip>{row.input}</Clip> },
      { id: "reference", header: t("case-reference"), min: 160, optional: true, cell: (row) => <Clip>{row.reference || "—"}</Clip> },
      { id: "tags", header: t("case-tags"), width: 190, optional: true, cell: (row) => <span className="case-tags">{row.tags.map((one) => <Tag key={one}>{one}</Tag>)}</span> },
    ],
    [t],
  );
  const nothing = preview.cases === 0;
  return (
    <div className="stack" data-testid="cases-plan">
      <div className="file-facts">
        {preview.files.slice(0, 3).map((file) => <span key={file.name} className="row"><b className="truncate" title={file.name}>{file.name}</b> {text.bytes(file.bytes)}</span>)}
        <span className="grow" />
        <SelectField
          label={t("cases-format")}
          options={[{ value: "auto", label: guessed[0] ? t("cases-format-guessed", { format: t(`bakeoff-format-${guessed[0]}`) }) : t("file-decides") }, ...FORMATS.map((one) => ({ value: one, label: t(`bakeoff-format-${one}`) }))]}
          value={format ?? "auto"}
          onChange={(next) => onFormat(next === "auto" ? null : (next as BakeoffFormat))}
          data-testid="cases-format"
        />
      </div>
      <SummaryStrip
        items={[
          { label: t("cases-in-file"), value: text.count(preview.cases) },
          { label: t("diff-added"), value: text.count(preview.diff.added) },
          { label: t("diff-changed"), value: text.count(preview.diff.changed) },
          { label: t("diff-removed"), value: <span className={preview.diff.removed > 0 ? "tone-warn" : ""}>{text.count(preview.diff.removed)}</span> },
          { label: t("diff-unchanged"), value: text.count(preview.diff.unchanged) },
          ...(preview.counts.issues > 0 ? [{ label: t("issues-rows"), value: <span className="tone-warn">{text.count(preview.counts.issues)}</span> }] : []),
        ]}
      />
      {known ? <div className="row"><span className="section-note">{t("cases-mode")}</span><Segmented label={t("cases-mode")} value={mode} onChange={(next) => onMode(next as CasesMode)} choices={[{ value: "add", label: t("cases-mode-add") }, { value: "replace", label: t("cases-mode-replace") }]} testid="cases-mode" /></div> : null}
      {table && mapping ? (
        <>
          <FileColumns
            file={table}
            mapping={mapping}
            onChange={(next) => {
              setRemapped(true);
              onMapping(next);
            }}
          />
          {remapped ? <div className="row"><Button onClick={onLook} data-testid="cases-again">{t("file-read-again")}</Button><span className="section-note">{t("file-read-again-note")}</span></div> : null}
        </>
      ) : null}
      {preview.rows.length > 0 ? (
        <section className="stack tight">
          <h2 className="section-title">{t("cases-first")}</h2>
          <div className={preview.rows.length > 8 ? "issues-box" : ""}><DataTable label={t("cases-first")} columns={columns} rows={preview.rows} rowKey={(row) => `${row.number} ${row.name}`} storageKey="cases-first" compact fill={preview.rows.length > 8} /></div>
        </section>
      ) : null}
      <IssueList issues={preview.issues} total={preview.counts.issues} />
      <ErrorNote error={error} />
      <div className="wizard-foot">
        <Button onClick={onBack}>{t("back")}</Button>
        <span className="grow section-note">{t(nothing ? "cases-none-in-file" : remapped ? "file-read-again-note" : "cases-import-note")}</span>
        <Button look="primary" size="l" disabled={nothing || remapped} onClick={onImport} data-testid="cases-go">{t("cases-go", { count: preview.cases, cases: text.count(preview.cases) })}</Button>
      </div>
    </div>
  );
}
