/** The drawing engine: the largest library of the window, read when the first chart is about to be drawn. */
import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { GraphicComponent, GridComponent, TooltipComponent } from "echarts/components";
import { use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

export { connect, init, type EChartsType } from "echarts/core";

register([LineChart, BarChart, CustomChart, GridComponent, TooltipComponent, GraphicComponent, SVGRenderer]);
