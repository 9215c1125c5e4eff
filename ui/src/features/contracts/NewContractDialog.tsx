import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { DateField } from "@/components/DateField";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, NumberField, TextField } from "@/components/Field";
import { Combobox, SelectField } from "@/components/Select";
import { EmptyState, ErrorNote } from "@/components/States";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Contract } from "@/core/types";
import { Users } from "lucide-react";

export function NewContractDialog({ vendorId, onClose }: { vendorId: string | null; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const vendors = useRpc("vendors", null);
  const status = useRpc("workspace_status", null);
  const save = useMutate("contract_save");
  const [vendor, setVendor] = useState(vendorId ?? "");
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<Contract["kind"]>("order-form");
  const [start, setStart] = useState<string | null>(() => format.today);
  const [months, setMonths] = useState<number | null>(12);
  const known = vendors.data ?? [];
  const chosen = vendor || (known.length === 1 ? (known[0]?.vendor.id ?? "") : "");
  const { unreadable, mark } = useReadableFields();
  const ready = !unreadable && chosen !== "" && title.trim() !== "" && start !== null;

  const submit = (): void => {
    if (!ready || start === null || save.isPending) return;
    save.mutate(
      {
        id: null, vendorId: chosen, title: title.trim(), kind, owner: "", parties: "", start, initialTermMonths: months, end: null, autoRenew: false, renewalTermMonths: null,
        noticeMinDays: null, noticeMaxDays: null, noticeGiven: null, currency: status.data?.settings?.currency ?? "USD", commitment: null, commitmentPeriod: null, notes: "",
      },
      { onSuccess: (contract) => void navigate({ to: "/contracts/$id", params: { id: contract.id }, search: {} }) },
    );
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("contract-new")}
      note={t("contract-new-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={!ready || save.isPending} onClick={submit} data-testid="contract-create">{t("contract-create")}</Button>
        </>
      }
    >
      {vendors.data && known.length === 0 ? (
        <EmptyState
          inline
          icon={<Users />}
          title={t("contract-needs-vendor")}
          text={t("contract-needs-vendor-text")}
          action={<Button look="primary" onClick={() => void navigate({ to: "/vendors", search: { id: "new" } })}>{t("vendor-add")}</Button>}
        />
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <WithReadableFields value={mark}>
            <FieldGrid>
              <TextField wide label={t("contract-title")} value={title} onChange={setTitle} placeholder={t("contract-title-example")} autoFocus error={fieldSentence(t, save.error, "title")} data-testid="contract-title" />
              <Combobox label={t("vendor")} options={known.map((row) => ({ value: row.vendor.id, label: row.vendor.name }))} value={chosen} onChange={setVendor} error={fieldSentence(t, save.error, "vendorId")} data-testid="contract-vendor" />
              <SelectField label={t("contract-kind")} options={(["order-form", "msa"] as const).map((item) => ({ value: item, label: t(`contract-kind-${item}`) }))} value={kind} onChange={(next) => setKind(next as Contract["kind"])} data-testid="contract-kind" />
              <DateField label={t("contract-start")} value={start} onChange={setStart} error={fieldSentence(t, save.error, "start")} data-testid="contract-start" />
              <NumberField label={t("initial-term")} term="initial-term" value={months} onChange={setMonths} unit={t("months")} placeholder={t("term-rolling")} data-testid="contract-months" />
            </FieldGrid>
          </WithReadableFields>
          <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
          <button type="submit" hidden />
        </form>
      )}
    </Dialog>
  );
}
