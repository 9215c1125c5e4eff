import { useNavigate } from "@tanstack/react-router";
import { Coins, House, Import } from "lucide-react";
import { LaterChart } from "@/charts/LaterChart";
import { Button } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { SampleLink } from "@/components/SampleLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { TileStrip } from "@/components/TileStrip";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { HomeView } from "@/core/types";
import { Beside } from "./Beside";
import { Inbox } from "./Inbox";
import "./home.css";

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
  return (
    <div className="stack home">
      <div className="home-top">
        <Inbox view={view} />
        <Beside view={view} />
      </div>
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
