import { Link, useNavigate } from "@tanstack/react-router";
import { Check, Circle, Ellipsis, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { Chart } from "@/charts/Chart";
import { Badge } from "@/components/Badge";
import { IconButton } from "@/components/Button";
import { Menu } from "@/components/Menu";
import { PageHeader, SaveState, SummaryStrip } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { useDraft } from "@/core/autosave";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useVisit } from "@/core/recent";
import { useText } from "@/core/text";
import type { SloDraft, SloView } from "@/core/types";
import { activityTab } from "@/record/activityTab";
import { useRecord } from "@/record/useRecord";
import { MeasurementsTab } from "./MeasurementsTab";
import { ObjectiveTab } from "./ObjectiveTab";
import "./slos.css";

export function SloPage({ id, tab }: { id: string; tab: string }) {
  const t = useText();
  const slo = useRpc("slo", { id }, { keep: false });
  if (slo.data) return <Loaded key={id} view={slo.data} tab={tab} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/slos" search={{}}>{t("nav-slos")}</Link>} title={t("slo")} />
      <div className="page-body">{slo.error ? <ErrorState error={slo.error} onRetry={() => void slo.refetch()} /> : <LoadingState />}</div>
    </div>
  );
}

function Loaded({ view, tab }: { view: SloView; tab: string }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const save = useMutate("slo_save");
  const remove = useMutate("slo_delete");
  const undo = useMutate("undo");
  const { row, details } = view;
  const { id } = row;
  const { unreadable, mark } = useReadableFields();
  const about = { area: "slo", id };
  const record = useRecord(about);
  useVisit("slo", id, row.name);
  const start = useMemo<SloDraft>(() => ({ id, ...details }), [id, details]);
  const draft = useDraft<SloDraft>(start, id, (value) => save.mutateAsync(value));
  const drop = (): void =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          void navigate({ to: "/slos", search: {} });
          toast.say(t("slo-deleted", { name: row.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        },
        onError: toast.fail,
      },
    );
  const measured = details.indicator.kind === "measured";
  return (
    <div className="page">
      <PageHeader
        crumb={<Link to="/slos" search={{}}>{t("nav-slos")}</Link>}
        title={draft.value.name || t("unnamed")}
        actions={
          <>
            <SaveState status={unreadable ? "failed" : draft.status} />
            <Menu
              trigger={<IconButton label={t("slo-actions")} data-testid="slo-actions"><Ellipsis /></IconButton>}
              items={[{ key: "delete", label: t("slo-delete"), icon: <Trash2 />, danger: true, onSelect: drop }]}
            />
          </>
        }
      />
      <div className="page-body stack">
        <SummaryStrip
          items={[
            { label: t("slo-left"), value: <>{row.leftText} <span className="mut slo-sub">{view.usedText === "—" ? "" : view.usedText}</span></> },
            { label: t("slo-sli"), value: <>{row.sliText} <span className="mut slo-sub">{t("slo-objective-of", { objective: row.objectiveText })}</span></> },
            { label: t("slo-burn"), value: row.burnText },
            { label: t("slo-gone"), value: row.goneText },
            { label: t("slo-state"), value: <Badge tone={row.tone}>{row.stateText}</Badge> },
            { label: t("owner"), value: row.owner || "—" },
          ]}
        />
        <Tabs
          label={t("slo")}
          value={tab}
          onChange={(to) => void navigate({ to: "/slos/$id", params: { id }, search: to === "budget" ? {} : { tab: to }, replace: true })}
          items={[
            { value: "budget", label: t("slo-tab-budget"), content: <BudgetTab view={view} /> },
            { value: "objective", label: t("slo-tab-objective"), content: <WithReadableFields value={mark}><div className="details"><ObjectiveTab draft={draft} /></div></WithReadableFields> },
            ...(measured ? [{ value: "measurements", label: t("slo-tab-measurements"), count: format.count(view.imports.length), content: <MeasurementsTab view={view} /> }] : []),
            activityTab(t, format, about, record),
          ]}
        />
      </div>
    </div>
  );
}

/** What is left, where it goes, who is called, and what follows. */
function BudgetTab({ view }: { view: SloView }) {
  const t = useText();
  const { chart, row, promise, policy } = view;
  return (
    <div className="slo-grid">
      <div className="stack">
        {chart ? <Chart spec={chart} height={320} testid="slo-chart" /> : <EmptyState inline icon={<Circle />} title={row.stateText} text={view.source} />}
        <section>
          <h2 className="section-title">{view.alertsTitle}</h2>
          <p className="section-note">{t("slo-alerts-note")}</p>
          <table className="round-table slo-alerts" data-testid="slo-alerts">
            <thead>
              <tr>
                <th>{t("slo-alert")}</th><th className="num">{t("slo-alert-factor")}</th><th>{t("slo-alert-windows")}</th><th className="num">{t("slo-alert-long")}</th><th className="num">{t("slo-alert-short")}</th><th className="num">{t("slo-alert-events")}</th><th>{t("slo-state")}</th>
              </tr>
            </thead>
            <tbody>
              {view.alerts.map((alert) => (
                <tr key={alert.windowsText}>
                  <td><b>{alert.name}</b> <span className="mut">{alert.severityText}</span></td>
                  <td className="num">{alert.factorText}</td><td>{alert.windowsText}</td><td className="num">{alert.longText}</td><td className="num">{alert.shortText}</td><td className="num">{alert.eventsText}</td>
                  <td><Badge tone={alert.tone}>{alert.stateText}</Badge></td>
                </tr>
              ))}
            </tbody>
          </table>
          {row.warning ? <p className="call warn" role="note">{row.warning}</p> : null}
        </section>
        <p className="section-note" data-testid="slo-source">{row.indicatorText}. {view.source}</p>
      </div>
      <div className="stack">
        <section>
          <h2 className="section-title">{t("slo-policy")}</h2>
          {policy.length === 0 ? <p className="section-note">{t("slo-policy-none")}</p> : (
            <ul className="slo-policy">
              {policy.map((step) => <li key={step.percentText}><span className="num mut">{step.percentText}</span><span>{step.action}</span>{step.reached ? <Check aria-label={t("slo-step-reached")} /> : <Circle aria-label={t("slo-step-ahead")} className="faint" />}</li>)}
            </ul>
          )}
        </section>
        {promise ? (
          <section>
            <h2 className="section-title">{t("slo-promised")}</h2>
            <dl className="slo-promise">
              <dt>{t("slo-objective")}</dt><dd className="num">{promise.objectiveText}</dd>
              <dt>{t("slo-left")}</dt><dd className="num">{promise.leftText}</dd>
            </dl>
            <p className="section-note">{promise.sentence}</p>
          </section>
        ) : null}
      </div>
    </div>
  );
}
