import { Check, CircleHelp, Plus, Trash2, X } from "lucide-react";
import { Button, IconButton } from "@/components/Button";
import { Checkbox } from "@/components/Checks";
import { DecimalField, NumberField } from "@/components/Field";
import { movePoint } from "@/core/decimal";
import { useText } from "@/core/text";
import type { DecidedCandidate, Gate, GateView } from "@/core/types";

const NEW_GATES: Gate[] = [
  { kind: "data-terms", terms: { noTraining: true, zeroRetention: false, mostRetentionDays: null, regions: null, subprocessorVeto: false, mostBreachHours: null, mostDeletionDays: null } },
  { kind: "safety-floor", mostFailures: 0.01, confidence: 0.95 },
  { kind: "latency", mostMs: 4000 },
  { kind: "quality", margin: 0.02 },
  { kind: "price" },
];

interface GatesProps {
  gates: Gate[];
  candidates: DecidedCandidate[];
  locked: boolean;
  onChange: (gates: Gate[]) => void;
}

/** What every candidate has to pass: each gate with what it asks, and how each candidate stands at it. */
export function Gates({ gates, candidates, locked, onChange }: GatesProps) {
  const t = useText();
  const missing = NEW_GATES.filter((one) => !gates.some((held) => held.kind === one.kind));
  return (
    <>
      <h2 className="section-title">{t("gates")}</h2>
      <p className="section-note">{t("gates-note")}</p>
      {gates.map((gate, at) => (
        <section key={gate.kind} className="gate" aria-label={t(`gate-${gate.kind}-name`)} data-testid={`gate-${gate.kind}`}>
          <header>
            <b className="grow">{t(`gate-${gate.kind}-name`)}</b>
            {locked ? null : <IconButton label={t("gate-remove", { gate: t(`gate-${gate.kind}-name`) })} onClick={() => onChange(gates.filter((one) => one !== gate))}><Trash2 /></IconButton>}
          </header>
          <GateFields gate={gate} onChange={(next) => onChange(gates.map((one) => (one === gate ? next : one)))} />
          <ul className="gate-standings">
            {candidates.map((one) => <li key={one.id}><Standing view={one.gates[at]} /><span>{one.name}</span><span className="section-note">{one.gates[at]?.text}</span></li>)}
          </ul>
        </section>
      ))}
      {missing.length > 0 && !locked ? (
        <div className="row-wrap">
          {missing.map((gate) => <Button key={gate.kind} look="quiet" icon={<Plus />} onClick={() => onChange([...gates, gate])} data-testid={`gate-add-${gate.kind}`}>{t(`gate-${gate.kind}-name`)}</Button>)}
        </div>
      ) : null}
    </>
  );
}

/** What a gate asks; shares are typed as percentages, times in seconds. */
function GateFields({ gate, onChange }: { gate: Gate; onChange: (next: Gate) => void }) {
  const t = useText();
  const decimal = (label: string, unit: string, value: number, places: number, change: (next: number) => void, testid: string): React.ReactNode => (
    <DecimalField unsigned label={label} unit={unit} value={movePoint(String(value), places)} onChange={(text) => text !== null && change(Number(movePoint(text, -places)))} data-testid={testid} />
  );
  switch (gate.kind) {
    case "safety-floor":
      return (
        <div className="gate-fields">
          {decimal(t("gate-most-failures"), "%", gate.mostFailures, 2, (mostFailures) => onChange({ ...gate, mostFailures }), "gate-most-failures")}
          {decimal(t("gate-confidence"), "%", gate.confidence, 2, (confidence) => onChange({ ...gate, confidence }), "gate-confidence")}
        </div>
      );
    case "latency":
      return <div className="gate-fields">{decimal(t("gate-most-p95"), "s", gate.mostMs, -3, (mostMs) => onChange({ ...gate, mostMs }), "gate-most-ms")}</div>;
    case "quality":
      return <div className="gate-fields">{decimal(t("gate-margin"), t("gate-points"), gate.margin, 2, (margin) => onChange({ ...gate, margin }), "gate-margin")}</div>;
    case "data-terms": {
      const terms = (patch: Partial<typeof gate.terms>): void => onChange({ ...gate, terms: { ...gate.terms, ...patch } });
      return (
        <>
          <div className="row-wrap">
            <Checkbox label={t("gate-no-training")} checked={gate.terms.noTraining} onChange={(noTraining) => terms({ noTraining })} />
            <Checkbox label={t("gate-zero-retention")} checked={gate.terms.zeroRetention} onChange={(zeroRetention) => terms({ zeroRetention })} />
            <Checkbox label={t("gate-subprocessor-veto")} checked={gate.terms.subprocessorVeto} onChange={(subprocessorVeto) => terms({ subprocessorVeto })} />
          </div>
          <div className="gate-fields">
            <NumberField label={t("gate-most-retention")} unit={t("days")} value={gate.terms.mostRetentionDays} onChange={(mostRetentionDays) => terms({ mostRetentionDays })} data-testid="gate-most-retention" />
            <NumberField label={t("gate-most-breach")} unit={t("hours")} value={gate.terms.mostBreachHours} onChange={(mostBreachHours) => terms({ mostBreachHours })} data-testid="gate-most-breach" />
            <NumberField label={t("gate-most-deletion")} unit={t("days")} value={gate.terms.mostDeletionDays} onChange={(mostDeletionDays) => terms({ mostDeletionDays })} data-testid="gate-most-deletion" />
          </div>
        </>
      );
    }
    case "price":
      return null;
  }
}

function Standing({ view }: { view: GateView | undefined }) {
  const t = useText();
  const standing = view?.standing ?? "unknown";
  const label = t(`gate-is-${standing}`);
  if (standing === "passed") return <Check size={15} className="gate-passed" aria-label={label} />;
  if (standing === "failed") return <X size={15} className="gate-failed" aria-label={label} />;
  return <CircleHelp size={15} className="gate-unknown" aria-label={label} />;
}
