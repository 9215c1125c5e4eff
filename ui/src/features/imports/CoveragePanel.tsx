import type { ReactNode } from "react";
import { Chart } from "@/charts/Chart";
import { SidePanel } from "@/components/Dialog";
import { ErrorState, LoadingState } from "@/components/States";
import { Term } from "@/components/Tooltip";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { ImportCoverage, ImportRow } from "@/core/types";

/** What an import covers: its hours, its gaps, what else tells of them, and what of it counts. */
export function CoveragePanel({ chosen, onClose }: { chosen: ImportRow | null; onClose: () => void }) {
  const coverage = useRpc("import_coverage", { id: chosen?.id ?? "" }, { enabled: chosen !== null, keep: false });
  return (
    <SidePanel wide open={chosen !== null} onClose={onClose} title={chosen?.name ?? ""} note={chosen?.source}>
      <div data-testid="coverage">
        {coverage.data ? <Body coverage={coverage.data} /> : coverage.error ? <ErrorState inline error={coverage.error} onRetry={() => void coverage.refetch()} /> : <LoadingState />}
      </div>
    </SidePanel>
  );
}

function Body({ coverage }: { coverage: ImportCoverage }) {
  const t = useText();
  const format = useFormat();
  const unit = coverage.daily ? "day" : "hour";
  return (
    <div className="stack">
      <dl className="facts">
        <Fact name={t(coverage.days ? "import-first-day" : coverage.exact ? "coverage-first" : "coverage-first-hour")}>{coverage.days ? format.day(coverage.days[0]) : format.instant(coverage.span?.from ?? null)}</Fact>
        <Fact name={t(coverage.days ? "import-last-day" : coverage.exact ? "coverage-last" : "coverage-last-hour")}>{coverage.days ? format.day(coverage.days[1]) : format.instant(coverage.span?.to ?? null)}</Fact>
        <Fact name={t("rows")}>{format.count(coverage.rows)}</Fact>
        <Fact name={<Term id="refused-rows">{t("import-refused")}</Term>}><span className={coverage.bad > 0 ? "tone-warn" : ""}>{format.count(coverage.bad)}</span></Fact>
        <Fact name={t(`coverage-told-${unit}`)}>{format.count(coverage.told)}</Fact>
        <Fact name={t(`coverage-missing-${unit}`)}><span className={coverage.missing > 0 ? "tone-warn" : ""}>{format.count(coverage.missing)}</span></Fact>
        <Fact name={<Term id="coverage-counts">{t(`coverage-counts-${unit}`)}</Term>}>{format.count(coverage.counts)}</Fact>
        <Fact name={<Term id="coverage-gives-way">{t(`coverage-gives-way-${unit}`)}</Term>}>{format.count(coverage.givesWay)}</Fact>
        {coverage.answer ? <Fact name={t("import-conflict-label")}>{t(`import-answered-${coverage.answer}`)}</Fact> : null}
      </dl>
      {coverage.volume ? <Chart spec={coverage.volume} height={180} testid="coverage-volume" /> : null}
      <Section title={t("coverage-gaps", { count: coverage.gapsTotal })} empty={coverage.gaps.length === 0 ? t(`coverage-gaps-none-${unit}`) : null} testid="coverage-gaps">
        {coverage.gaps.map((gap) => (
          <li key={gap.period?.from ?? gap.days?.[0]}>
            <span>{gap.period ? `${format.instant(gap.period.from)} – ${format.instant(gap.period.to)}` : gap.days ? days(format.day(gap.days[0]), format.day(gap.days[1])) : ""}</span>
            <span className="num">{t(`coverage-${unit}s`, { count: gap.units })}</span>
          </li>
        ))}
      </Section>
      {coverage.gapsTotal > coverage.gaps.length ? <p className="section-note">{t("coverage-gaps-more", { shown: coverage.gaps.length, total: coverage.gapsTotal })}</p> : null}
      <Section title={t("coverage-shares")} empty={coverage.shares.length === 0 ? t("coverage-shares-none") : null} testid="coverage-shares">
        {coverage.shares.map((share) => (
          <li key={share.id}>
            <span>{share.name}<small>{format.instant(share.period.from)} – {format.instant(share.period.to)}</small></span>
            <span className="num">{t(`coverage-${unit}s`, { count: share.hours })}<small>{t("coverage-share-counts", { count: share.counts })}</small></span>
          </li>
        ))}
      </Section>
      <Section title={t("coverage-feeds")} empty={coverage.feeds.length === 0 ? t("coverage-feeds-none") : null} testid="coverage-feeds">
        {coverage.feeds.map((feed) => (
          <li key={feed.source}>
            <span>{feed.source}<small>{new Intl.ListFormat(t.lang).format(feed.vendors.map((vendor) => vendor || t("vendor-none")))} · {days(format.day(feed.first), format.day(feed.last))}</small></span>
            <span className="num">{t("coverage-days", { count: feed.days })}<small>{t(`coverage-basis-${feed.basis ?? "open"}`, { here: coverage.source, there: feed.source })}</small></span>
          </li>
        ))}
      </Section>
      <Mapping coverage={coverage} />
      <dl className="facts">
        <Fact name={t("import-format")}>{t.has(`format-${coverage.format}`) ? t(`format-${coverage.format}`) : coverage.format}</Fact>
        <Fact name={t("size")}>{format.bytes(coverage.bytes)}</Fact>
        <Fact name={t("import-when")}>{format.instant(coverage.importedAt)}</Fact>
        <Fact name="SHA-256"><code className="coverage-hash">{coverage.sha256 || "—"}</code></Fact>
      </dl>
    </div>
  );
}

const days = (first: string, last: string): string => (first === last ? first : `${first} – ${last}`);

/** How the columns were read. A format whose columns are known has none. */
function Mapping({ coverage: { mapping } }: { coverage: ImportCoverage }) {
  const t = useText();
  const columns = mapping?.columns ?? [];
  const constants = mapping?.constants ?? [];
  return (
    <Section title={t("coverage-mapping")} empty={columns.length + constants.length === 0 ? t("coverage-mapping-none") : null} testid="coverage-mapping">
      {columns.map((item) => <li key={item.field}><span>{t(`usage-field-${item.field}`)}</span><code>{item.column}</code></li>)}
      {constants.map((item) => <li key={item.field}><span>{t("import-constant-for", { field: t(`usage-field-${item.field}`) })}</span><code>{item.value}</code></li>)}
      {mapping?.timeZone ? <li><span>{t("import-zone")}</span><code>{mapping.timeZone}</code></li> : null}
      {mapping?.costCurrency ? <li><span>{t("currency")}</span><code>{mapping.costCurrency}</code></li> : null}
    </Section>
  );
}

interface SectionProps {
  title: string;
  empty: string | null;
  testid: string;
  children: ReactNode;
}

function Section({ title, empty, testid, children }: SectionProps) {
  return (
    <section data-testid={testid}>
      <h3 className="section-title">{title}</h3>
      {empty === null ? <ul className="coverage-list">{children}</ul> : <p className="section-note">{empty}</p>}
    </section>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}
