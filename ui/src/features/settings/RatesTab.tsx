import { Scale, X } from "lucide-react";
import { useMemo, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { DataTable, type Column } from "@/components/DataTable";
import { DateField } from "@/components/DateField";
import { DecimalField } from "@/components/Field";
import { Combobox } from "@/components/Select";
import { EmptyState, ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { compareDecimals } from "@/core/decimal";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { currencies } from "@/core/regions";
import { useText } from "@/core/text";
import type { FxRateView } from "@/core/types";

/** Amounts in different currencies meet only through a dated rate that a person has entered. */
export function RatesTab({ currency }: { currency: string }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const rates = useRpc("fx_rates", null);
  const save = useMutate("fx_rate_save");
  const remove = useMutate("fx_rate_delete");
  const undo = useMutate("undo");
  const money = useMemo(() => currencies(t.lang), [t.lang]);
  const [from, setFrom] = useState(currency === "EUR" ? "USD" : "EUR");
  const [to, setTo] = useState(currency);
  const [day, setDay] = useState<string | null>(() => format.today);
  const [rate, setRate] = useState<string | null>(null);
  const wrong = (field: string): string | undefined => fieldSentence(t, save.error, field);
  const { mutate: drop } = remove;
  const { mutate: takeBack } = undo;

  const columns = useMemo<Column<FxRateView>[]>(
    () => [
      { id: "day", header: t("rate-day"), width: 130, cell: (row) => format.day(row.day), sort: (a, b) => a.day.localeCompare(b.day) },
      { id: "pair", header: t("rate-pair"), cell: (row) => t("rate-one", { from: row.from, to: row.to }), sort: (a, b) => `${a.from}${a.to}`.localeCompare(`${b.from}${b.to}`) },
      { id: "rate", header: t("rate-value"), width: 140, align: "right", cell: (row) => format.decimal(row.rate, 2), sort: (a, b) => compareDecimals(a.rate, b.rate) },
      {
        id: "remove", header: "", width: 56, align: "right",
        cell: (row) => (
          <IconButton
            label={t("rate-remove")}
            onClick={() => drop(row, { onSuccess: () => toast.say(t("rate-removed"), { action: { label: t("undo"), run: () => takeBack(null) } }), onError: toast.fail })}
          >
            <X />
          </IconButton>
        ),
      },
    ],
    [t, format, toast, drop, takeBack],
  );
  const { unreadable, mark } = useReadableFields();
  const there = rates.data?.find((row) => row.from === from && row.to === to && row.day === day);
  const ready = !unreadable && from !== to && day !== null && rate !== null;
  const submit = (): void => {
    if (ready && day !== null && rate !== null) save.mutate({ from, to, day, rate }, { onSuccess: () => setRate(null) });
  };
  if (!rates.data) return rates.error ? <ErrorState inline error={rates.error} /> : <LoadingState />;
  return (
    <div className="stack rates">
      <p className="section-note">{t("rates-note")}</p>
      <form
        className="rate-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <WithReadableFields value={mark}>
          <DateField label={t("rate-day")} value={day} onChange={setDay} error={wrong("day")} data-testid="rate-day" />
          <Combobox label={t("rate-from")} options={money} value={from} onChange={setFrom} error={wrong("from")} data-testid="rate-from" />
          <Combobox label={t("rate-to")} options={money} value={to} onChange={setTo} error={wrong("to")} data-testid="rate-to" />
          <DecimalField label={t("rate-value")} value={rate} onChange={setRate} error={wrong("rate")} data-testid="rate-value" />
        </WithReadableFields>
        <Button type="submit" size="l" disabled={!ready || save.isPending} data-testid="rate-add">{there ? t("rate-replace") : t("rate-add")}</Button>
      </form>
      {there && ready ? <p className="section-note" aria-live="polite">{t("rate-there", { day: format.day(there.day), from, to, rate: format.decimal(there.rate, 2) })}</p> : null}
      <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
      {rates.data.length === 0 ? (
        <EmptyState inline icon={<Scale />} title={t("rates-empty")} text={t("rates-empty-text")} />
      ) : (
        <DataTable label={t("rates")} columns={columns} rows={rates.data} rowKey={(row) => `${row.day}${row.from}${row.to}`} storageKey="rates" compact testid="rates" />
      )}
    </div>
  );
}
