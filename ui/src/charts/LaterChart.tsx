import { lazy, Suspense } from "react";
import { shown } from "@/core/shown";
import type { ChartProps } from "./Chart";
import "./Chart.css";

/** Evaluating the engine keeps what is drawn already from the screen: it is read when the figures around the chart are there. */
const Chart = lazy(async () => {
  await shown();
  const { Chart, readChartEngine } = await import("./Chart");
  await readChartEngine();
  return { default: Chart };
});

/** A chart on the page that is shown first: its title and its room at once, the rest as soon as the page can be read. */
export function LaterChart(props: ChartProps) {
  return (
    <Suspense fallback={<Announced {...props} />}>
      <Chart {...props} />
    </Suspense>
  );
}

function Announced({ spec, height = 250 }: ChartProps) {
  return (
    <figure className="chart" aria-label={spec.title} aria-busy="true">
      <figcaption className="chart-caption">
        <div className="grow">
          <div className="section-title">{spec.title}</div>
          <div className="section-note">{spec.subtitle}</div>
        </div>
      </figcaption>
      <div style={{ height }} className="chart-holder" />
    </figure>
  );
}
