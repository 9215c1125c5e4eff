import { CalendarClock } from "lucide-react";
import { useMemo } from "react";
import { Switch } from "@/components/Checks";
import { DateField } from "@/components/DateField";
import { DecimalField, FieldGrid, NumberField, TextArea, TextField } from "@/components/Field";
import { PersonField } from "@/record/PersonField";
import { Combobox, SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { NoticeQuestion } from "./NoticeQuestion";
import type { Draft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { typedMoney } from "@/core/money";
import { useRpc } from "@/core/queries";
import { currencies } from "@/core/regions";
import { useText } from "@/core/text";
import type { Contract, ContractDraft, ContractView } from "@/core/types";

type CommitmentPeriod = NonNullable<Contract["commitmentPeriod"]>;

/** Saved as it is typed; the deadline beside it follows. */
export function TermsTab({ draft, view }: { draft: Draft<ContractDraft>; view: ContractView }) {
  const t = useText();
  const format = useFormat();
  const vendors = useRpc("vendors", null);
  const { value, change, error } = draft;
  const blur = (): void => void draft.flush();
  const wrong = (field: string): string | undefined => fieldSentence(t, error, field);
  const money = useMemo(() => currencies(t.lang), [t.lang]);

  return (
    <div className="terms">
      <div className="stack">
        <ErrorNote error={error && error.fields.length === 0 ? error : null} />
        <FieldGrid>
          <TextField wide label={t("contract-title")} value={value.title} onChange={(title) => change({ title })} onBlur={blur} error={wrong("title")} data-testid="contract-title" />
          <Combobox label={t("vendor")} options={(vendors.data ?? []).map((row) => ({ value: row.vendor.id, label: row.vendor.name }))} value={value.vendorId} onChange={(vendorId) => change({ vendorId })} error={wrong("vendorId")} />
          <SelectField label={t("contract-kind")} options={(["order-form", "msa"] as const).map((item) => ({ value: item, label: t(`contract-kind-${item}`) }))} value={value.kind} onChange={(kind) => change({ kind: kind as Contract["kind"] })} data-testid="contract-kind" />
          <PersonField label={t("owner")} value={value.owner} onChange={(owner) => change({ owner })} onBlur={blur} data-testid="contract-owner" />
          <TextField label={t("parties")} value={value.parties} onChange={(parties) => change({ parties })} onBlur={blur} data-testid="contract-parties" />
        </FieldGrid>
        <h2 className="section-title terms-part">{t("contract-part-term")}</h2>
        <FieldGrid>
          <DateField label={t("contract-start")} value={value.start} onChange={(start) => start && change({ start })} onBlur={blur} error={wrong("start")} data-testid="contract-start" />
          <NumberField label={t("initial-term")} term="initial-term" value={value.initialTermMonths} onChange={(initialTermMonths) => change({ initialTermMonths })} onBlur={blur} unit={t("months")} placeholder={t("term-rolling")} error={wrong("initialTermMonths")} data-testid="contract-months" />
          <DateField label={t("contract-end")} term="fixed-end" hint={t("contract-end-hint")} value={value.end} onChange={(end) => change({ end })} onBlur={blur} error={wrong("end")} data-testid="contract-end" />
          <DateField label={t("notice-given")} term="notice-given" value={value.noticeGiven} onChange={(noticeGiven) => change({ noticeGiven })} onBlur={blur} error={wrong("noticeGiven")} data-testid="contract-notice-given" />
          <Switch
            label={t("auto-renew")}
            note={t("auto-renew-note")}
            checked={value.autoRenew}
            onChange={(autoRenew) => change({ autoRenew, ...(autoRenew && value.renewalTermMonths === null ? { renewalTermMonths: value.initialTermMonths ?? 12 } : {}) })}
            data-testid="contract-auto-renew"
          />
          <NumberField label={t("renewal-term")} term="renewal-term" value={value.renewalTermMonths} onChange={(renewalTermMonths) => change({ renewalTermMonths })} onBlur={blur} unit={t("months")} error={wrong("renewalTermMonths")} data-testid="contract-renewal-months" />
          <NumberField label={t("notice-min")} term="notice-min" value={value.noticeMinDays} onChange={(noticeMinDays) => change({ noticeMinDays })} onBlur={blur} unit={t("days-before-end")} error={wrong("noticeMinDays")} data-testid="contract-notice-min" />
          <NumberField label={t("notice-max")} term="notice-max" value={value.noticeMaxDays} onChange={(noticeMaxDays) => change({ noticeMaxDays })} onBlur={blur} unit={t("days-before-end")} error={wrong("noticeMaxDays")} data-testid="contract-notice-max" />
        </FieldGrid>
        <h2 className="section-title terms-part">{t("contract-part-money")}</h2>
        <FieldGrid columns={3}>
          <Combobox label={t("currency")} options={money} value={value.currency} onChange={(currency) => change({ currency, commitment: value.commitment ? typedMoney(value.commitment.amount, currency) : null })} error={wrong("currency")} />
          <DecimalField label={t("commitment")} term="commitment" value={value.commitment?.amount ?? null} onChange={(amount) => change({ commitment: amount === null ? null : typedMoney(amount, value.currency) })} onBlur={blur} unit={value.currency} error={wrong("commitment")} data-testid="contract-commitment" />
          <SelectField
            label={t("commitment-period")}
            options={[{ value: "none", label: "—" }, ...(["term", "year", "quarter", "month"] as const).map((item) => ({ value: item, label: t(`per-${item}`) }))]}
            value={value.commitmentPeriod ?? "none"}
            onChange={(period) => change({ commitmentPeriod: period === "none" ? null : (period as CommitmentPeriod) })}
            error={wrong("commitmentPeriod")}
            data-testid="contract-commitment-period"
          />
        </FieldGrid>
        <TextArea wide label={t("notes")} value={value.notes} onChange={(notes) => change({ notes })} onBlur={blur} rows={4} data-testid="contract-notes" />
      </div>
      <aside className="terms-side">
        <h2 className="section-title">{t("upcoming")}</h2>
        {view.upcoming.length === 0 ? <p className="section-note">{t("upcoming-none")}</p> : null}
        <ol className="upcoming">
          {view.upcoming.map((item) => (
            <li key={`${item.date}${item.what}`}>
              <time dateTime={item.date}>{format.day(item.date)}</time>
              <span>{t(`upcoming-${item.what}`)}</span>
            </li>
          ))}
        </ol>
        {view.explanation ? (
          <div className="call info" data-testid="deadline-explanation">
            <div className="row why"><CalendarClock size={14} aria-hidden="true" /><b>{t("deadline-why")}</b></div>
            {view.explanation}
          </div>
        ) : null}
        <NoticeQuestion view={view} />
      </aside>
    </div>
  );
}
