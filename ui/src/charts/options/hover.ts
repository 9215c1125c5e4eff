/** What hovering says: the exact labels of the core. */
import type { Palette } from "../palette";
import type { TooltipRow } from "../tooltip";
import type { Shape } from "./shape";

export interface Hover {
  title: string;
  rows: TooltipRow[];
}

function tooltipBase(palette: Palette): Shape {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: palette.raised,
    borderColor: palette.line,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: palette.ink, fontSize: 12, fontFamily: palette.font },
    extraCssText: "border-radius:6px;box-shadow:0 6px 20px rgb(0 0 0 / 12%);",
  };
}

export function axisTooltip(palette: Palette, at: (index: number) => Hover): Shape {
  return {
    ...tooltipBase(palette),
    trigger: "axis",
    axisPointer: { type: "line", snap: true, lineStyle: { color: palette.mut, width: 1, type: "solid", opacity: 0.6 } },
    formatter: (items: { dataIndex: number }[]) => hoverElement(at(items[0]?.dataIndex ?? 0)),
  };
}

export function itemTooltip(palette: Palette, at: (index: number) => Hover): Shape {
  return { ...tooltipBase(palette), trigger: "item", formatter: (item: { dataIndex: number }) => hoverElement(at(item.dataIndex)) };
}

/** Built as elements, not as markup: names come from people's files. */
function hoverElement(hover: Hover): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-hover";
  const title = document.createElement("b");
  title.textContent = hover.title;
  box.append(title);
  for (const row of hover.rows) {
    const line = document.createElement("div");
    const dot = document.createElement("i");
    dot.style.background = row.colour;
    const name = document.createElement("span");
    name.textContent = row.name;
    const value = document.createElement("em");
    value.textContent = row.label;
    line.append(dot, name, value);
    box.append(line);
  }
  return box;
}
