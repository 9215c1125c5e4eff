import { useNavigate } from "@tanstack/react-router";
import { FileInput, Scale, TriangleAlert } from "lucide-react";
import { useMemo, useSyncExternalStore } from "react";
import { Chart } from "@/charts/Chart";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Clip, DataTable, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffView, ComparedCandidate, ComparisonView, TagRow } from "@/core/types";
import { Difference, type Scale as DifferenceScale } from "./Difference";

export function ComparisonTab({ view }: { view: BakeoffView }) {
  const t = useText();
  const navigate = useNavigate();
  const { id } = view.row;
  const comparison = useRpc("bakeoff_comparison", { id }, { enabled: view.row.results > 0, keep: false });
  if (view.row.results === 0) {
    return (
      <EmptyState
        inline
        icon={<Scale />}
        title={t("comparison-empty-title")}
        text={t("comparison-empty-text")}
        action={<Button look="primary" icon={<FileInput />} onClick={() => void navigate({ to: "/bakeoffs/$id/import", params: { id }, search: {} })}>{t("results-import")}</Button>}
      />
    );
  }
  if (comparison.error) return <ErrorState inline error={comparison.error} onRetry={() => void comparison.refetch()} />;
  if (!comparison.data) return <LoadingState />;
  const { notes, forest, front, latencies, tags } = comparison.data;
  return (
    <div className="stack comparison">
      {notes.length > 0 ? <ul className="stack tight" aria-label={t("comparison-notes")}>{notes.map((note) => <li key={note} className="call">{note}</li>)}</ul> : null}
      <Compared comparison={comparison.data} incumbent={comparison.data.candidates.find((one) => one.incumbent)?.name ?? null} />
      <div className="comparison-charts">
        {forest ? <Chart spec={forest} height={forestHeight(forest)} testid="bakeoff-forest" /> : null}
        {front ? <Chart spec={front} height={Math.max(240, forest ? forestHeight(forest) : 0)} testid="bakeoff-front" /> : null}
      </div>
      {latencies.length > 0 ? (
        <section className="stack" aria-label={t("latencies")}>
          <h2 className="section-title">{t("latencies")}</h2>
          <div className="latency-charts">
            {latencies.map((spec, at) => <Chart key={spec.title} spec={spec} height={190} testid={`bakeoff-latency-${at}`} />)}
          </div>
        </section>
      ) : null}
      {tags.length > 0 ? <Tags tags={tags} comparison={comparison.data} /> : null}
    </div>
  );
}

const forestHeight = (spec: NonNullable<ComparisonView["forest"]>): number => (spec.marks.kind === "forest" ? 62 + spec.marks.rows.length * 34 : 240);

/** The scale of the first criterion's differences, as the core has drawn it. */
function scaleOf({ forest }: ComparisonView): DifferenceScale | null {
  return forest?.marks.kind === "forest" ? { min: forest.x.min, max: forest.x.max, reference: forest.marks.reference, margin: forest.marks.margin, rows: forest.marks.rows } : null;
}

/** Below this width of the window differences are drawn, and written on hover only. */
const NARROW = 1_180;

function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("resize", changed);
      return () => window.removeEventListener("resize", changed);
    },
    () => window.innerWidth < NARROW,
  );
}

function Compared({ comparison, incumbent }: { comparison: ComparisonView; incumbent: string | null }) {
  const t = useText();
  const format = useFormat();
  const narrow = useNarrow();
  const columns = useMemo<Column<ComparedCandidate>[]>(() => {
    const scale = scaleOf(comparison);
    const currency = comparison.candidates.find((one) => one.costPerSuccess !== null)?.costPerSuccess?.currency ?? "";
    return [
      { id: "name", header: t("candidate"), width: narrow ? 150 : 172, cell: (one) => <Clip note={one.incumbent ? <Tag accent>{t("incumbent")}</Tag> : null}>{one.name}</Clip>, data: textDatum((one) => one.name), sort: true },
      ...comparison.criteria.flatMap((criterion, at): Column<ComparedCandidate>[] => {
        const of = (one: ComparedCandidate) => one.scores[at];
        const named = t("criterion-header", { name: criterion.name, scale: criterion.scale });
        return [
          { id: `score-${criterion.name}`, header: criterion.name, width: 116, align: "right", cell: (one) => <span title={t("score-title", { scale: criterion.scale, interval: of(one)?.intervalText ?? "—", count: of(one)?.cases ?? 0 })}>{of(one)?.text ?? "—"}</span>, data: { ...numberDatum((one: ComparedCandidate) => of(one)?.value ?? null), title: named }, sort: true },
          { id: `interval-${criterion.name}`, header: t("score-interval"), term: "interval", width: 150, optional: true, hidden: at > 0, cell: (one) => <span className="mut">{of(one)?.intervalText ?? "—"}</span>, data: { ...textDatum((one: ComparedCandidate) => of(one)?.intervalText ?? null), title: t("score-interval-of", { name: criterion.name }) } },
          {
            id: `difference-${criterion.name}`, header: at === 0 ? incumbent ? t("difference-from", { incumbent }) : t("difference-of-scores") : t("difference-short", { name: criterion.name }), term: "paired-difference", ...(at === 0 ? { min: narrow ? 134 : 280 } : { width: 134, optional: true, hidden: true }),
            cell: (one) => <Difference score={of(one)} scale={at === 0 ? scale : null} row={scale?.rows.find((row) => row.name === one.name)} />,
            data: [{ ...textDatum((one: ComparedCandidate) => of(one)?.differenceText ?? null), title: t("difference-of", { name: criterion.name }) }, { ...textDatum((one: ComparedCandidate) => of(one)?.pText ?? null), title: t("difference-p", { name: criterion.name }) }],
          },
        ];
      }),
      { id: "cost", header: currency === "" ? t("cost-per-success-plain") : t("cost-per-success", { currency }), term: "cost-per-success", width: 116, align: "right", cell: (one) => <Cost of={one} />, data: numberDatum((one) => one.costPerSuccess?.amount ?? null), sort: true, digits: (one) => one.costText },
      { id: "stated", header: t("cost-stated"), term: "cost-stated", width: 76, optional: true, align: "right", cell: (one) => <span className="mut">{one.statedText || "—"}</span>, data: textDatum((one) => one.statedText) },
      { id: "p95", header: "p95", term: "p95", width: 84, align: "right", cell: (one) => <span title={`${one.p95IntervalText} · ${t("latency-median", { p50: one.p50Text })}`}>{one.p95Text}</span>, data: numberDatum((one) => one.p95), sort: true },
      { id: "failures", header: t("failures"), term: "failures", width: 72, align: "right", cell: (one) => <Failures of={one} />, data: textDatum((one) => one.failures.map(({ name, count }) => `${name}: ${count}`).join(", ")) },
      { id: "missing", header: t("missing"), term: "missing-answers", width: 72, align: "right", cell: (one) => <Missing of={one} />, data: [numberDatum((one: ComparedCandidate) => one.missing), { ...textDatum((one: ComparedCandidate) => one.scores[0]?.asFailureText ?? null), title: t("missing-as-failures") }] },
    ];
  }, [t, comparison, incumbent, narrow]);
  return (
    <div>
      <DataTable
        label={t("bakeoff-tab-comparison")}
        columns={columns}
        rows={comparison.candidates}
        rowKey={(one) => String(one.id)}
        storageKey={`comparison-${comparison.criteria.map((one) => one.name).join("-")}`}
        ownFilter
        footer={() => null}
        note={t("comparison-cases", { shared: format.count(comparison.sharedCases), cases: format.count(comparison.cases) })}
        testid="comparison-table"
      />
    </div>
  );
}

/** What a success costs, and of how much of the answers that is known. */
function Cost({ of }: { of: ComparedCandidate }) {
  const t = useText();
  const format = useFormat();
  return <span title={of.costPerSuccess ? format.moneyExact(of.costPerSuccess) : ""}>{of.costText}{of.costCoverage ? <span className="faint cost-covered" title={t("cost-coverage", { share: of.costCoverage })}> *</span> : null}</span>;
}

/** Requests that failed and answers that are empty, each by name on hover. */
function Failures({ of }: { of: ComparedCandidate }) {
  const t = useText();
  const format = useFormat();
  const parts = [...of.failures.map(({ name, count }) => ({ name, count })), ...(of.empty > 0 ? [{ name: t("answers-empty"), count: of.empty }] : [])];
  if (parts.length === 0) return <span className="faint">—</span>;
  return <span className="flag" title={parts.map(({ name, count }) => `${name}: ${format.count(count)}`).join("\n")}><TriangleAlert aria-hidden="true" />{parts.map(({ count }) => format.count(count)).join(" + ")}</span>;
}

/** Cases without an answer, and what the score would be if each of them had failed. */
function Missing({ of }: { of: ComparedCandidate }) {
  const t = useText();
  const format = useFormat();
  if (of.missing === 0) return <span className="faint">—</span>;
  const score = of.scores[0]?.asFailureText ?? "";
  return <span className="flag" title={score === "" ? "" : t("failures-as", { score })}><TriangleAlert aria-hidden="true" />{format.count(of.missing)}</span>;
}

/** The first criterion by tag; a difference stands only where it holds after correction. */
function Tags({ tags, comparison }: { tags: TagRow[]; comparison: ComparisonView }) {
  const t = useText();
  const format = useFormat();
  const columns = useMemo<Column<TagRow>[]>(
    () => [
      { id: "tag", header: t("tag"), min: 130, cell: (row) => <Clip>{row.tag}</Clip>, data: textDatum((row) => row.tag), sort: true },
      { id: "cases", header: t("cases"), width: 70, align: "right", cell: (row) => format.count(row.cases), data: numberDatum((row) => row.cases), sort: true },
      ...comparison.candidates.map((one, at): Column<TagRow> => ({
        id: `candidate-${one.id}`, header: one.name, width: 150, align: "right",
        cell: (row) => <span className="tag-score">{row.differences[at] ? <b className={row.differences[at].startsWith("−") ? "tone-bad" : "tone-good"} title={t("tag-holds")}>{row.differences[at]}</b> : null}<span>{row.scores[at] ?? "—"}</span></span>,
        data: textDatum((row) => row.scores[at] ?? null),
      })),
    ],
    [t, format, comparison.candidates],
  );
  return (
    <section>
      <h2 className="section-title">{t("by-tag")}</h2>
      <p className="section-note">{t("by-tag-note", { criterion: comparison.criteria[0]?.name ?? "" })}</p>
      <DataTable label={t("by-tag")} columns={columns} rows={tags} rowKey={(row) => row.tag} storageKey="bakeoff-tags" compact testid="bakeoff-tags" />
    </section>
  );
}
