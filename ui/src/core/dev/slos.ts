/** Objectives of the fixtures. */
import type { SloDraft, SloRow, SloView } from "../types";
import { uuid } from "./series";

const EVERYTHING = { vendor: null, model: null, feature: "Support chat", tenant: null, environment: null };

const START: readonly SloDraft[] = [
  {
    id: uuid(1500), name: "Support chat within 4 s", description: "", service: "Support chat", owner: "Ines Marino", objective: "96", zone: "", fewestEvents: 200, promised: "95", notes: "", origin: null, alerts: [],
    indicator: { kind: "measured", unit: "answers" }, method: { method: "occurrences" }, window: { kind: "rolling", days: 28 },
    policy: [{ percent: 50, action: "The owner reports at the weekly cost review" }, { percent: 75, action: "Releases of the feature need the ops lead" }],
  },
  {
    id: uuid(1501), name: "Document search answers", description: "", service: "Document search", owner: "", objective: "99.5", zone: "", fewestEvents: 100, promised: null, notes: "", origin: null, alerts: [],
    indicator: { kind: "availability", scope: EVERYTHING }, method: { method: "occurrences" }, window: { kind: "calendar", unit: "month" }, policy: [],
  },
];

let kept: SloDraft[] = [...START];

function row(one: SloDraft): SloRow {
  const burning = one.indicator.kind === "measured";
  return {
    id: one.id ?? "", name: one.name, service: one.service, owner: one.owner, kind: one.indicator.kind, kindText: burning ? "Measured from files" : "Availability", indicatorText: burning ? "Good answers, from files" : "Requests that succeed",
    objectiveText: `${one.objective} %`, windowText: one.window.kind === "rolling" ? "28 days, rolling" : "calendar month", sliText: burning ? "96.8 %" : "99.81 %", left: burning ? 0.19 : 0.62, leftText: burning ? "19 %" : "62 %", burnText: burning ? "1.7×" : "0.5×",
    goneText: burning ? "1 Oct 2026" : "not at this pace", gone: burning ? "2026-10-01" : null, tone: burning ? "bad" : "good", stateText: burning ? "burning" : "met", firing: burning ? 1 : 0, warning: "", nextStep: one.policy[1]?.percent ?? null, measuredTo: "22 Sep 2026, 04:00",
  };
}

export const slos = (): SloRow[] => kept.map(row);

export function slo(id: string): SloView {
  const one = kept.find((other) => other.id === id) ?? START[0]!;
  const shown = row(one);
  const alert = (name: string, windows: string, state: "firing" | "quiet", text: string) => ({ name, severityText: "page", factorText: name, windowsText: windows, longText: "1.2×", shortText: "1.1×", eventsText: "21,480", state, stateText: text, tone: state === "firing" ? ("bad" as const) : ("good" as const) });
  return {
    row: shown, details: one, usedText: "29,400 of 36,100 bad events that are allowed", chart: null, alertsTitle: "No alert fires",
    alerts: [alert("14.4×", "1 h / 5 min", "quiet", "Quiet"), alert("1.0×", "3 d / 6 h", shown.firing > 0 ? "firing" : "quiet", shown.firing > 0 ? "Firing" : "Quiet")],
    policy: one.policy.map((step) => ({ percentText: `${step.percent} %`, action: step.action, reached: step.percent < 80 })),
    promise: one.promised === null ? null : { objectiveText: `${one.promised} %`, leftText: "35 %", kept: true, sentence: `${one.promised} % is promised and ${one.objective} % is aimed at: the promise is looser.` },
    imports: one.indicator.kind === "measured" ? [{ id: uuid(1580), name: "gateway-hourly.csv", atText: "22 Sep 2026, 06:00", pointsText: "2,880", issues: 0, reverted: false }] : [],
    source: "Measurements from files to 22 Sep 2026, 04:00; 100 % of the window is known; days are cut in America/New_York.",
  };
}

export function keepSlo(draft: SloDraft): { id: string } {
  const id = draft.id ?? uuid(1520 + kept.length);
  kept = kept.some((one) => one.id === id) ? kept.map((one) => (one.id === id ? { ...draft, id } : one)) : [...kept, { ...draft, id }];
  return { id };
}

export const removeSlo = (id: string): void => {
  kept = kept.filter((one) => one.id !== id);
};
