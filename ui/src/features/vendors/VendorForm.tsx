import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { PersonField } from "@/record/PersonField";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { useDraft, type SaveStatus } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { Contact, Protocol, RiskTier, Vendor, VendorDraft, VendorStatus, WireError } from "@/core/types";
import { STATUSES } from "./status";
import "./vendors.css";

const PROTOCOLS: readonly Protocol[] = ["openai-compatible", "anthropic", "google", "azure-openai", "other"];

const NAMELESS: WireError = { code: "invalid", params: {}, fields: [{ field: "name", code: "required", params: {} }], retryable: false, logId: "" };

/** A vendor as it is typed; a new one exists from its name on. */
export function VendorForm({ start, onStatus, onMade }: { start: VendorDraft; onStatus: (status: SaveStatus) => void; onMade?: (vendor: Vendor) => void }) {
  const t = useText();
  const save = useMutate("vendor_save");
  const draft = useDraft<VendorDraft, Vendor>(
    start,
    start.id ?? "new",
    async (value) => {
      // A vendor exists once it has a name; until then nothing claims to be saved.
      if (value.id === null && value.name.trim() === "") throw NAMELESS;
      const saved = await save.mutateAsync(value);
      if (value.id === null) onMade?.(saved);
      return saved;
    },
    ({ id }) => ({ id }),
  );
  const { value, change, flush, error } = draft;
  const [shown, setShown] = useState<SaveStatus>("idle");
  if (shown !== draft.status) {
    setShown(draft.status);
    queueMicrotask(() => onStatus(draft.status));
  }
  const blur = (): void => void flush();
  const contact = (index: number, patch: Partial<Contact>): void =>
    change({ contacts: value.contacts.map((item, at) => (at === index ? { ...item, ...patch } : item)) });

  return (
    <div className="stack">
      <ErrorNote error={error && error.fields.length === 0 ? error : null} />
      <FieldGrid>
        <TextField wide label={t("name")} value={value.name} onChange={(name) => change({ name })} onBlur={blur} error={fieldSentence(t, error, "name")} data-first={start.id === null ? "" : undefined} data-testid="vendor-name" />
        <SelectField label={t("status")} term="vendor-status" options={STATUSES.map((item) => ({ value: item, label: t(`vendor-status-${item}`) }))} value={value.status} onChange={(status) => change({ status: status as VendorStatus })} data-testid="vendor-status" />
        <SelectField
          label={t("risk-tier")}
          term="risk-tier"
          options={[{ value: "none", label: t("not-assessed") }, ...(["low", "medium", "high"] as const).map((item) => ({ value: item, label: t(`risk-${item}`) }))]}
          value={value.riskTier ?? "none"}
          onChange={(tier) => change({ riskTier: tier === "none" ? null : (tier as RiskTier) })}
          data-testid="vendor-risk"
        />
        <PersonField label={t("owner")} value={value.owner} onChange={(owner) => change({ owner })} onBlur={blur} data-testid="vendor-owner" />
        <TextField label={t("website")} value={value.website} onChange={(website) => change({ website })} onBlur={blur} error={fieldSentence(t, error, "website")} spellCheck={false} data-testid="vendor-website" />
        <SelectField label={t("protocol")} term="protocol" options={PROTOCOLS.map((item) => ({ value: item, label: t(`protocol-${item}`) }))} value={value.protocol} onChange={(protocol) => change({ protocol: protocol as Protocol })} data-testid="vendor-protocol" />
        <TextField label={t("endpoint")} hint={t("endpoint-hint")} placeholder={t(`endpoint-usual-${value.protocol}`)} value={value.endpoint} onChange={(endpoint) => change({ endpoint })} onBlur={blur} error={fieldSentence(t, error, "endpoint")} spellCheck={false} data-testid="vendor-endpoint" />
        <ProviderKeys value={value.providerKeys} onChange={(providerKeys) => change({ providerKeys })} onBlur={blur} error={fieldSentence(t, error, "providerKeys")} />
        <TextArea wide label={t("notes")} value={value.notes} onChange={(notes) => change({ notes })} onBlur={blur} rows={3} data-testid="vendor-notes" />
      </FieldGrid>
      <section>
        <div className="row">
          <h2 className="section-title grow">{t("contacts")}</h2>
          <Button look="quiet" icon={<Plus />} onClick={() => change({ contacts: [...value.contacts, { name: "", role: "", email: "" }] })} data-testid="contact-add">{t("contact-add")}</Button>
        </div>
        {value.contacts.length === 0 ? <p className="section-note">{t("contacts-none")}</p> : null}
        {value.contacts.map((item, index) => (
          <div className="contact" key={index}>
            {(["name", "role", "email"] as const).map((part) => (
              <input
                key={part}
                className="input"
                aria-label={t(`contact-${part}`)}
                placeholder={t(`contact-${part}`)}
                value={item[part]}
                onChange={(event) => contact(index, { [part]: event.target.value })}
                onBlur={blur}
                data-testid={`contact-${part}`}
              />
            ))}
            <IconButton label={t("contact-remove")} onClick={() => change({ contacts: value.contacts.filter((_, at) => at !== index) })}><X /></IconButton>
          </div>
        ))}
      </section>
    </div>
  );
}

/** Typed as a list with commas; kept as typed until the field is left. */
function ProviderKeys({ value, onChange, onBlur, error }: { value: string[]; onChange: (keys: string[]) => void; onBlur: () => void; error: string | undefined }) {
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      wide
      label={t("provider-keys")}
      term="provider-keys"
      hint={t("provider-keys-hint")}
      error={error}
      spellCheck={false}
      value={typed ?? value.join(", ")}
      onChange={(text) => {
        setTyped(text);
        onChange([...new Set(text.split(/[,，]/).map((key) => key.trim()).filter((key) => key !== ""))]);
      }}
      onBlur={() => {
        setTyped(null);
        onBlur();
      }}
      data-testid="vendor-keys"
    />
  );
}
