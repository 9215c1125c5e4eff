import { useNavigate } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { Clip, DataTable, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { Tag } from "@/components/Badge";
import { Select } from "@/components/Select";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffCaseRow, BakeoffView } from "@/core/types";
import { CaseAnswers } from "./CaseAnswers";

const MOST = 20_000;

/** Every case with each candidate's score: where they disagree most stands first. */
export function CasesTab({ view, chosen }: { view: BakeoffView; chosen: string | null }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { id } = view.row;
  const [criterion, setCriterion] = useState("");
  const [typed, setTyped] = useState("");
  const text = useDeferredValue(typed.trim());
  const cases = useRpc("bakeoff_cases", { id, criterion, text, tag: null, limit: MOST });
  const open = (number: string | null): void => void navigate({ to: "/bakeoffs/$id", params: { id }, search: { tab: "cases", ...(number === null ? {} : { case: number }) } });
  const names = cases.data?.candidates;
  const columns = useMemo<Column<BakeoffCaseRow>[]>(
    () => [
      { id: "name", header: t("case"), width: 96, cell: (row) => <Clip>{row.name}</Clip>, data: textDatum((row) => row.name), sort: true },
      { id: "input", header: t("case-asked"), min: 130, cell: (row) => <Clip>{row.input}</Clip>, data: textDatum((row) => row.input) },
      { id: "tags", header: t("case-tags"), width: 150, optional: true, cell: (row) => <span className="case-tags">{row.tags.map((one) => <Tag key={one}>{one}</Tag>)}</span>, data: textDatum((row) => row.tags.join(", ")) },
      { id: "spread", header: t("spread"), term: "spread", width: 70, align: "right", cell: (row) => row.spread, data: numberDatum((row) => row.spread_value), sort: true },
      ...(names ?? []).map((name, at): Column<BakeoffCaseRow> => ({ id: `score-${name}`, header: name, width: 92, align: "right", cell: (row) => row.scores[at] ?? "—", data: textDatum((row) => row.scores[at] ?? null) })),
    ],
    [t, names],
  );
  if (chosen !== null) {
    const rows = cases.data?.rows ?? [];
    const at = rows.findIndex((row) => String(row.number) === chosen);
    const beside = (step: number): string | null => {
      const row = at < 0 ? undefined : rows[at + step];
      return row ? String(row.number) : null;
    };
    return <CaseAnswers key={chosen} id={id} number={Number(chosen)} before={beside(-1)} after={beside(1)} place={at < 0 ? null : { at: at + 1, of: rows.length }} onGo={open} />;
  }
  if (cases.error) return <ErrorState inline error={cases.error} onRetry={() => void cases.refetch()} />;
  if (!cases.data) return <LoadingState />;
  if (view.row.results === 0) return <EmptyState inline icon={<ListChecks />} title={t("cases-unanswered-title")} text={t("cases-unanswered-text")} />;
  return (
    <div className="bakeoff-cases">
      <div className="row answers-filter">
        <input className="input case-search" type="search" value={typed} placeholder={t("cases-find")} aria-label={t("cases-find")} onChange={(event) => setTyped(event.target.value)} data-testid="cases-find" />
        {view.details.criteria.length > 1 ? (
          <Select compact label={t("criterion")} options={view.details.criteria.map((one, at) => ({ value: at === 0 ? "first" : one.name, label: one.name }))} value={criterion === "" ? "first" : criterion} onChange={(next) => setCriterion(next === "first" ? "" : next)} data-testid="cases-criterion" />
        ) : null}
        <span className="section-note grow">{t("cases-order")}</span>
      </div>
      <DataTable
        fill
        ownFilter
        label={t("cases")}
        columns={columns}
        rows={cases.data.rows}
        rowKey={(row) => String(row.number)}
        storageKey="bakeoff-cases"
        onOpen={(row) => open(String(row.number))}
        footer={() => null}
        note={t("cases-count", { count: cases.data.total, cases: format.count(cases.data.total) })}
        testid="bakeoff-cases"
      />
    </div>
  );
}
