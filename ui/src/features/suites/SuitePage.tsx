import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, FileInput, Scale, Snowflake, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { AlertDialog } from "@/components/Dialog";
import { Menu } from "@/components/Menu";
import { PageHeader, SaveState, SummaryStrip } from "@/components/PageHeader";
import { ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import { Term } from "@/components/Tooltip";
import { useDraft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useVisit } from "@/core/recent";
import { useText } from "@/core/text";
import type { SuiteDraft, SuiteView } from "@/core/types";
import { Documents } from "@/record/Documents";
import { activityTab } from "@/record/activityTab";
import { useRecord } from "@/record/useRecord";
import { CasesTab } from "./CasesTab";
import { FreezeDialog } from "./FreezeDialog";
import { SuiteFields } from "./NewSuiteDialog";
import { VersionsTab } from "./VersionsTab";
import "./suites.css";

export interface SuiteSearch {
  tab?: string;
  version?: string;
  case?: string;
}

export function SuitePage({ id, search }: { id: string; search: SuiteSearch }) {
  const t = useText();
  const suite = useRpc("suite", { id }, { keep: false });
  if (suite.data) return <Loaded key={id} view={suite.data} search={search} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/suites" search={{}}>{t("nav-suites")}</Link>} title={t("suite")} />
      <div className="page-body">{suite.error ? <ErrorState error={suite.error} onRetry={() => void suite.refetch()} /> : <LoadingState />}</div>
    </div>
  );
}

function Loaded({ view, search }: { view: SuiteView; search: SuiteSearch }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const save = useMutate("suite_save");
  const remove = useMutate("suite_delete");
  const undo = useMutate("undo");
  const [freezing, setFreezing] = useState(false);
  const [asked, setAsked] = useState(false);
  const { row } = view;
  const about = { area: "suite", id: row.id };
  const record = useRecord(about);
  useVisit("suite", row.id, row.name);
  const { id, name, kind, owner, purpose } = row;
  const start = useMemo<SuiteDraft>(() => ({ id, name, kind, owner, purpose }), [id, name, kind, owner, purpose]);
  const draft = useDraft<SuiteDraft>(start, id, (value) => save.mutateAsync(value));
  const begun = view.versions.find((version) => version.frozenAt === null);
  const tab = search.tab ?? "cases";

  const drop = (): void =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          void navigate({ to: "/suites", search: {} });
          toast.say(t("suite-deleted", { name }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: toast.fail,
      },
    );

  return (
    <div className="page">
      <PageHeader
        crumb={<Link to="/suites" search={{}}>{t("nav-suites")}</Link>}
        title={<>{draft.value.name || t("unnamed")} <span className="title-note">{t(`suite-kind-${row.kind}`)}{row.owner ? ` · ${row.owner}` : null}</span></>}
        actions={
          <>
            <SaveState status={draft.status} />
            <Button icon={<FileInput />} onClick={() => void navigate({ to: "/suites/import", search: { id } })} data-testid="cases-import">{t("cases-import")}</Button>
            {begun && begun.cases > 0 ? <Button look="primary" icon={<Snowflake />} onClick={() => setFreezing(true)} data-testid="suite-freeze">{t("suite-freeze", { version: begun.number })}</Button> : null}
            {row.frozen !== null ? <Button look={begun ? "plain" : "primary"} icon={<Scale />} onClick={() => void navigate({ to: "/bakeoffs", search: { add: true, suite: id } })} data-testid="suite-bakeoff">{t("bakeoff-new")}</Button> : null}
            <Menu
              trigger={<IconButton label={t("suite-actions")} data-testid="suite-actions"><Ellipsis /></IconButton>}
              items={[{ key: "delete", label: t("suite-delete"), icon: <Trash2 />, danger: true, onSelect: () => (row.bakeoffs > 0 ? setAsked(true) : drop()) }]}
            />
          </>
        }
      />
      <AlertDialog open={asked} danger onClose={() => setAsked(false)} onConfirm={drop} title={t("suite-delete-title", { name })} text={t("suite-delete-text", { count: row.bakeoffs })} confirm={t("suite-delete")} />
      <div className="page-body stack">
        <SummaryStrip
          items={[
            { label: t("cases"), value: row.casesText },
            { label: t("suite-frozen"), value: row.frozen === null ? <span className="mut">{t("suite-not-frozen")}</span> : t("suite-frozen-at", { version: row.frozen, date: row.frozenAt ?? "—" }) },
            { label: t("suite-draft"), value: begun ? t("suite-draft-of", { version: begun.number, count: begun.cases, cases: format.count(begun.cases) }) : <span className="mut">{t("suite-no-draft")}</span> },
            { label: t("suite-findings"), value: <Findings view={view} /> },
            { label: t("nav-bakeoffs"), value: format.count(row.bakeoffs) },
          ]}
        />
        <Tabs
          label={t("suite")}
          value={tab}
          onChange={(next) => void navigate({ to: "/suites/$id", params: { id }, search: next === "cases" ? {} : { tab: next }, replace: true })}
          items={[
            { value: "cases", label: t("cases"), count: row.casesText, content: tab === "cases" ? <CasesTab view={view} search={search} /> : null },
            { value: "versions", label: t("versions"), count: format.count(view.versions.length), content: <VersionsTab view={view} /> },
            { value: "documents", label: t("record-documents"), count: format.count(record.attachments.length), content: <Documents about={about} attachments={record.attachments} /> },
            activityTab(t, format, about, record),
            {
              value: "details",
              label: t("record-details"),
              content: (
                <div className="details stack">
                  <ErrorNote error={draft.error && draft.error.fields.length === 0 ? draft.error : null} />
                  <SuiteFields value={draft.value} onChange={draft.change} onBlur={() => void draft.flush()} wrong={(field) => fieldSentence(t, draft.error, field)} />
                </div>
              ),
            },
          ]}
        />
      </div>
      {freezing && begun ? <FreezeDialog view={view} version={begun} onClose={() => setFreezing(false)} /> : null}
    </div>
  );
}

/** What must not leave the house, in one line: nothing, or how many cases of which kinds. */
function Findings({ view }: { view: SuiteView }) {
  const t = useText();
  const format = useFormat();
  if (view.findings.length === 0) return <Badge tone="good">{t("findings-none")}</Badge>;
  return (
    <Badge tone="warn">
      <Term id="findings">{new Intl.ListFormat(t.lang).format(view.findings.slice(0, 2).map(({ name, cases }) => t("findings-of", { name, cases: format.count(cases) })))}</Term>
      {view.findings.length > 2 ? <span className="mut">{t("findings-more", { count: view.findings.slice(2).length })}</span> : null}
    </Badge>
  );
}
