import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { Chart } from "@/charts/Chart";
import { Button } from "@/components/Button";
import { RadioGroup } from "@/components/Checks";
import { DataTable, type Column } from "@/components/DataTable";
import { SummaryStrip } from "@/components/PageHeader";
import { ErrorNote } from "@/components/States";
import { Term } from "@/components/Tooltip";
import { useToast } from "@/components/Toast";
import { chooseTarget } from "@/core/dialogs";
import { issueSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { call, toWireError } from "@/core/rpc";
import { useText } from "@/core/text";
import type { Answer, ConflictView, FeedAnswer, FeedBasis, FeedOverlap, ImportPlan, RowIssue, WireError } from "@/core/types";
import { Effect } from "./Effect";
import { Models } from "./Models";

interface PlanStepProps {
  plan: ImportPlan;
  error: WireError | null;
  onBack: () => void;
  onAgain: () => void;
  onCommit: (onConflict: Answer | null, feeds: FeedAnswer[]) => void;
}

export function PlanStep({ plan, error, onBack, onAgain, onCommit }: PlanStepProps) {
  const t = useText();
  const format = useFormat();
  const [conflict, setConflict] = useState<Answer | null>(null);
  const [feeds, setFeeds] = useState<FeedAnswer[]>([]);
  const asks = plan.cells.conflict > 0;
  const nothing = plan.rows.good === 0 || plan.alreadyImported !== null;
  const addsNothing = !nothing && plan.replaces === null && plan.cells.new === 0 && plan.cells.conflict === 0;
  const unanswered = plan.overlaps.some((overlap) => !feeds.some((answer) => answer.sourceId === overlap.sourceId));
  const answerFeed = (sourceId: number, basis: FeedBasis): void => setFeeds([...feeds.filter((answer) => answer.sourceId !== sourceId), { sourceId, basis }]);
  const { tokens } = plan.totals;
  const money = plan.totals.computed.map((item) => format.money(item)).join(" + ");
  const reported = plan.totals.reported.map((item) => format.money(item)).join(" + ");

  return (
    <div className="stack" data-testid="plan">
      <SummaryStrip
        items={[
          { label: t("import-rows-good"), value: format.count(nothing ? 0 : plan.rows.good) },
          { label: t("import-refused"), value: <span className={plan.rows.bad > 0 ? "tone-warn" : ""}>{format.count(plan.rows.bad)}</span> },
          ...(plan.rows.duplicate > 0 ? [{ label: t("import-duplicates"), value: format.count(plan.rows.duplicate) }] : []),
          ...(plan.rows.skipped > 0 ? [{ label: t("import-skipped"), value: format.count(plan.rows.skipped) }] : []),
          { label: t("period"), value: plan.period ? `${format.instant(plan.period.from)} – ${format.instant(plan.period.to)}` : "—" },
          { label: t("import-computed"), value: money || "—" },
          ...(reported ? [{ label: t("import-reported"), value: reported }] : []),
        ]}
      />
      <div className="plan-columns">
        <section className="stack">
          <h2 className="section-title">{t("import-will-change")}</h2>
          <dl className="facts">
            <Fact name={<Term id="cell">{t("import-cells-new")}</Term>} value={format.count(plan.cells.new)} />
            <Fact name={t("import-cells-same")} value={format.count(plan.cells.same)} />
            <Fact name={t("import-cells-conflict")} value={<span className={asks ? "tone-warn" : ""}>{format.count(plan.cells.conflict)}</span>} />
          </dl>
          {plan.replaces ? <p className="call info" role="note" data-testid="plan-replaces">{t("import-replaces", { date: format.instant(plan.replaces) })}</p> : null}
          {plan.overruled > 0 ? <div className="call" role="note" data-testid="overruled">{t("import-overruled", { hours: plan.overruled })}</div> : null}
          {plan.conflict ? <ConflictFacts conflict={plan.conflict} /> : null}
          {asks ? (
            <div className="call">
              <p style={{ marginBottom: 8 }}>{t("import-conflict-text", { count: plan.cells.conflict })}</p>
              {plan.conflict?.disjoint ? <p style={{ marginBottom: 8 }} data-testid="conflict-disjoint"><b>{t("import-conflict-disjoint")}</b></p> : null}
              <RadioGroup
                label={t("import-conflict-label")}
                testid="conflict"
                value={conflict ?? ""}
                onChange={(value) => setConflict(value as Answer)}
                choices={(["keep", "replace", "add"] as const).map((value) => ({ value, label: t(`import-conflict-${value}`), note: t(`import-conflict-${value}-note`) }))}
              />
            </div>
          ) : null}
          {plan.overlaps.map((overlap) => (
            <Overlap key={overlap.sourceId} overlap={overlap} feed={plan.source} value={feeds.find((answer) => answer.sourceId === overlap.sourceId)?.basis ?? null} onChange={(basis) => answerFeed(overlap.sourceId, basis)} />
          ))}
          <Effect plan={plan} onConflict={asks ? conflict : null} feeds={feeds} />
          {plan.notes.map((note) => <p key={note} className="call info">{t.has(`note-${note}`) ? t(`note-${note}`) : note}</p>)}
          {plan.unpriced.length > 0 ? (
            <div className="call" data-testid="plan-unpriced">
              <b>{t("unpriced-title", { count: plan.unpriced.length })}</b>
              <ul>
                {plan.unpriced.slice(0, 6).map((item) => (
                  <li key={`${item.vendor}/${item.model}`}>{t("unpriced-line", { vendor: item.vendorName || t("not-given"), model: item.model || t("not-given"), n: Number(item.requests), requests: format.count(item.requests), tokens: format.count(item.tokens) })}</li>
                ))}
              </ul>
            </div>
          ) : null}
        </section>
        <section>
          <h2 className="section-title">{t("import-totals")}</h2>
          <dl className="facts">
            <Fact name={t("requests")} value={format.count(plan.totals.requests)} />
            <Fact name={t("sessions")} value={format.count(plan.totals.sessions)} />
            <Fact name={t("tokens-input")} value={format.count(tokens.input)} />
            <Fact name={t("tokens-cache-read")} value={format.count(tokens.cacheRead)} />
            <Fact name={t("tokens-cache-write-5m")} value={format.count(tokens.cacheWrite5m)} />
            <Fact name={t("tokens-cache-write-1h")} value={format.count(tokens.cacheWrite1h)} />
            <Fact name={t("tokens-output")} value={format.count(tokens.output)} />
            <Fact name={t("tokens-reasoning")} value={format.count(tokens.reasoning)} />
            {tokens.audio !== null ? <Fact name={t("tokens-audio")} value={format.count(tokens.audio)} /> : null}
            {tokens.image !== null ? <Fact name={t("tokens-image")} value={format.count(tokens.image)} /> : null}
          </dl>
          {plan.volume ? <Chart spec={plan.volume} height={190} testid="plan-volume" /> : null}
        </section>
      </div>
      <Models plan={plan} />
      {plan.issuesTotal > 0 ? <Issues plan={plan} /> : null}
      <ErrorNote error={error} />
      <div className="wizard-foot">
        <Button onClick={onBack}>{t("back")}</Button>
        <span className="grow section-note">{nothing ? t("import-nothing-new") : addsNothing ? t("import-adds-nothing") : asks && !conflict ? t("import-conflict-choose") : unanswered ? t("import-overlap-choose") : t("import-commit-note")}</span>
        {error?.code === "data-moved" ? <Button onClick={onAgain}>{t("import-preview-again")}</Button> : null}
        <Button look="primary" size="l" disabled={nothing || (asks && !conflict) || unanswered} onClick={() => onCommit(asks ? conflict : null, feeds)} data-testid="import-commit">
          {t("import-commit", { rows: format.count(nothing ? 0 : plan.rows.good) })}
        </Button>
      </div>
    </div>
  );
}

/** What stands in the hours that differ, and what the file says of them. */
function ConflictFacts({ conflict }: { conflict: ConflictView }) {
  const t = useText();
  const format = useFormat();
  return (
    <table className="conflict-facts" data-testid="conflict-facts">
      <caption>{t("import-conflict-hours", { count: conflict.hours, from: format.instant(conflict.period.from), to: format.instant(conflict.period.to) })}</caption>
      <thead>
        <tr><td /><th scope="col" className="num">{t("requests")}</th><th scope="col" className="num">{t("tile-tokens")}</th>{conflict.statedBefore ? <th scope="col" className="num">{t("import-conflict-stated")}</th> : null}</tr>
      </thead>
      <tbody>
        <tr><th scope="row">{t("import-conflict-there")}</th><td className="num">{format.count(conflict.requestsBefore)}</td><td className="num">{format.count(conflict.tokensBefore)}</td>{conflict.statedBefore ? <td className="num">{format.money(conflict.statedBefore)}</td> : null}</tr>
        <tr><th scope="row">{t("import-conflict-file")}</th><td className="num">{format.count(conflict.requestsAfter)}</td><td className="num">{format.count(conflict.tokensAfter)}</td>{conflict.statedAfter ? <td className="num">{format.money(conflict.statedAfter)}</td> : null}</tr>
      </tbody>
    </table>
  );
}

interface OverlapProps {
  overlap: FeedOverlap;
  feed: string;
  value: FeedBasis | null;
  onChange: (basis: FeedBasis) => void;
}

/** Two feeds may meter the same traffic. Nobody's spend doubles, and nothing is dropped, before a person has said which counts. */
function Overlap({ overlap, feed, value, onChange }: OverlapProps) {
  const t = useText();
  const format = useFormat();
  const both = { here: feed, there: overlap.source };
  const vendors = new Intl.ListFormat(t.lang).format(overlap.vendors.map((vendor) => vendor || t("vendor-none")));
  const days = overlap.first === overlap.last ? format.day(overlap.first) : `${format.day(overlap.first)} – ${format.day(overlap.last)}`;
  return (
    <div className="call overlap" data-testid="plan-overlap">
      <p><b>{t("import-overlap-title", { there: overlap.source })}</b></p>
      <p>{t("import-overlap-text", { count: overlap.days, days, vendors })}</p>
      <table className="conflict-facts">
        <caption className="visually-hidden">{t("import-overlap-title", { there: overlap.source })}</caption>
        <thead>
          <tr><td /><th scope="col" className="num">{t("tile-tokens")}</th></tr>
        </thead>
        <tbody>
          <tr><th scope="row">{t("import-overlap-here", both)}</th><td className="num">{format.count(overlap.tokensHere)}</td></tr>
          <tr><th scope="row">{t("import-overlap-there", both)}</th><td className="num">{format.count(overlap.tokensThere)}</td></tr>
        </tbody>
      </table>
      <RadioGroup
        label={t("import-overlap-label", both)}
        testid={`overlap-${overlap.sourceId}`}
        value={value ?? ""}
        onChange={(next) => onChange(next as FeedBasis)}
        choices={(["this", "other", "both"] as const).map((basis) => ({ value: basis, label: t(`import-overlap-${basis}`, both), note: t(`import-overlap-${basis}-note`, both) }))}
      />
    </div>
  );
}

function Fact({ name, value }: { name: React.ReactNode; value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  );
}

function Issues({ plan }: { plan: ImportPlan }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const columns = useMemo<Column<RowIssue & { key: string }>[]>(
    () => [
      { id: "row", header: t("import-issue-row"), width: 100, align: "right", cell: (issue) => (issue.row === null ? "—" : format.count(issue.row)) },
      { id: "column", header: t("import-issue-column"), width: 160, cell: (issue) => issue.column ?? "—" },
      { id: "what", header: t("import-issue-what"), cell: (issue) => <span className="truncate" title={issueSentence(t, issue)}>{issueSentence(t, issue)}</span> },
      { id: "value", header: t("import-issue-value"), width: 180, cell: (issue) => <code className="truncate">{issue.value ?? ""}</code> },
    ],
    [t, format],
  );
  const rows = useMemo(() => plan.issues.map((issue, index) => ({ ...issue, key: String(index) })), [plan.issues]);
  const save = async (): Promise<void> => {
    const path = await chooseTarget(t("import-issues-export"), "refused-rows.csv", [{ name: "CSV", extensions: ["csv"] }]);
    if (!path) return;
    try {
      const out = await call("import_issues_export", { planId: plan.id, path, replace: true, createFolder: false });
      toast.say(t("import-issues-exported", { rows: out.rows }), { note: out.path });
    } catch (cause) {
      toast.fail(toWireError(cause));
    }
  };
  return (
    <section className="stack" style={{ gap: 8 }}>
      <div className="row">
        <h2 className="section-title">{t("import-issues", { count: plan.issuesTotal })}</h2>
        <span className="grow section-note">{t("import-issues-note")}</span>
        <Button icon={<Download />} onClick={() => void save()} data-testid="issues-export">{t("import-issues-export")}</Button>
      </div>
      <div className="issues-box">
        <DataTable label={t("import-issues", { count: plan.issuesTotal })} columns={columns} rows={rows} rowKey={(row) => row.key} storageKey="issues" compact fill testid="issues" />
      </div>
      {plan.issuesTotal > plan.issues.length ? <p className="section-note">{t("import-issues-more", { shown: plan.issues.length, total: plan.issuesTotal })}</p> : null}
    </section>
  );
}
