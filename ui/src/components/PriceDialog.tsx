import { useEffect, useMemo, useState } from "react";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { currencies } from "@/core/regions";
import { useText } from "@/core/text";
import type { DayPriced, PriceDraft, PriceTerm, RatesDraft, WireError } from "@/core/types";
import { Button } from "./Button";
import { DateField } from "./DateField";
import { Dialog } from "./Dialog";
import { DaysPriced } from "./DaysPriced";
import { DecimalField, FieldGrid, TextField } from "./Field";
import { Combobox, SelectField } from "./Select";
import { ErrorNote } from "./States";
import { WithReadableFields, useReadableFields } from "./unreadable";

const TIERS = ["standard", "batch", "priority", "flex"] as const;
const KINDS: { key: keyof RatesDraft; id: string }[] = [
  { key: "input", id: "input" },
  { key: "output", id: "output" },
  { key: "cacheRead", id: "cache-read" },
  { key: "cacheWrite5m", id: "cache-write-5m" },
  { key: "cacheWrite1h", id: "cache-write-1h" },
  { key: "inputAudio", id: "input-audio" },
  { key: "outputAudio", id: "output-audio" },
  { key: "inputImage", id: "input-image" },
  { key: "outputImage", id: "output-image" },
];
const NONE: RatesDraft = {
  input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, inputAudio: null, outputAudio: null, inputImage: null, outputImage: null,
};

const noTerm = (): Promise<null> => Promise.resolve(null);

interface PriceDialogProps {
  title: string;
  note: string;
  start: { provider: string; model: string; tier: string; currency: string; contractId: string | null; source: string; from?: string | undefined };
  onClose: () => void;
  onSave: (draft: PriceDraft) => void;
  /** Which days a price would make known. */
  preview: (draft: PriceDraft) => Promise<DayPriced[]>;
  /** What is odd about the day it begins, by its contract. */
  term?: (asked: PriceTerm) => Promise<string | null>;
  saving: boolean;
  error: WireError | null;
}

/**
 * A new row opens on a date and closes the one in force: what was spent before does not move. What it would change is answered
 * a moment after the typing, in a box as high as ever: the button below stays under the pointer.
 */
export function PriceDialog({ title, note, start, onClose, onSave, preview, term = noTerm, saving, error }: PriceDialogProps) {
  const t = useText();
  const format = useFormat();
  const [provider, setProvider] = useState(start.provider);
  const [model, setModel] = useState(start.model);
  const [tier, setTier] = useState(start.tier || "standard");
  const [currency, setCurrency] = useState(start.currency);
  const [from, setFrom] = useState<string | null>(() => start.from ?? format.today);
  const [source, setSource] = useState(start.source);
  const [rates, setRates] = useState<RatesDraft>(NONE);
  const money = useMemo(() => currencies(t.lang), [t.lang]);
  const { unreadable, mark } = useReadableFields();
  const ready = !unreadable && provider.trim() !== "" && model.trim() !== "" && from !== null && KINDS.some(({ key }) => rates[key] !== null);
  const draft: PriceDraft | null = ready && from !== null
    ? { provider: provider.trim(), model: model.trim(), tier, from: from, currency, rates, contractId: start.contractId, source: source.trim() }
    : null;
  const days = useAnswer(draft, preview);
  const odd = useAnswer(start.contractId !== null && from !== null ? { contractId: start.contractId, from } : null, term);
  const submit = (): void => {
    if (draft) onSave(draft);
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={title}
      note={note}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={!ready || saving} onClick={submit} data-testid="price-save">{t("price-save")}</Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <WithReadableFields value={mark}>
          <FieldGrid columns={3}>
            <TextField label={t("vendor")} value={provider} onChange={setProvider} error={fieldSentence(t, error, "provider")} data-testid="price-provider" />
            <TextField label={t("model")} value={model} onChange={setModel} error={fieldSentence(t, error, "model")} data-testid="price-model" />
            <SelectField label={t("price-tier")} term="service-tier" options={TIERS.map((value) => ({ value, label: t(`tier-${value}`) }))} value={tier} onChange={setTier} />
            <DateField label={t("price-from")} term="effective-from" value={from} onChange={setFrom} error={fieldSentence(t, error, "from")} data-testid="price-from" />
            <Combobox label={t("currency")} options={money} value={currency} onChange={setCurrency} />
            <TextField label={t("price-source")} value={source} onChange={setSource} data-testid="price-source" />
          </FieldGrid>
          <div className="section-note">{t("price-rates-note", { currency })}</div>
          <FieldGrid columns={3}>
            {KINDS.map(({ key, id }) => (
              <DecimalField
                key={key}
                label={t(`rate-${id}`)}
                term={`rate-${id}`}
                value={rates[key]}
                onChange={(value) => setRates((old) => ({ ...old, [key]: value }))}
                error={fieldSentence(t, error, key)}
                placeholder={t("price-not-offered")}
                data-testid={`price-${id}`}
              />
            ))}
          </FieldGrid>
        </WithReadableFields>
        <div className="price-preview" aria-live="polite" data-testid="price-preview">
          {odd ? <p className="call" role="status" data-testid="price-odd">{odd}</p> : null}
          {days && days.length > 0 ? (
            <>
              <p className="section-note">{t("two-sentences", { first: t("price-makes-known", { count: days.length }), second: t("price-moves-nothing") })}</p>
              <DaysPriced days={days} title={t("price-makes-known", { count: days.length })} />
            </>
          ) : (
            <p className="section-note">{days ? t("two-sentences", { first: t("price-makes-nothing-known"), second: t("price-moves-nothing") }) : t("price-moves-nothing")}</p>
          )}
        </div>
        <ErrorNote error={error && error.fields.length === 0 ? error : null} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

/** An answer asked for when the typing pauses; null before it comes, and where there is nothing to ask. */
function useAnswer<Q, A>(question: Q | null, ask: (question: Q) => Promise<A | null>): A | null {
  const asked = question ? JSON.stringify(question) : "";
  const [answer, setAnswer] = useState<{ asked: string; value: A | null }>({ asked: "", value: null });
  useEffect(() => {
    if (asked === "") return;
    let current = true;
    const put = (value: A | null): void => {
      if (current) setAnswer({ asked, value });
    };
    const timer = setTimeout(() => void ask(JSON.parse(asked) as Q).then(put, () => put(null)), 350);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, ask]);
  return answer.asked === asked ? answer.value : null;
}
