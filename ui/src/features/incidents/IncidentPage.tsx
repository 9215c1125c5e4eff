import { Link, useNavigate } from "@tanstack/react-router";
import { Check, Ellipsis, NotebookPen, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { Badge } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Menu } from "@/components/Menu";
import { PageHeader, SaveState, SummaryStrip } from "@/components/PageHeader";
import { ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { useToast } from "@/components/Toast";
import { useDraft } from "@/core/autosave";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useVisit } from "@/core/recent";
import { useText } from "@/core/text";
import type { IncidentDraft, IncidentView } from "@/core/types";
import { Documents } from "@/record/Documents";
import { activityTab } from "@/record/activityTab";
import { useRecord } from "@/record/useRecord";
import { FactsTab } from "./FactsTab";
import { SEVERITY_TONE } from "./kinds";
import "./incidents.css";

export function IncidentPage({ id, tab }: { id: string; tab: string }) {
  const t = useText();
  const incident = useRpc("incident", { id }, { keep: false });
  if (incident.data) return <Loaded key={id} view={incident.data} tab={tab} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/incidents" search={{}}>{t("nav-incidents")}</Link>} title={t("incident")} />
      <div className="page-body">{incident.error ? <ErrorState error={incident.error} onRetry={() => void incident.refetch()} /> : <LoadingState />}</div>
    </div>
  );
}

function Loaded({ view, tab }: { view: IncidentView; tab: string }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const save = useMutate("incident_save");
  const stage = useMutate("incident_stage");
  const remove = useMutate("incident_delete");
  const undo = useMutate("undo");
  const { row, details, next } = view;
  const { id } = row;
  // What cannot be read is not kept, whatever was kept before it.
  const { unreadable, mark } = useReadableFields();
  const about = { area: "incident", id };
  const record = useRecord(about);
  useVisit("incident", id, `${row.code} ${row.title}`);
  const start = useMemo<IncidentDraft>(() => ({ id, ...details }), [id, details]);
  const draft = useDraft<IncidentDraft>(start, id, (value) => save.mutateAsync(value));

  const drop = (): void =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          void navigate({ to: "/incidents", search: {} });
          toast.say(t("incident-deleted", { code: row.code }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: toast.fail,
      },
    );
  const reach = async (): Promise<void> => {
    if (next === null) return;
    await draft.flush();
    stage.mutate({ id, stage: next, at: null }, { onError: toast.fail });
  };

  return (
    <div className="page">
      <PageHeader
        crumb={<Link to="/incidents" search={{}}>{t("nav-incidents")}</Link>}
        title={`${row.code} ${draft.value.title || t("unnamed")}`}
        actions={
          <>
            <SaveState status={unreadable ? "failed" : draft.status} />
            <Button icon={<NotebookPen />} onClick={() => void navigate({ to: "/incidents/$id/postmortem", params: { id } })} data-testid="incident-postmortem">{t("postmortem-name")}</Button>
            {next ? <Button look="primary" icon={<Check />} disabled={stage.isPending} onClick={() => void reach()} data-testid="incident-next">{t(`incident-now-${next}`)}</Button> : null}
            <Menu
              trigger={<IconButton label={t("incident-actions")} data-testid="incident-actions"><Ellipsis /></IconButton>}
              items={[{ key: "delete", label: t("incident-delete"), icon: <Trash2 />, danger: true, onSelect: drop }]}
            />
          </>
        }
      />
      <div className="page-body stack">
        <SummaryStrip items={[{ label: t("incident-severity"), value: <Badge tone={SEVERITY_TONE[row.severity]}>{row.severityText}</Badge> }, { label: t("incident-status"), value: <Badge tone={row.tone}>{row.statusText}</Badge> }, { label: t("incident-day"), value: row.dayText }, ...view.spans.map((span) => ({ label: span.label, value: span.text }))]} />
        <Tabs
          label={t("incident")}
          value={tab}
          onChange={(to) => void navigate({ to: "/incidents/$id", params: { id }, search: to === "facts" ? {} : { tab: to }, replace: true })}
          items={[
            { value: "facts", label: t("incident-facts"), content: <WithReadableFields value={mark}><div className="details"><FactsTab draft={draft} view={view} /></div></WithReadableFields> },
            { value: "documents", label: t("record-documents"), count: format.count(record.attachments.length), content: <Documents about={about} attachments={record.attachments} /> },
            activityTab(t, format, about, record),
          ]}
        />
      </div>
    </div>
  );
}
