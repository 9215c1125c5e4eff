import { useNavigate } from "@tanstack/react-router";
import { FileInput, FlaskConical, Plus, Trash2, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, numberDatum, textDatum, type BulkAction, type Column } from "@/components/DataTable";
import { Select } from "@/components/Select";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { CaseRow, SuiteView } from "@/core/types";
import { CasePanel } from "./CasePanel";
import type { SuiteSearch } from "./SuitePage";

/** All cases of the largest suites there are: filtering and sorting them needs no second question. */
const ALL = 20_000;
/** Tags shown as chips before the rest is folded away. */
const CHIPS = 10;

export function CasesTab({ view, search }: { view: SuiteView; search: SuiteSearch }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const remove = useMutate("suite_cases_remove");
  const undo = useMutate("undo");
  const [tag, setTag] = useState<string | null>(null);
  const [flagged, setFlagged] = useState(false);
  const [allTags, setAllTags] = useState(false);
  const { id } = view.row;
  const newest = view.versions[0];
  const shown = view.versions.find((version) => String(version.number) === search.version) ?? newest;
  const cases = useRpc("suite_cases", { id, version: shown?.number ?? 0, text: "", tag, flagged, limit: ALL }, { enabled: shown !== undefined });
  const isNewest = shown?.number === newest?.number;
  const openCase = (number: string | null): void => void navigate({ to: "/suites/$id", params: { id }, search: { ...(search.version ? { version: search.version } : {}), ...(number === null ? {} : { case: number }) }, replace: true });

  const columns = useMemo<Column<CaseRow>[]>(
    () => [
      { id: "name", header: t("case"), width: 118, cell: (row) => <Clip>{row.name}</Clip>, data: textDatum((row) => row.name), sort: true },
      { id: "input", header: t("case-asked"), min: 220, cell: (row) => <Clip>{row.input}</Clip>, data: textDatum((row) => row.input), sort: true },
      { id: "reference", header: t("case-reference"), term: "case-reference", min: 150, optional: true, cell: (row) => (row.reference === "" ? <span className="faint">—</span> : <Clip>{row.reference}</Clip>), data: textDatum((row) => row.reference) },
      { id: "tags", header: t("case-tags"), width: 190, cell: (row) => <span className="case-tags">{row.tags.map((one) => <Tag key={one}>{one}</Tag>)}</span>, data: textDatum((row) => row.tags.join(", ")), sort: true },
      { id: "weight", header: t("case-weight"), term: "case-weight", width: 72, hidden: true, align: "right", cell: (row) => format.decimal(String(row.weight)), data: numberDatum((row) => row.weight), sort: true },
      { id: "cluster", header: t("case-cluster"), term: "case-cluster", width: 130, optional: true, cell: (row) => <Clip>{row.cluster || "—"}</Clip>, data: textDatum((row) => row.cluster), sort: true },
      { id: "findings", header: t("suite-findings"), term: "findings", width: 88, align: "right", cell: (row) => (row.findings === 0 ? <span className="faint">—</span> : <span className="flag"><TriangleAlert aria-hidden="true" />{format.count(row.findings)}</span>), data: numberDatum((row) => row.findings), sort: true },
    ],
    [t, format],
  );
  const bulk = useMemo<BulkAction<CaseRow>[]>(
    () => [
      {
        key: "remove", label: t("cases-remove"), icon: <Trash2 />, danger: true,
        run: (rows, done) =>
          remove.mutate({ id, numbers: rows.map((row) => row.number) }, {
            onSuccess: () => {
              done();
              toast.say(t("cases-removed", { count: rows.length }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
            },
            onError: toast.fail,
          }),
      },
    ],
    [t, id, remove, undo, toast],
  );
  const add = <Button icon={<Plus />} onClick={() => openCase("new")} data-testid="case-add">{t("case-add")}</Button>;

  if (shown === undefined || (shown.cases === 0 && view.versions.length === 1)) {
    return (
      <>
        <EmptyState
          inline
          icon={<FlaskConical />}
          title={t("cases-empty-title")}
          text={t("cases-empty-text")}
          action={<><Button look="primary" icon={<FileInput />} onClick={() => void navigate({ to: "/suites/import", search: { id } })}>{t("cases-import")}</Button>{add}</>}
        />
        <CasePanel view={view} chosen={search.case ?? null} draftNumber={1} editable frozen={false} onClose={() => openCase(null)} onMoved={openCase} />
      </>
    );
  }
  const tags = cases.data?.tags ?? [];
  const chips = allTags ? tags : [...tags].sort((a, b) => b.cases - a.cases).slice(0, CHIPS);
  return (
    <div className="suite-cases">
      <div className="row-wrap case-filters">
        <Select
          compact
          label={t("version-label")}
          options={view.versions.map((version) => ({ value: String(version.number), label: t(version.frozenAt === null ? "version-draft" : "version-frozen", { version: version.number }) }))}
          value={String(shown.number)}
          onChange={(version) => void navigate({ to: "/suites/$id", params: { id }, search: version === String(newest?.number) ? {} : { version }, replace: true })}
          data-testid="cases-version"
        />
        <div className="row-wrap tag-chips" role="group" aria-label={t("case-tags")}>
          {chips.map((one) => (
            <button key={one.tag} type="button" className="tag-chip" aria-pressed={tag === one.tag} onClick={() => setTag(tag === one.tag ? null : one.tag)}>{one.tag} <span className="tag-chip-count">{format.count(one.cases)}</span></button>
          ))}
          {tags.length > CHIPS ? <Button look="quiet" onClick={() => setAllTags(!allTags)}>{t(allTags ? "tags-fewer" : "tags-all", { count: tags.length })}</Button> : null}
          {view.findings.length > 0 && isNewest ? <button type="button" className="tag-chip tag-chip-warn" aria-pressed={flagged} onClick={() => setFlagged(!flagged)} data-testid="cases-flagged"><TriangleAlert aria-hidden="true" />{t("cases-flagged")}</button> : null}
        </div>
        {isNewest ? add : null}
      </div>
      {cases.data ? (
        <DataTable
          fill
          label={t("cases")}
          columns={columns}
          rows={cases.data.rows}
          rowKey={(row) => String(row.number)}
          storageKey="suite-cases"
          selected={search.case ?? null}
          onOpen={(row) => openCase(String(row.number))}
          {...(isNewest ? { bulk } : {})}
          testid="suite-cases"
        />
      ) : cases.error ? (
        <ErrorState inline error={cases.error} onRetry={() => void cases.refetch()} />
      ) : (
        <LoadingState />
      )}
      <CasePanel
        view={view}
        chosen={search.case ?? null}
        draftNumber={newest && newest.frozenAt !== null ? newest.number + 1 : shown.number}
        editable={isNewest}
        frozen={shown.frozenAt !== null}
        onClose={() => openCase(null)}
        onMoved={(number) => void navigate({ to: "/suites/$id", params: { id }, search: { case: number }, replace: true })}
      />
    </div>
  );
}
