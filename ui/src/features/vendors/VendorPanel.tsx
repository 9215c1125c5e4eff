import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, Plus, Trash2, X } from "lucide-react";
import { useState } from "react";
import { Due } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { AlertDialog, SidePanel } from "@/components/Dialog";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { Menu } from "@/components/Menu";
import { SaveState } from "@/components/PageHeader";
import { SelectField } from "@/components/Select";
import { ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useDraft, type SaveStatus } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Contact, RiskTier, Vendor, VendorDraft, VendorStatus, VendorView, WireError } from "@/core/types";
import { Endpoint } from "./Endpoint";
import { STATUSES } from "./status";
import "./vendors.css";

const NAMELESS: WireError = { code: "invalid", params: {}, fields: [{ field: "name", code: "required", params: {} }], retryable: false, logId: "" };
const BLANK: VendorDraft = { id: null, name: "", status: "candidate", owner: "", riskTier: null, website: "", endpoint: "", notes: "", contacts: [], providerKeys: [] };

export function VendorPanel({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const fresh = id === "new";
  const view = useRpc("vendor", { id: id ?? "" }, { enabled: id !== null && !fresh, keep: false });
  const remove = useMutate("vendor_delete");
  const undo = useMutate("undo");
  const [status, setStatus] = useState<SaveStatus>("idle");
  const [asked, setAsked] = useState(false);
  const vendor = view.data?.vendor;

  const drop = (gone: Vendor): void =>
    remove.mutate(
      { id: gone.id },
      {
        onSuccess: () => {
          onClose();
          toast.say(t("vendor-deleted", { name: gone.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: toast.fail,
      },
    );

  return (
    <SidePanel
      wide
      open={id !== null}
      onClose={onClose}
      title={fresh ? t("vendor-new") : (vendor?.name ?? t("vendor"))}
      actions={
        <>
          <SaveState status={status} />
          {vendor ? (
            <Menu
              trigger={<IconButton label={t("vendor-actions")} data-testid="vendor-actions"><Ellipsis /></IconButton>}
              items={[{ key: "delete", label: t("vendor-delete"), icon: <Trash2 />, danger: true, onSelect: () => (view.data && view.data.contracts.length > 0 ? setAsked(true) : drop(vendor)) }]}
            />
          ) : null}
        </>
      }
    >
      {view.data && vendor ? (
        <AlertDialog
          open={asked}
          danger
          onClose={() => setAsked(false)}
          onConfirm={() => {
            setAsked(false);
            drop(vendor);
          }}
          title={t("vendor-delete-title", { name: vendor.name })}
          text={t("vendor-delete-text", { count: view.data.contracts.length, contracts: new Intl.ListFormat(t.lang).format(view.data.contracts.map((row) => row.contract.title)) })}
          confirm={t("vendor-delete")}
        />
      ) : null}
      {fresh ? (
        <VendorForm key="new" start={BLANK} onStatus={setStatus} />
      ) : view.data ? (
        <>
          <VendorForm key={view.data.vendor.id} start={view.data.vendor} onStatus={setStatus} />
          <Endpoint key={`endpoint-${view.data.vendor.id}`} id={view.data.vendor.id} endpoint={view.data.vendor.endpoint} />
          <Related view={view.data} />
        </>
      ) : view.error ? (
        <ErrorState inline error={view.error} />
      ) : (
        <LoadingState />
      )}
    </SidePanel>
  );
}

function VendorForm({ start, onStatus }: { start: VendorDraft; onStatus: (status: SaveStatus) => void }) {
  const t = useText();
  const save = useMutate("vendor_save");
  const draft = useDraft<VendorDraft, Vendor>(
    start,
    start.id ?? "new",
    async (value) => {
      // A vendor exists once it has a name; until then nothing claims to be saved.
      if (value.id === null && value.name.trim() === "") throw NAMELESS;
      return save.mutateAsync(value);
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
        <TextField label={t("owner")} value={value.owner} onChange={(owner) => change({ owner })} onBlur={blur} data-testid="vendor-owner" />
        <TextField label={t("website")} value={value.website} onChange={(website) => change({ website })} onBlur={blur} error={fieldSentence(t, error, "website")} spellCheck={false} data-testid="vendor-website" />
        <TextField wide label={t("endpoint")} hint={t("endpoint-hint")} value={value.endpoint} onChange={(endpoint) => change({ endpoint })} onBlur={blur} error={fieldSentence(t, error, "endpoint")} spellCheck={false} data-testid="vendor-endpoint" />
        <ProviderKeys value={value.providerKeys} onChange={(providerKeys) => change({ providerKeys })} onBlur={blur} error={fieldSentence(t, error, "providerKeys")} />
        <TextArea wide label={t("notes")} value={value.notes} onChange={(notes) => change({ notes })} onBlur={blur} rows={3} data-testid="vendor-notes" />
      </FieldGrid>
      <section>
        <div className="row">
          <h3 className="section-title grow">{t("contacts")}</h3>
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

function Related({ view }: { view: VendorView }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <div className="stack related">
      <section>
        <div className="row">
          <h3 className="section-title grow">{t("nav-contracts")}</h3>
          <Button look="quiet" icon={<Plus />} onClick={() => void navigate({ to: "/contracts", search: { add: true, vendor: view.vendor.id } })}>{t("contract-add")}</Button>
        </div>
        {view.contracts.length === 0 ? <p className="section-note">{t("vendor-no-contracts")}</p> : null}
        <ul className="lines">
          {view.contracts.map((row) => (
            <li key={row.contract.id}>
              <Link className="grow truncate" to="/contracts/$id" params={{ id: row.contract.id }} search={{}}>{row.contract.title}</Link>
              {row.deadline ? <Due urgency={row.deadline.urgency} text={t(`deadline-${row.deadline.kind}`, { date: format.day(row.deadline.date), days: row.deadline.daysLeft })} /> : null}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <div className="row">
          <h3 className="section-title grow">{t("models-this-quarter")}</h3>
          <b>{format.money(view.spendThisQuarter)}</b>
        </div>
        {view.models.length === 0 ? <p className="section-note">{t("vendor-no-usage")}</p> : null}
        <ul className="lines">
          {view.models.map((model) => (
            <li key={model.name}>
              <span className="grow truncate">{model.name}</span>
              <span className="mut num">{t("requests-count", { requests: format.count(model.requests) })}</span>
              <span className="num line-money">{format.money(model.spend)}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
