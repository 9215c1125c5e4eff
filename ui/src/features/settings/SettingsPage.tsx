import { useNavigate } from "@tanstack/react-router";
import { Copy } from "lucide-react";
import { useMemo, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { FieldGrid, TextField } from "@/components/Field";
import { PageHeader, SaveState } from "@/components/PageHeader";
import { Combobox, SelectField } from "@/components/Select";
import { ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import { useDraft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { copyText } from "@/core/files";
import { usePreferences, type Theme } from "@/core/preferences";
import { useMutate, useRpc } from "@/core/queries";
import { currencies, monthNames, timeZones } from "@/core/regions";
import type { Lang } from "@/core/rpc";
import { useText } from "@/core/text";
import type { Settings, WorkspaceStatus } from "@/core/types";
import { ActivityTab } from "./ActivityTab";
import { BackupsTab } from "./BackupsTab";
import { ExportDialog } from "./ExportDialog";
import { RatesTab } from "./RatesTab";
import { SourcesTab } from "./SourcesTab";
import "./settings.css";

export function SettingsPage({ tab }: { tab: string }) {
  const t = useText();
  const status = useRpc("workspace_status", null);
  const navigate = useNavigate();
  return (
    <div className="page">
      <PageHeader crumb={status.data?.name ?? ""} title={t("nav-settings")} />
      <div className="page-body">
        {status.data?.settings ? (
          <Tabs
            label={t("nav-settings")}
            value={tab}
            onChange={(next) => void navigate({ to: "/settings", search: next === "workspace" ? {} : { tab: next }, replace: true })}
            items={[
              { value: "workspace", label: t("settings-workspace"), content: <WorkspaceTab status={status.data} settings={status.data.settings} /> },
              { value: "rates", label: t("rates"), content: <RatesTab currency={status.data.settings.currency} /> },
              { value: "backups", label: t("backups"), content: <BackupsTab /> },
              { value: "activity", label: t("activity"), content: <ActivityTab /> },
              { value: "sources", label: t("settings-sources"), content: <SourcesTab /> },
            ]}
          />
        ) : status.error ? (
          <ErrorState error={status.error} />
        ) : (
          <LoadingState />
        )}
      </div>
    </div>
  );
}

function WorkspaceTab({ status, settings }: { status: WorkspaceStatus; settings: Settings }) {
  const t = useText();
  const { theme, setTheme, lang, setLang } = usePreferences();
  const save = useMutate("settings_save");
  const close = useMutate("workspace_close");
  const draft = useDraft<Settings>(settings, status.path ?? "", (value) => save.mutateAsync(value));
  const { value, change, error } = draft;
  const [exporting, setExporting] = useState(false);
  const toast = useToast();
  const copyPath = async (): Promise<void> => {
    await copyText(status.path ?? "");
    toast.say(t("settings-path-copied"));
  };
  const blur = (): void => void draft.flush();
  const money = useMemo(() => currencies(t.lang), [t.lang]);
  const zones = useMemo(() => timeZones(), []);
  return (
    <div className="settings-columns">
      <section className="stack">
        <div className="row">
          <h2 className="section-title grow">{t("settings-this-workspace")}</h2>
          <SaveState status={draft.status} />
        </div>
        <ErrorNote error={error && error.fields.length === 0 ? error : null} />
        <FieldGrid>
          <TextField wide label={t("workspace-name")} value={value.name} onChange={(name) => change({ name })} onBlur={blur} error={fieldSentence(t, error, "name")} data-testid="settings-name" />
          <Combobox label={t("workspace-currency")} term="reporting-currency" options={money} value={value.currency} onChange={(currency) => change({ currency })} error={fieldSentence(t, error, "currency")} data-testid="settings-currency" />
          <SelectField label={t("workspace-fiscal")} term="fiscal-year" options={monthNames(t.lang)} value={String(value.fiscalStartMonth)} onChange={(month) => change({ fiscalStartMonth: Number(month) })} data-testid="settings-fiscal" />
          <Combobox wide label={t("workspace-zone")} term="reporting-zone" hint={t("workspace-zone-hint")} options={zones} value={value.timeZone} onChange={(timeZone) => change({ timeZone })} error={fieldSentence(t, error, "timeZone")} data-testid="settings-zone" />
        </FieldGrid>
        <div className="settings-file">
          <div className="grow">
            <div className="field-label">{t("settings-file")}</div>
            <div className="row">
              <code className="settings-path">{status.path}</code>
              <IconButton label={t("settings-copy-path")} onClick={() => void copyPath()} data-testid="workspace-copy-path"><Copy /></IconButton>
            </div>
          </div>
          <Button onClick={() => setExporting(true)} data-testid="workspace-export">{t("workspace-export")}</Button>
          <Button onClick={() => close.mutate(null)} data-testid="workspace-close">{t("workspace-close")}</Button>
        </div>
        <ErrorNote error={close.error} />
        {exporting ? <ExportDialog onClose={() => setExporting(false)} /> : null}
      </section>
      <section className="stack">
        <h2 className="section-title">{t("settings-this-device")}</h2>
        <div className="settings-line">
          <span>{t("theme")}</span>
          <Segmented
            label={t("theme")}
            value={theme}
            onChange={(next) => setTheme(next as Theme)}
            choices={[{ value: "system", label: t("theme-system") }, { value: "light", label: t("theme-light") }, { value: "dark", label: t("theme-dark") }]}
            testid="theme"
          />
        </div>
        <div className="settings-line">
          <span>{t("language")}</span>
          <Segmented label={t("language")} value={lang} onChange={(next) => setLang(next as Lang)} choices={[{ value: "en", label: "English" }, { value: "zh-CN", label: "简体中文" }]} testid="lang" />
        </div>
        <div className="settings-line">
          <span>{t("version-label")}</span>
          <span className="mut">{status.appVersion}</span>
        </div>
      </section>
    </div>
  );
}
