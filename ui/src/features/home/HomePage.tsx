import { useNavigate } from "@tanstack/react-router";
import { CalendarClock, CircleSlash, Coins, FileQuestion, House, Import, ReceiptText, Scale } from "lucide-react";
import type { ReactNode } from "react";
import { LaterChart } from "@/charts/LaterChart";
import { DaysLeft } from "@/components/Badge";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { TileStrip } from "@/components/TileStrip";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { AttentionItem, HomeView, Link } from "@/core/types";
import "./home.css";

const ICONS: Record<AttentionItem["kind"], ReactNode> = {
  "notice-deadline": <CalendarClock />,
  "contract-end": <CalendarClock />,
  "unpriced-usage": <CircleSlash />,
  "bill-differs": <ReceiptText />,
  "missing-rate": <Scale />,
  "no-usage": <FileQuestion />,
};

export function HomePage() {
  const t = useText();
  const format = useFormat();
  const home = useRpc("home", null);
  return (
    <div className="page">
      <PageHeader crumb={home.data ? format.day(home.data.today) : ""} title={t("nav-home")} />
      <div className="page-body">
        {home.data ? home.data.empty ? <Welcome /> : <Body view={home.data} /> : home.error ? <ErrorState error={home.error} onRetry={() => void home.refetch()} /> : <LoadingState />}
      </div>
    </div>
  );
}

function Body({ view }: { view: HomeView }) {
  const t = useText();
  const navigate = useNavigate();
  const openQuarter = (): void => void navigate({ to: "/economics", search: view.quarter ? { period: view.quarter.key } : {} });
  const go = (link: Link): void => {
    if (link.area === "contract" && link.id) void navigate({ to: "/contracts/$id", params: { id: link.id }, search: {} });
    else if (link.area === "vendor") void navigate({ to: "/vendors", search: link.id ? { id: link.id } : {} });
    else if (link.area === "prices") void navigate({ to: "/prices", search: link.id ? { q: link.id } : {} });
    else if (link.area === "economics") void navigate({ to: "/economics", search: {} });
    else if (link.area === "reconciliation") void navigate({ to: "/data/reconciliation", search: link.id ? { period: link.id } : {} });
    else if (link.area === "settings") void navigate({ to: "/settings", search: { tab: "rates" } });
    else if (link.area === "reports") void navigate({ to: "/reports", search: {} });
    else void navigate({ to: "/imports", search: {} });
  };
  return (
    <div className="stack home">
      <section aria-labelledby="attention">
        <h2 id="attention" className="section-title">{t("home-attention")}</h2>
        {view.attention.length === 0 ? <p className="section-note home-quiet">{t("home-quiet")}</p> : null}
        <ul className="attention">
          {view.attention.map((item, index) => (
            <li key={`${item.kind}${index}`}>
              <button type="button" className="attention-item" onClick={() => go(item.link)} data-testid={`attention-${item.kind}`}>
                <span className={`attention-icon tone-${item.tone}`} aria-hidden="true">{ICONS[item.kind]}</span>
                <span className="attention-text">
                  <b>{item.title}</b>
                  <span className="section-note">{item.detail}</span>
                </span>
                {item.daysLeft !== null ? <DaysLeft days={item.daysLeft} text={t("due-in-days", { days: item.daysLeft })} /> : null}
              </button>
            </li>
          ))}
        </ul>
      </section>
      {view.quarter ? (
        <section aria-labelledby="quarter">
          <div className="row home-title">
            <h2 id="quarter" className="section-title grow">{t("home-quarter", { quarter: view.quarter.label })}</h2>
            <Button icon={<Coins />} onClick={openQuarter}>{t("home-open-economics")}</Button>
          </div>
          <TileStrip tiles={view.quarter.tiles} testid="home-tile" onExplain={openQuarter} />
        </section>
      ) : null}
      {view.spendChart ? <LaterChart spec={view.spendChart} height={260} testid="home-chart" /> : null}
    </div>
  );
}

function Welcome() {
  const t = useText();
  const navigate = useNavigate();
  return (
    <EmptyState
      icon={<House />}
      title={t("home-empty-title")}
      text={t("home-empty-text")}
      action={
        <>
          <Button look="primary" icon={<Import />} onClick={() => void navigate({ to: "/imports/new", search: {} })} data-testid="home-import">{t("import-usage")}</Button>
          <Button onClick={() => void navigate({ to: "/vendors", search: { id: "new" } })}>{t("vendor-add")}</Button>
          <SampleLink />
          <Button look="quiet" onClick={() => void navigate({ to: "/guide", search: {} })}>{t("nav-guide")}</Button>
        </>
      }
    />
  );
}
