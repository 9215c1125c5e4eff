import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, FileText, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { LaterChart } from "@/charts/LaterChart";
import { Due } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Clip, DataTable, type Column } from "@/components/DataTable";
import { AlertDialog } from "@/components/Dialog";
import { Menu } from "@/components/Menu";
import { PageHeader, SaveState } from "@/components/PageHeader";
import { Drawdown, RecordStrip } from "@/components/Record";
import { Documents } from "@/record/Documents";
import { activityTab } from "@/record/activityTab";
import { useRecord } from "@/record/useRecord";
import { ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import type { SaveStatus } from "@/core/autosave";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useVisit } from "@/core/recent";
import { useText } from "@/core/text";
import type { Rates, VendorContract, VendorModel, VendorView } from "@/core/types";
import { ScorecardTab } from "./ScorecardTab";
import { Endpoint } from "./Endpoint";
import { VendorForm } from "./VendorForm";
import { VendorStatusBadge } from "./status";
import "./vendors.css";

export function VendorPage({ id, tab }: { id: string; tab: string }) {
  const t = useText();
  const vendor = useRpc("vendor", { id }, { keep: false });
  if (vendor.data) return <Loaded key={id} view={vendor.data} tab={tab} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/vendors" search={{}}>{t("nav-vendors")}</Link>} title={t("vendor")} />
      <div className="page-body">{vendor.error ? <ErrorState error={vendor.error} /> : <LoadingState />}</div>
    </div>
  );
}

function Loaded({ view, tab }: { view: VendorView; tab: string }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const remove = useMutate("vendor_delete");
  const undo = useMutate("undo");
  const [status, setStatus] = useState<SaveStatus>("idle");
  const [asked, setAsked] = useState(false);
  const { vendor } = view;
  const about = { area: "vendor", id: vendor.id };
  const record = useRecord(about);
  useVisit("vendor", vendor.id, vendor.name);

  const drop = (): void =>
    remove.mutate(
      { id: vendor.id },
      {
        onSuccess: () => {
          void navigate({ to: "/vendors", search: {} });
          toast.say(t("vendor-deleted", { name: vendor.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: toast.fail,
      },
    );
  return (
    <div className="page">
      <PageHeader
        crumb={<Link to="/vendors" search={{}}>{t("nav-vendors")}</Link>}
        title={<>{vendor.name || t("unnamed")} <span className="title-note"><VendorStatusBadge status={vendor.status} />{vendor.riskTier ? t("vendor-risk-note", { tier: t(`risk-${vendor.riskTier}`) }) : null}{vendor.owner ? ` · ${vendor.owner}` : null}</span></>}
        actions={
          <>
            <SaveState status={status} />
            <Button icon={<Plus />} onClick={() => void navigate({ to: "/contracts", search: { add: true, vendor: vendor.id } })}>{t("contract-add")}</Button>
            <Menu
              trigger={<IconButton label={t("vendor-actions")} data-testid="vendor-actions"><Ellipsis /></IconButton>}
              items={[{ key: "delete", label: t("vendor-delete"), icon: <Trash2 />, danger: true, onSelect: () => (view.contracts.length > 0 ? setAsked(true) : drop()) }]}
            />
          </>
        }
      />
      <AlertDialog
        open={asked}
        danger
        onClose={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false);
          drop();
        }}
        title={t("vendor-delete-title", { name: vendor.name })}
        text={t("vendor-delete-text", { count: view.contracts.length, contracts: new Intl.ListFormat(t.lang).format(view.contracts.map((row) => row.contract.title)) })}
        confirm={t("vendor-delete")}
      />
      <div className="page-body stack">
        <RecordStrip figures={view.strip} label={t("key-figures")} />
        <Tabs
          label={t("vendor")}
          value={tab}
          onChange={(next) => void navigate({ to: "/vendors/$id", params: { id: vendor.id }, search: next === "overview" ? {} : { tab: next }, replace: true })}
          items={[
            { value: "overview", label: t("record-overview"), content: <Overview view={view} /> },
            { value: "scorecard", label: t("scorecard"), content: tab === "scorecard" ? <ScorecardTab vendor={vendor.id} /> : null },
            { value: "documents", label: t("record-documents"), count: format.count(view.documents.length + record.attachments.length), content: <div className="stack"><Documents about={about} attachments={record.attachments} /><ContractDocuments view={view} /></div> },
            activityTab(t, format, about, record),
            { value: "details", label: t("record-details"), content: <div className="details"><VendorForm start={vendor} onStatus={setStatus} /><Endpoint id={vendor.id} endpoint={vendor.endpoint} protocol={vendor.protocol} /></div> },
          ]}
        />
      </div>
    </div>
  );
}

function Overview({ view }: { view: VendorView }) {
  return (
    <div className="stack">
      {view.chart ? <LaterChart spec={view.chart} height={220} testid="vendor-chart" /> : null}
      <Contracts view={view} />
      <Models view={view} />
    </div>
  );
}

const unknown = <span className="faint">—</span>;

function Contracts({ view }: { view: VendorView }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const columns: Column<VendorContract>[] = [
    { id: "title", header: t("contract"), min: 150, cell: ({ contract }) => <Clip>{contract.title}</Clip> },
    { id: "term", header: t("current-term"), width: t.lang === "en" ? 214 : 236, cell: ({ term }) => (term ? `${format.day(term.from)} – ${format.day(term.to)}` : t("term-rolling")) },
    { id: "pace", header: t("drawdown-tick"), width: 130, optional: true, cell: ({ drawdown }) => (drawdown ? <Drawdown drawdown={drawdown} /> : unknown) },
    { id: "drawn", header: t("strip-drawn"), width: 176, align: "right", cell: ({ drawdown }) => (drawdown ? t("strip-drawn-of", { drawn: drawdown.drawn.compact, committed: drawdown.committed.compact }) : unknown) },
    { id: "deadline", header: t("deadline"), min: 210, cell: ({ deadline }) => (deadline ? <Due urgency={deadline.urgency} text={t(`deadline-${deadline.kind}`, { date: format.day(deadline.date), days: deadline.daysLeft })} /> : unknown) },
  ];
  return (
    <section>
      <h2 className="section-title">{t("nav-contracts")}</h2>
      {view.contracts.length === 0 ? <p className="section-note">{t("vendor-no-contracts")}</p> : (
        <DataTable
          label={t("nav-contracts")} columns={columns} rows={view.contracts} rowKey={({ contract }) => contract.id} storageKey="vendor-contracts" compact testid="vendor-contracts"
          onOpen={({ contract }) => void navigate({ to: "/contracts/$id", params: { id: contract.id }, search: {} })}
        />
      )}
    </section>
  );
}

function Models({ view }: { view: VendorView }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const rate = (id: string, header: string, of: (rates: Rates) => string | null): Column<VendorModel> => ({
    id, header, width: 96, align: "right", cell: ({ price }) => format.decimal(price ? of(price.rates) : null, 2), digits: ({ price }) => format.decimal(price ? of(price.rates) : null, 2),
  });
  const columns: Column<VendorModel>[] = [
    { id: "model", header: t("model"), min: 150, cell: ({ name }) => <Clip>{name}</Clip> },
    rate("input", t("rate-input"), (rates) => rates.input),
    rate("cache-read", t("rate-cache-read"), (rates) => rates.cacheRead),
    rate("output", t("rate-output"), (rates) => rates.output),
    { id: "list", header: t("vendor-against-list"), min: 190, cell: ({ againstList }) => againstList ?? <span className="faint">{t("vendor-no-price")}</span> },
    { id: "spend", header: t("spend-this-quarter"), width: 130, align: "right", cell: ({ spend }) => <span title={format.moneyExact(spend)}>{format.money(spend)}</span> },
  ];
  return (
    <section>
      <h2 className="section-title">{t("vendor-models-prices")}</h2>
      {view.models.length === 0 ? <p className="section-note">{t("vendor-no-usage")}</p> : (
        <DataTable
          label={t("vendor-models-prices")} columns={columns} rows={view.models} rowKey={({ name }) => name} storageKey="vendor-models" compact testid="vendor-models"
          onOpen={({ name, price }) => void navigate({ to: "/prices", search: price ? { provider: price.provider, model: price.model } : { q: name } })}
        />
      )}
    </section>
  );
}

function ContractDocuments({ view }: { view: VendorView }) {
  const t = useText();
  const format = useFormat();
  if (view.documents.length === 0) return null;
  return (
    <section>
    <h2 className="section-title">{t("vendor-contract-documents")}</h2>
    <ul className="record-list">
      {view.documents.map(({ contractId, contract, attachment }) => (
        <li key={attachment.id}>
          <FileText size={16} aria-hidden="true" />
          <Link className="grow truncate" to="/contracts/$id" params={{ id: contractId }} search={{ tab: "documents" }}>{attachment.name}</Link>
          <span className="mut truncate">{contract}</span>
          <span className="mut">{format.bytes(attachment.bytes)}</span>
        </li>
      ))}
    </ul>
    </section>
  );
}
