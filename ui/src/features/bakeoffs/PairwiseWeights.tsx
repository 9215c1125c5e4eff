import { RadioGroup } from "@/components/Checks";
import { useFormat } from "@/core/format";
import { useText, type Text } from "@/core/text";
import type { NamedPair, WeighedView } from "@/core/types";
import { EVEN, STEPS, compared, missingPairs, pairsOf, ratioOf, stepOf } from "./pairs";

interface PairwiseWeightsProps {
  criteria: WeighedView[];
  pairwise: NamedPair[];
  onChange: (pairwise: NamedPair[]) => void;
  /** What the core says of how well the pairs fit together. */
  consistency: string;
}

/** Every two of what is weighed, compared on a scale of nine; beside it the weights that follow. */
export function PairwiseWeights({ criteria, pairwise, onChange, consistency }: PairwiseWeightsProps) {
  const t = useText();
  const pairs = pairsOf(criteria);
  const missing = missingPairs(criteria.map((one) => one.key), pairwise);
  return (
    <>
      <p className="section-note">{t("pairwise-note")}</p>
      <ul className="pairs" data-testid="pairs">
        {pairs.map(([first, second]) => <Pair key={`${first.key}/${second.key}`} first={first} second={second} ratio={ratioOf(pairwise, first.key, second.key)} onStep={(step) => onChange(compared(pairwise, first.key, second.key, step))} />)}
      </ul>
      <div className="decision-weights" data-testid="pair-weights">
        {criteria.map((one) => <Found key={one.key} of={one} />)}
      </div>
      {/* As high whatever it says: what stands below does not move while pairs are compared. */}
      <p className="section-note pairs-state" role="status" data-testid="pairs-state">{missing > 0 ? t("pairwise-missing", { count: missing, all: pairs.length }) : consistency}</p>
    </>
  );
}

function Found({ of }: { of: WeighedView }) {
  return (
    <>
      <span title={of.anchorsText}>{of.name}</span>
      <meter className="worth" aria-label={of.name} min={0} max={1} value={of.weight}>{of.weightText}</meter>
      <b className="num">{of.weightText}</b>
      <span className="section-note num">{of.rangeText}</span>
    </>
  );
}

/** A step in words: left of the middle it is the first that matters more, right of it the second. */
function stepText(t: Text, step: number, first: string, second: string): string {
  return t(`pairwise-${STEPS[step] ?? 1}`, step <= EVEN ? { first, second } : { first: second, second: first });
}

function Pair({ first, second, ratio, onStep }: { first: WeighedView; second: WeighedView; ratio: number | null; onStep: (step: number) => void }) {
  const t = useText();
  const format = useFormat();
  const step = stepOf(ratio);
  const words = ratio === null ? t("pairwise-not-yet") : step < 0 ? t("pairwise-other", { first: first.name, second: second.name, ratio: format.decimal(String(ratio)) }) : stepText(t, step, first.name, second.name);
  return (
    <li className="pair">
      <span className="pair-side num">{first.name}</span>
      <RadioGroup
        inline
        label={t("pairwise-pair", { first: first.name, second: second.name })}
        value={step < 0 ? "" : String(step)}
        onChange={(next) => onStep(Number(next))}
        choices={STEPS.map((side, at) => {
          const meaning = stepText(t, at, first.name, second.name);
          return { value: String(at), label: <><span aria-hidden="true" title={meaning}>{side}</span><span className="visually-hidden">{meaning}</span></> };
        })}
        testid={`pair-${first.key}-${second.key}`}
      />
      <span className="pair-side">{second.name}</span>
      <span className="pair-says truncate" title={words}>{words}</span>
    </li>
  );
}
