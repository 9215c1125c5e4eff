import { useNavigate } from "@tanstack/react-router";
import { ArrowRight, History } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge, Tag } from "@/components/Badge";
import { Clip, DataTable, instantDatum, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { SummaryStrip } from "@/components/PageHeader";
import { Select } from "@/components/Select";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Case, CaseField, CaseRow, ChangedCase, SuiteView, VersionView } from "@/core/types";

export function VersionsTab({ view }: { view: SuiteView }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { id } = view.row;
  const columns = useMemo<Column<VersionView>[]>(
    () => [
      { id: "number", header: t("version-label"), width: 150, cell: (row) => (row.frozenAt === null ? <Badge tone="plain">{t("version-draft", { version: row.number })}</Badge> : `v${row.number}`), data: numberDatum((row) => row.number), sort: true },
      { id: "cases", header: t("cases"), width: 84, align: "right", cell: (row) => format.count(row.cases), data: numberDatum((row) => row.cases) },
      { id: "at", header: t("version-frozen-at"), width: 172, cell: (row) => format.instant(row.frozenAt), data: instantDatum((row) => row.frozenAt), sort: true },
      { id: "by", header: t("version-frozen-by"), width: 150, cell: (row) => <Clip>{row.frozenBy || "—"}</Clip>, data: textDatum((row) => row.frozenBy) },
      { id: "note", header: t("version-note"), min: 160, cell: (row) => <Clip>{row.note || "—"}</Clip>, data: textDatum((row) => row.note) },
      { id: "hash", header: t("version-hash"), term: "version-hash", width: 124, optional: true, cell: (row) => (row.hash === null ? <span className="faint">—</span> : <code title={row.hash}>{row.hash.slice(0, 12)}</code>), data: textDatum((row) => row.hash) },
      { id: "bakeoffs", header: t("nav-bakeoffs"), width: 90, align: "right", cell: (row) => format.count(row.bakeoffs), data: numberDatum((row) => row.bakeoffs) },
    ],
    [t, format],
  );
  if (view.versions.length === 0) return <EmptyState inline icon={<History />} title={t("versions-empty-title")} text={t("versions-empty-text")} />;
  return (
    <div className="stack">
      <DataTable label={t("versions")} columns={columns} rows={view.versions} rowKey={(row) => String(row.number)} storageKey="suite-versions" compact testid="suite-versions" onOpen={(row) => void navigate({ to: "/suites/$id", params: { id }, search: { version: String(row.number) } })} />
      {view.versions.length > 1 ? <Difference view={view} /> : <p className="section-note">{t("versions-one")}</p>}
    </div>
  );
}

/** So many of each are listed by the core, and no more. */
const LISTED = 500;

/** What became of the cases between two versions. */
function Difference({ view }: { view: SuiteView }) {
  const t = useText();
  const format = useFormat();
  const [to, setTo] = useState(view.versions[0]?.number ?? 0);
  const [from, setFrom] = useState(view.versions[1]?.number ?? 0);
  const diff = useRpc("suite_diff", { id: view.row.id, from, to });
  const counted = (listed: unknown[]): string => (listed.length < LISTED ? format.count(listed.length) : `≥ ${format.count(LISTED)}`);
  const options = view.versions.map((version) => ({ value: String(version.number), label: t(version.frozenAt === null ? "version-draft" : "version-frozen", { version: version.number }) }));
  return (
    <section className="stack">
      <div className="row">
        <h2 className="section-title">{t("versions-compare")}</h2>
        <Select compact label={t("versions-from")} options={options} value={String(from)} onChange={(next) => setFrom(Number(next))} data-testid="diff-from" />
        <ArrowRight size={14} aria-hidden="true" />
        <Select compact label={t("versions-to")} options={options} value={String(to)} onChange={(next) => setTo(Number(next))} data-testid="diff-to" />
      </div>
      {diff.data ? (
        <>
          <SummaryStrip
            items={[
              { label: t("diff-added"), value: counted(diff.data.added) },
              { label: t("diff-changed"), value: counted(diff.data.changed) },
              { label: t("diff-removed"), value: counted(diff.data.removed) },
              { label: t("diff-unchanged"), value: format.count(diff.data.unchanged) },
            ]}
          />
          {diff.data.changed.length > 0 ? <Changed changed={diff.data.changed} /> : null}
          <Listed title={t("diff-added")} rows={diff.data.added} storageKey="diff-added" />
          <Listed title={t("diff-removed")} rows={diff.data.removed} storageKey="diff-removed" />
        </>
      ) : diff.error ? (
        <ErrorState inline error={diff.error} />
      ) : (
        <LoadingState />
      )}
    </section>
  );
}

function Listed({ title, rows, storageKey }: { title: string; rows: CaseRow[]; storageKey: string }) {
  const t = useText();
  const columns = useMemo<Column<CaseRow>[]>(
    () => [
      { id: "name", header: t("case"), width: 130, cell: (row) => <Clip>{row.name}</Clip> },
      { id: "input", header: t("case-asked"), min: 220, cell: (row) => <Clip>{row.input}</Clip> },
      { id: "tags", header: t("case-tags"), width: 200, optional: true, cell: (row) => <span className="case-tags">{row.tags.map((one) => <Tag key={one}>{one}</Tag>)}</span> },
    ],
    [t],
  );
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="section-title">{title}</h3>
      <DataTable label={title} columns={columns} rows={rows} rowKey={(row) => `${row.number} ${row.name}`} storageKey={storageKey} compact />
    </section>
  );
}

function Changed({ changed }: { changed: ChangedCase[] }) {
  const t = useText();
  const [open, setOpen] = useState<string | null>(null);
  const columns = useMemo<Column<ChangedCase>[]>(
    () => [
      { id: "name", header: t("case"), width: 130, cell: (row) => <Clip>{row.name}</Clip> },
      { id: "fields", header: t("diff-parts"), min: 220, cell: (row) => new Intl.ListFormat(t.lang).format(row.fields.map((field) => t(`case-field-${field}`))) },
    ],
    [t],
  );
  return (
    <section>
      <h3 className="section-title">{t("diff-changed")}</h3>
      <DataTable
        label={t("diff-changed")}
        columns={columns}
        rows={changed}
        rowKey={(row) => row.name}
        storageKey="diff-changed"
        compact
        testid="diff-changed"
        onOpen={(row) => setOpen(open === row.name ? null : row.name)}
        detail={(row) => (open === row.name ? <BeforeAfter of={row} /> : null)}
      />
    </section>
  );
}

function textOf(one: Case, field: CaseField): string {
  switch (field) {
    case "messages": return one.messages.map(({ role, content }) => `${role}: ${content}`).join("\n\n");
    case "reference": return one.reference.join("\n");
    case "tags": return one.tags.join(", ");
    case "variables": return Object.entries(one.variables).map(([name, value]) => `${name}: ${value ?? ""}`).join("\n");
    default: return String(one[field] ?? "");
  }
}

function BeforeAfter({ of }: { of: ChangedCase }) {
  const t = useText();
  return (
    <div className="stack tight">
      {of.fields.map((field) => (
        <div key={field} className="before-after">
          <b>{t(`case-field-${field}`)}</b>
          <del aria-label={t("diff-before")}>{textOf(of.before, field) || "—"}</del>
          <ins aria-label={t("diff-after")}>{textOf(of.after, field) || "—"}</ins>
        </div>
      ))}
    </div>
  );
}
