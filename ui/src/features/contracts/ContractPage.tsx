import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/Button";
import { Menu } from "@/components/Menu";
import { PageHeader, SaveState } from "@/components/PageHeader";
import { Drawdown, RecordStrip } from "@/components/Record";
import { RecordLink } from "@/components/RecordLink";
import { Documents } from "@/record/Documents";
import { activityTab } from "@/record/activityTab";
import { useRecord } from "@/record/useRecord";
import { ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { useDraft, type SaveStatus } from "@/core/autosave";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useVisit } from "@/core/recent";
import { useText } from "@/core/text";
import type { ContractDraft, ContractView } from "@/core/types";
import { ClausesTab } from "./ClausesTab";
import { SlaCredits } from "./SlaCredits";
import { PricesTab } from "./PricesTab";
import { TermsTab } from "./TermsTab";
import "./contracts.css";

export function ContractPage({ id, tab }: { id: string; tab: string }) {
  const contract = useRpc("contract", { id }, { keep: false });
  const t = useText();
  if (contract.data) return <Loaded key={id} view={contract.data} tab={tab} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/contracts" search={{}}>{t("nav-contracts")}</Link>} title={t("contract")} />
      <div className="page-body">{contract.error ? <ErrorState error={contract.error} /> : <LoadingState />}</div>
    </div>
  );
}

function Loaded({ view, tab }: { view: ContractView; tab: string }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const save = useMutate("contract_save");
  const remove = useMutate("contract_delete");
  const undo = useMutate("undo");
  const { row } = view;
  const about = { area: "contract", id: row.contract.id };
  const record = useRecord(about);
  useVisit("contract", row.contract.id, row.contract.title);
  const draft = useDraft<ContractDraft>(row.contract, row.contract.id, (value) => save.mutateAsync(value));
  const [leaving, setLeaving] = useState(false);
  const { unreadable, mark } = useReadableFields();
  const { unreadable: unreadableClauses, mark: markClauses } = useReadableFields();
  const [clausesStatus, setClausesStatus] = useState<SaveStatus>("idle");

  const drop = (): void => {
    setLeaving(true);
    remove.mutate(
      { id: row.contract.id },
      {
        onSuccess: () => {
          void navigate({ to: "/contracts", search: {} });
          toast.say(t("contract-deleted", { name: row.contract.title }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: (error) => {
          setLeaving(false);
          toast.fail(error);
        },
      },
    );
  };

  return (
    <div className="page" aria-busy={leaving}>
      <PageHeader
        crumb={
          <>
            <Link to="/contracts" search={{}}>{t("nav-contracts")}</Link> · {row.vendorName}
          </>
        }
        title={draft.value.title || t("unnamed")}
        actions={
          <>
            <SaveState status={unreadable || unreadableClauses ? "failed" : tab === "clauses" ? clausesStatus : draft.status} />
            <Menu
              trigger={<IconButton label={t("contract-actions")} data-testid="contract-actions"><Ellipsis /></IconButton>}
              items={[{ key: "delete", label: t("contract-delete"), icon: <Trash2 />, danger: true, onSelect: drop }]}
            />
          </>
        }
      />
      <div className="page-body stack">
        <RecordStrip figures={view.strip} label={t("key-figures")} />
        {view.drawdown ? <section className="commitment" aria-label={t("strip-drawn")}><Drawdown drawdown={view.drawdown} /><p className="section-note">{view.drawdown.period} · {view.drawdown.pace}. {view.drawdown.projection}</p></section> : null}
        {view.settled ? <p className="call info" role="note" data-testid="contract-settled"><RecordLink to={view.settled.link}>{view.settled.text}</RecordLink></p> : null}
        <SlaCredits credits={view.credits} />
        <Tabs
          label={t("contract")}
          value={tab}
          onChange={(next) => void navigate({ to: "/contracts/$id", params: { id: row.contract.id }, search: next === "terms" ? {} : { tab: next }, replace: true })}
          items={[
            { value: "terms", label: t("contract-tab-terms"), content: <WithReadableFields value={mark}><TermsTab draft={draft} view={view} /></WithReadableFields> },
            { value: "clauses", label: t("clauses"), content: tab === "clauses" ? <WithReadableFields value={markClauses}><ClausesTab id={row.contract.id} onStatus={setClausesStatus} /></WithReadableFields> : null },
            { value: "prices", label: t("nav-prices"), count: format.count(view.prices.length), content: <PricesTab view={view} /> },
            { value: "documents", label: t("record-documents"), count: format.count(record.attachments.length), content: <Documents about={about} attachments={record.attachments} /> },
            activityTab(t, format, about, record),
          ]}
        />
      </div>
    </div>
  );
}
