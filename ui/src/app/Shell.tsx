import { Outlet, useCanGoBack, useNavigate, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState } from "react";
import { ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useGo } from "@/core/go";
import { writePersisted } from "@/core/persisted";
import { PlacesProvider } from "@/core/places";
import { usePreferences } from "@/core/preferences";
import { useJob, useMutate, useRpc } from "@/core/queries";
import { onMenu } from "@/core/rpc";
import { SampleProvider } from "@/core/sample";
import { useUndo } from "@/core/undo";
import { useText } from "@/core/text";
import { DESTINATIONS, iconOf, placeOf } from "./areas";
import { CheatSheet, NewWorkspaceDialog, OpenDialog, Palette, RecoveryScreen, StartScreen } from "./frame";
import { useShortcuts } from "./shortcuts";
import { Sidebar } from "./Sidebar";
import "./shell.css";

const PLACES = { placeOf, iconOf };

/** Whether something is open above the page; what is only said there, and goes again, is not. */
const overlaid = (): boolean => document.querySelector('[role="dialog"]:not(.toast), [role="alertdialog"]:not(.toast), [role="menu"], [role="listbox"]') !== null;

/** Decides between the start screen, recovery and the workspace; holds what is reachable from everywhere. */
export function Shell() {
  const t = useText();
  const toast = useToast();
  const navigate = useNavigate();
  const go = useGo();
  const { theme, setTheme } = usePreferences();
  const status = useRpc("workspace_status", null);
  const { undo, redo, busy } = useUndo(toast);
  // null: never opened, so not read yet. Once opened they stay, to give the focus back on closing.
  const [palette, setPalette] = useState<boolean | null>(null);
  const [keys, setKeys] = useState<boolean | null>(null);
  const [file, setFile] = useState<"new" | "open" | null>(null);
  const backup = useMutate("workspace_backup");
  const close = useMutate("workspace_close");
  const sample = useJob("workspace_sample");
  const place = useRouterState({ select: (state) => state.location.href });
  const inGuide = useRouterState({ select: (state) => state.location.pathname === "/guide" });
  const open = status.data?.state === "open";

  useEffect(() => {
    if (open) writePersisted("place", place);
  }, [open, place]);
  // A workspace opened from the start screen begins at home; one that was open at start begins where it was left.
  const before = useRef(status.data?.state);
  useEffect(() => {
    const now = status.data?.state;
    if (now === "open" && before.current !== undefined && before.current !== "open" && !inGuide) void navigate({ to: "/", search: {}, replace: true });
    before.current = now;
  }, [status.data?.state, inGuide, navigate]);
  useEffect(() => {
    document.title = status.data?.name ? `${status.data.name} — Quarterdeck` : "Quarterdeck";
  }, [status.data?.name]);

  const path = useRouterState({ select: (state) => state.location.pathname });
  const recordOf = /^(\/[a-z]+)\/[0-9a-f-]{36}$/.exec(path)?.[1] ?? null;
  const canGoBack = useCanGoBack();
  const undoLast = (): void => {
    // Behind a dialog nobody sees what is taken back.
    if (!busy && !overlaid()) undo(null);
  };
  const redoLast = (): void => {
    if (!busy && !overlaid()) redo();
  };
  const themes = { system: "light", light: "dark", dark: "system" } as const;

  useShortcuts({
    F1: () => void navigate({ to: "/guide", search: {} }),
    "?": () => setKeys(true),
    ...(open
      ? {
          "mod+k": () => setPalette(true),
          "mod+z": undoLast,
          "mod+shift+z": redoLast,
          "mod+y": redoLast,
          "alt+ArrowLeft": () => window.history.back(),
          "alt+ArrowRight": () => window.history.forward(),
          // Outside a field there is no text to select: the whole interface is none.
          "mod+a": () => undefined,
          // From a record back to where one came from, or to the list it is of; whatever is open above the page takes the key first.
          Escape: () => recordOf !== null && !overlaid() && (canGoBack ? window.history.back() : go({ to: recordOf })),
          "mod+,": () => void navigate({ to: "/settings", search: {} }),
          ...Object.fromEntries(DESTINATIONS.map(({ jump, place }) => [`g ${jump}`, () => go(place)])),
        }
      : {}),
  });

  const menu: Record<string, () => void> = {
    new: () => setFile("new"),
    open: () => setFile("open"),
    sample: () => void sample.run({ path: null, createFolder: false }),
    import: () => open && void navigate({ to: "/imports/new", search: {} }),
    backup: () => open && backup.mutate(null, { onSuccess: (made) => toast.say(t("backup-done"), { note: made.path }), onError: toast.fail }),
    close: () => open && close.mutate(null),
    guide: () => void navigate({ to: "/guide", search: {} }),
    shortcuts: () => setKeys(true),
  };
  const menuNow = useRef(menu);
  useEffect(() => {
    menuNow.current = menu;
  });
  useEffect(() => onMenu((id) => menuNow.current[id]?.()), []);

  if (!status.data) {
    return status.error ? <ErrorState error={status.error} onRetry={() => void status.refetch()} /> : <LoadingState />;
  }
  const help = (
    <Suspense>
      {keys !== null ? <CheatSheet open={keys} onClose={() => setKeys(false)} /> : null}
      {file === "new" ? <NewWorkspaceDialog open onClose={() => setFile(null)} /> : null}
      {file === "open" ? <OpenDialog onClose={() => setFile(null)} /> : null}
    </Suspense>
  );
  if (inGuide && !open) return <main className="start-page"><Suspense><Outlet /></Suspense>{help}</main>;
  if (status.data.state === "none") return <>{help}<Suspense><StartScreen status={status.data} /></Suspense></>;
  if (status.data.state !== "open") return <>{help}<Suspense><RecoveryScreen status={status.data} /></Suspense></>;
  const offer = status.data.sample ? null : { building: sample.running, explore: () => void sample.run({ path: null, createFolder: false }) };
  return (
    <div className="shell">
      <Sidebar status={status.data} onSearch={() => setPalette(true)} onHelp={() => setKeys(true)} />
      <main className="content">
        {status.data.readOnly ? <p className="call read-only" role="status" data-testid="read-only">{t("workspace-read-only")}</p> : null}
        {status.data.shared ? <p className="call info read-only" role="status" data-testid="shared">{t("workspace-shared")}</p> : null}
        <PlacesProvider value={PLACES}>
        <SampleProvider value={offer}>
          <Suspense><Outlet /></Suspense>
        </SampleProvider>
        </PlacesProvider>
      </main>
      {palette !== null ? <Suspense><Palette open={palette} onClose={() => setPalette(false)} onUndo={undoLast} onRedo={redoLast} onTheme={() => setTheme(themes[theme])} onKeys={() => setKeys(true)} /></Suspense> : null}
      {help}
    </div>
  );
}
