import { ChartArea, Copy, Download, Table2 } from "lucide-react";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { IconButton } from "@/components/Button";
import { Menu } from "@/components/Menu";
import { SpecTable } from "@/components/SpecTable";
import { useToast } from "@/components/Toast";
import { copyText, exportChart, type ChartFile } from "@/core/files";
import { toWireError } from "@/core/rpc";
import { useText } from "@/core/text";
import type { ChartSpec } from "@/core/types";
import type * as engineModule from "./engine";
import { frameOf, optionsOf } from "./options";
import { usePalette } from "./palette";
import { tableToTsv } from "./tableText";
import "./Chart.css";

type Engine = typeof engineModule;
let engine: Engine | null = null;
const loading: { engine: Promise<Engine> | null } = { engine: null };

/** Begins to read the engine; called where a chart is coming, before its data is there. */
export function readChartEngine(): Promise<Engine> {
  loading.engine ??= import("./engine").then((module) => (engine = module));
  return loading.engine;
}

function useEngine(): Engine | null {
  const [ready, setReady] = useState(engine);
  useEffect(() => {
    if (ready) return;
    let alive = true;
    void readChartEngine().then((module) => alive && setReady(module));
    return () => {
      alive = false;
    };
  }, [ready]);
  return ready;
}

export interface ChartProps {
  spec: ChartSpec;
  height?: number;
  /** Charts of one page with the same group share their crosshair. */
  group?: string;
  /** Choices about what is drawn, before the chart's own menu. */
  choice?: ReactNode;
  /** Opens the record behind a lane of a time line. */
  onLane?: (name: string) => void;
  testid?: string;
}

/** The one chart of the product: title, drawing, and the same data as a table, as text, as a file. */
export function Chart({ spec, height = 250, group, choice, onLane, testid }: ChartProps) {
  const t = useText();
  const toast = useToast();
  const palette = usePalette();
  const titleId = useId();
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<engineModule.EChartsType | null>(null);
  const drawing = useEngine();
  const [width, setWidth] = useState(0);
  const [asTable, setAsTable] = useState(false);

  useLayoutEffect(() => {
    const element = holder.current;
    if (!element) return;
    // The observer tells the first width too, once the page is laid out; asking for it here would lay it out twice.
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const frame = useMemo(() => frameOf(spec, width, height), [spec, width, height]);
  const options = useMemo(() => (drawing && width > 0 ? optionsOf(spec, frame, palette) : null), [drawing, spec, frame, width, palette]);
  const lanes = onLane && spec.marks.kind === "timeline" ? spec.marks.lanes : [];
  const pressed = useRef<(index: number) => void>(undefined);
  useEffect(() => {
    pressed.current = lanes.length > 0 ? (index) => onLane?.(lanes[index]?.name ?? "") : undefined;
  });

  useEffect(() => {
    const element = holder.current?.firstElementChild;
    if (asTable || !drawing || !options || !(element instanceof HTMLElement)) return;
    const drawn = chart.current ?? drawing.init(element, null, { renderer: "svg", width, height });
    if (!chart.current) drawn.on("click", (event) => pressed.current?.(event.dataIndex ?? -1));
    chart.current = drawn;
    drawn.resize({ width, height });
    drawn.setOption(options, { notMerge: true });
    if (group) {
      drawn.group = group;
      drawing.connect(group);
    }
  }, [drawing, options, width, height, asTable, group]);

  useEffect(() => {
    if (!asTable) return;
    chart.current?.dispose();
    chart.current = null;
  }, [asTable]);
  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = null;
    },
    [],
  );

  const copy = async (): Promise<void> => {
    await copyText(tableToTsv(spec.table));
    toast.say(t("chart-copied"));
  };
  const exportAs = async (kind: ChartFile): Promise<void> => {
    try {
      const path = await exportChart(t("chart-export-title"), fileName(spec.title), kind, spec);
      if (path) toast.say(t("chart-exported"), { note: path });
    } catch (cause) {
      toast.fail(toWireError(cause));
    }
  };

  return (
    <figure className="chart" aria-labelledby={titleId} data-testid={testid}>
      <figcaption className="chart-caption">
        <div className="grow">
          <div id={titleId} className="section-title">{spec.title}</div>
          <div className="section-note">{spec.subtitle}</div>
        </div>
        {choice}
        <div className="chart-menu">
          <IconButton label={t(asTable ? "chart-show-chart" : "chart-show-table")} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? <ChartArea /> : <Table2 />}
          </IconButton>
          <IconButton label={t("chart-copy")} onClick={() => void copy()}><Copy /></IconButton>
          <Menu
            trigger={<IconButton label={t("chart-export-title")}><Download /></IconButton>}
            items={[
              { key: "svg", label: t("chart-export-svg"), icon: <Download />, onSelect: () => void exportAs("svg") },
              { key: "csv", label: t("chart-export-csv"), icon: <Download />, onSelect: () => void exportAs("csv") },
            ]}
          />
        </div>
      </figcaption>
      <div ref={holder} style={{ height }} className="chart-holder">
        {asTable ? (
          <div className="chart-table" key="table">
            <SpecTable table={spec.table} label={spec.title} />
          </div>
        ) : (
          <div key="drawing" role="img" aria-label={spec.summary || spec.title} style={{ width: "100%", height }} />
        )}
        {asTable ? null : lanes.map((lane, index) => {
          const step = (height - frame.top - frame.bottom) / lanes.length;
          return <button key={lane.name} type="button" className="chart-lane" aria-label={t("chart-open", { name: lane.name })} style={{ top: frame.top + index * step, height: step, width: frame.left }} onClick={() => onLane?.(lane.name)} />;
        })}
      </div>
    </figure>
  );
}

const fileName = (title: string): string => title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "chart";
