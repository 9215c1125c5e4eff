import { useNavigate } from "@tanstack/react-router";
import { ChartNoAxesColumn, FileText, Import } from "lucide-react";
import { useMemo, useState } from "react";
import { Chart } from "@/charts/Chart";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { Select } from "@/components/Select";
import { Segmented } from "@/components/Checks";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { TileStrip } from "@/components/TileStrip";
import { useFormat } from "@/core/format";
import { usePersisted } from "@/core/usePersisted";
import { useNoUsage } from "@/core/noUsage";
import { useRpc } from "@/core/queries";
import { zoneLabel } from "@/core/regions";
import { useText } from "@/core/text";
import type { Grain, EconomicsQuery, EconomicsView, ExplainKey, SpendBasis, Unpriced } from "@/core/types";
import { DimensionBar } from "./DimensionBar";
import { EconomicsTable } from "./EconomicsTable";
import { ExplainPanel } from "./ExplainPanel";
import { readDimensions, readFilters, readGrain, writeFilters, type EconomicsSearch } from "./view";
import "./economics.css";

const LIMIT = 50;

export function EconomicsPage({ search }: { search: EconomicsSearch }) {
  const t = useText();
  const navigate = useNavigate();
  const status = useRpc("workspace_status", null);
  const [remembered, remember] = usePersisted<EconomicsSearch>(`economics.view.${status.data?.path ?? ""}`, {});
  const shown = Object.keys(search).length > 0 ? search : remembered;
  const periods = useRpc("periods", null);
  const known = periods.data ?? [];
  const period = known.find((item) => item.key === shown.period)?.key ?? (periods.data ? (known[0]?.key ?? "") : (search.period ?? ""));
  const query = useMemo<EconomicsQuery>(
    () => ({ period, by: readDimensions(shown.by), filters: readFilters(shown.filters), limit: LIMIT, ...(readGrain(shown.grain) ? { grain: readGrain(shown.grain) } : {}) }),
    [period, shown.by, shown.filters, shown.grain],
  );
  const view = useRpc("economics", query, { enabled: period !== "" });
  const [explained, setExplained] = useState<ExplainKey | null>(null);

  const show = (patch: Partial<EconomicsQuery>): void => {
    const next = { ...query, ...patch };
    const filters = writeFilters(next.filters);
    const written: EconomicsSearch = { period: next.period, by: next.by.join(","), ...(filters ? { filters } : {}), ...(next.grain ? { grain: next.grain } : {}) };
    remember(written);
    setExplained(null);
    void navigate({ to: "/economics", search: written, replace: true });
  };

  const noUsage = useNoUsage();
  const header = (
    <PageHeader
      crumb={t("group-economics")}
      title={t("nav-economics")}
      actions={
        noUsage ? null : (
          <>
            <Select
              compact
              label={t("period")}
              value={period}
              onChange={(next) => show({ period: next })}
              options={known.map((item) => ({ value: item.key, label: item.label, note: t(`period-${item.kind}`) }))}
              data-testid="economics-period"
            />
            <Button look="primary" icon={<FileText />} onClick={() => void navigate({ to: "/reports", search: { period } })} data-testid="economics-report">{t("economics-review")}</Button>
          </>
        )
      }
    />
  );

  if (noUsage) {
    return (
      <div className="page">
        {header}
        <div className="page-body">
          <EmptyState
            icon={<ChartNoAxesColumn />}
            title={t("economics-empty-title")}
            text={t("economics-empty-text")}
            action={<><Button look="primary" icon={<Import />} onClick={() => void navigate({ to: "/imports/new", search: {} })} data-testid="economics-import">{t("import-usage")}</Button><SampleLink /></>}
          />
        </div>
      </div>
    );
  }
  return (
    <div className="page">
      {header}
      <div className="page-body">
        {view.data ? (
          <Body view={view.data} query={query} onShow={show} onExplain={setExplained} explained={explained} stale={view.isPlaceholderData} />
        ) : view.error ?? periods.error ? (
          <ErrorState error={(view.error ?? periods.error)!} onRetry={() => void view.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      <ExplainPanel query={query} explained={explained} basis={view.data && explained ? basisOf(view.data, explained) : null} onClose={() => setExplained(null)} />
    </div>
  );
}

/** What the spend of a row, or of all, rests on. */
function basisOf(view: EconomicsView, { figure, row }: ExplainKey): SpendBasis | null {
  if (figure !== "spend") return null;
  const found = row === null ? view.total : [...view.rows, view.other, view.total].find((item) => item !== null && item.keys.length === row.length && item.keys.every((key, index) => key === row[index]));
  return found?.basis ?? null;
}

interface BodyProps {
  view: EconomicsView;
  query: EconomicsQuery;
  onShow: (patch: Partial<EconomicsQuery>) => void;
  onExplain: (key: ExplainKey) => void;
  explained: ExplainKey | null;
  stale: boolean;
}

function Body({ view, query, onShow, onExplain, explained, stale }: BodyProps) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const zone = zoneLabel(view.timeZone, new Date(view.dataTo ?? view.period.from), t.lang);
  const freshness = [
    zone,
    view.dataTo ? t("economics-data-to", { at: format.instant(view.dataTo) }) : t("economics-no-data"),
    t("economics-imports", { count: view.imports }),
    ...(view.period.partial ? [t("economics-partial")] : []),
    ...(view.uncompared ? [view.uncompared] : []),
  ].join(" · ");
  // A price from the period's first day prices what is there already.
  const addPrice = (item: Unpriced | undefined): void =>
    void navigate({ to: "/prices", search: item ? { add: `${item.vendor}/${item.model}`, from: view.period.first } : {} });
  return (
    <div className={stale ? "economics stale" : "economics"} aria-busy={stale}>
      <TileStrip tiles={view.tiles} onExplain={onExplain} testid="economics-tile" />
      <DimensionBar query={query} onShow={onShow} freshness={freshness} />
      {view.unpriced.length > 0 ? (
        <div className="call row" role="note" data-testid="economics-unpriced">
          <span className="grow">
            <b>{t("unpriced-title", { count: view.unpriced.length })}</b>{" "}
            {view.unpriced.slice(0, 3).map((item) => t("unpriced-line", { vendor: item.vendor || t("not-given"), model: item.model || t("not-given"), n: Number(item.requests), requests: format.count(item.requests), tokens: format.count(item.tokens) })).join("; ")}
          </span>
          <Button onClick={() => addPrice(view.unpriced[0])} data-testid="unpriced-add">{t("unpriced-add")}</Button>
        </div>
      ) : null}
      {view.rows.length === 0 && !view.other ? (
        <EmptyState inline icon={<ChartNoAxesColumn />} title={t("economics-none-title")} text={t("economics-none-text")} action={<><Button icon={<Import />} onClick={() => void navigate({ to: "/imports/new", search: {} })}>{t("import-usage")}</Button><SampleLink /></>} />
      ) : (
        <>
          {view.chart ? (
            <div className={view.waterfall ? "economics-charts" : "economics-charts single"}>
              <Chart
                spec={view.chart}
                height={228}
                group="economics"
                testid="economics-chart"
                choice={view.grains.length > 1 ? <Segmented label={t("economics-grain")} value={view.grain} onChange={(next) => onShow({ grain: next as Grain })} choices={view.grains.map((grain) => ({ value: grain, label: t(`economics-grain-${grain}`) }))} testid="economics-grain" /> : null}
              />
              {view.waterfall ? <Chart spec={view.waterfall} height={228} testid="economics-waterfall" /> : null}
            </div>
          ) : null}
          <EconomicsTable view={view} onExplain={onExplain} selected={explained?.row ?? null} />
          {view.tokensChart ? (
            <div className="economics-tokens">
              <Chart spec={view.tokensChart} height={240} testid="economics-tokens" />
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}
