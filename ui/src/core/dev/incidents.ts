/** Incidents of the fixtures. */
import type { IncidentDeclare, IncidentDetails, IncidentDraft, IncidentKind, IncidentRow, IncidentSeverity, IncidentStage, IncidentView, SeverityQuery, SeverityView } from "../types";
import { vendors } from "./records";
import { uuid } from "./series";

const KIND_TEXT: Record<IncidentKind, string> = {
  "toxic-output": "Toxic output", "pii-leak": "Personal data leaked", "cross-tenant-leak": "Cross-tenant leak", "runaway-loop": "Runaway agent loop", "vendor-outage": "Vendor outage",
  "cost-spike": "Cost spike", "quality-regression": "Quality regression", "prompt-injection": "Prompt injection", other: "Other",
};

interface Kept extends IncidentDetails {
  id: string;
  number: number;
}

const made = (number: number, patch: Partial<Kept>): Kept => ({
  id: uuid(1300 + number), number, title: "", kind: "other", severity: "sev3", severityReason: "", impact: "degraded", scope: "several", summary: "", features: [], tenants: [], models: [], vendors: [], contracts: [],
  factors: [], clocks: [], source: "", began: null, detected: "2026-09-22T09:12:00Z", acknowledged: null, mitigated: null, resolved: null, commander: "", scribe: "", comms: "", ...patch,
});

const START: readonly Kept[] = [
  made(34, { title: "Code review costs half as much again since Saturday", kind: "cost-spike", acknowledged: "2026-09-22T09:52:00Z", commander: "Ines Marino", features: ["Code review"] }),
  made(33, { title: "Support chat down with its provider", kind: "vendor-outage", severity: "sev2", impact: "outage", scope: "widespread", began: "2026-08-29T16:52:00Z", detected: "2026-08-29T16:56:00Z", acknowledged: "2026-08-29T16:58:00Z", mitigated: "2026-08-29T18:10:00Z", resolved: "2026-08-29T18:54:00Z", vendors: [vendors[0]!.id], commander: "Ines Marino", factors: ["vendor", "process"] }),
  made(27, {
    title: "Visit notes of one clinic shown to another", kind: "cross-tenant-leak", severity: "sev1", impact: "others-data", scope: "single", began: "2026-07-14T14:02:00Z", detected: "2026-07-14T14:55:00Z", acknowledged: "2026-07-14T14:59:00Z", mitigated: "2026-07-14T15:33:00Z", resolved: "2026-07-15T18:00:00Z",
    tenants: ["Northgate Health System"], clocks: [{ name: "GDPR Art. 33", due: "Supervisory authority: the breach of personal data", hours: 72, done: "2026-07-16T12:00:00Z" }],
  }),
];

let kept: Kept[] = [...START];
const next = (one: IncidentDetails): IncidentStage | null => (one.resolved ? null : one.mitigated ? "resolved" : one.acknowledged ? "mitigated" : "acknowledged");

function row(one: Kept): IncidentRow {
  const status = one.resolved ? "resolved" : one.mitigated ? "mitigated" : one.acknowledged ? "acknowledged" : "open";
  return {
    id: one.id, number: one.number, code: `INC-${one.number}`, title: one.title, kind: one.kind, kindText: KIND_TEXT[one.kind], severity: one.severity, severityText: one.severity.toUpperCase(), status, statusText: status,
    tone: status === "resolved" ? "good" : status === "open" ? "bad" : "warn", day: one.detected?.slice(0, 10) ?? null, dayText: one.detected ? "22 Sep 2026" : "—", resolve: one.resolved ? 7080 : null, resolveText: one.resolved ? "1 h 58 min" : "—",
    vendors: one.vendors.map((id) => vendors.find((vendor) => vendor.id === id)?.name ?? "").join(", "), commander: one.commander,
  };
}

export const severity = ({ kind, impact, scope }: SeverityQuery): SeverityView => {
  const leak = (impact ?? (kind === "cross-tenant-leak" ? "others-data" : "degraded")) === "others-data";
  const found: IncidentSeverity = leak ? "sev1" : impact === "outage" && scope === "widespread" ? "sev2" : "sev3";
  return { impact: impact ?? "degraded", scope: scope ?? "several", severity: found, severityText: found.toUpperCase(), reason: `${found.toUpperCase()} is suggested: more errors, slower or dearer than it may be, several customers.` };
};

export const incidents = (): IncidentRow[] => kept.map(row);

export function incident(id: string): IncidentView {
  const one = kept.find((other) => other.id === id) ?? START[0]!;
  const details: IncidentDetails = one;
  return {
    row: row(one), details,
    spans: [["ttd", "Time to detect"], ["tta", "Time to acknowledge"], ["ttm", "Time to mitigate"], ["ttr", "Time to resolve"]].map(([span, label]) => ({ id: span!, label: label!, text: details.resolved ? "1 h 14 min" : "—" })),
    suggestion: severity({ kind: details.kind, impact: details.impact, scope: details.scope }),
    clocks: details.clocks.map((clock) => ({ clock, deadline: "2026-07-17T14:55:00Z", standing: clock.done ? "told in time" : "2 h 10 min left", tone: clock.done ? "good" : "warn" })),
    taken: details.resolved ? [{ id: "failed", label: "Failed requests", actual: "4,210", text: "+3,980 beyond the usual 230 [+3,700, +4,260], from 8 weeks", within: false }] : [],
    burnt: details.resolved ? [{ id: uuid(1500), name: "Support chat within 4 s", text: "6.1 % of the budget" }] : [],
    next: next(details), vendors: vendors.map(({ id: vendor, name }) => ({ id: vendor, name })),
  };
}

export function declare(draft: IncidentDeclare): { id: string } {
  const number = Math.max(...kept.map((one) => one.number)) + 1;
  const one = made(number, { title: draft.title, kind: draft.kind });
  kept = [one, ...kept];
  return { id: one.id };
}

export function keepIncident({ id, ...details }: IncidentDraft): { id: string } {
  kept = kept.map((one) => (one.id === id ? { ...one, ...details } : one));
  return { id };
}

export function reach(id: string, stage: IncidentStage): { id: string } {
  kept = kept.map((one) => (one.id === id ? { ...one, [stage]: "2026-09-23T12:00:00Z" } : one));
  return { id };
}

export function removeIncident(id: string): null {
  kept = kept.filter((one) => one.id !== id);
  return null;
}
