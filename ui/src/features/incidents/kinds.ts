import type { IncidentFactor, IncidentImpact, IncidentKind, IncidentScope, IncidentSeverity, IncidentStage, Tone } from "@/core/types";

export const KINDS: readonly IncidentKind[] = ["cross-tenant-leak", "pii-leak", "toxic-output", "prompt-injection", "vendor-outage", "runaway-loop", "cost-spike", "quality-regression", "other"];
export const SEVERITIES: readonly IncidentSeverity[] = ["sev1", "sev2", "sev3", "sev4"];
export const IMPACTS: readonly IncidentImpact[] = ["others-data", "harm", "outage", "degraded", "minor"];
export const SCOPES: readonly IncidentScope[] = ["widespread", "several", "single"];
export const STAGES: readonly IncidentStage[] = ["began", "detected", "acknowledged", "mitigated", "resolved"];
export const FACTORS: readonly IncidentFactor[] = ["model", "prompt", "data", "tools", "guardrail", "process", "vendor"];

export const SEVERITY_TONE: Record<IncidentSeverity, Tone> = { sev1: "bad", sev2: "bad", sev3: "warn", sev4: "plain" };
