import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import { ToastProvider } from "@/components/Toast";
import { TooltipLayer } from "@/components/Tooltip";
import { FormatProvider } from "@/core/format";
import { PreferencesProvider, usePreferences } from "@/core/preferences";
import { listenForChanges, useRpc } from "@/core/queries";
import { TextProvider } from "@/core/text";
import { readPagesWhenIdle } from "@/core/lazyPage";
import type { createAppRouter } from "./router";

interface AppProps {
  client: QueryClient;
  router: ReturnType<typeof createAppRouter>;
}

export function App({ client, router }: AppProps) {
  useEffect(() => listenForChanges(client), [client]);
  useEffect(readPagesWhenIdle, []);
  return (
    <QueryClientProvider client={client}>
      <PreferencesProvider>
        <Localised>
          <TooltipLayer>
            <ToastProvider>
              <RouterProvider router={router} />
            </ToastProvider>
          </TooltipLayer>
        </Localised>
      </PreferencesProvider>
    </QueryClientProvider>
  );
}

/** Texts in the chosen language; dates in the workspace's reporting time zone. */
function Localised({ children }: { children: ReactNode }) {
  const { lang } = usePreferences();
  return (
    <TextProvider lang={lang}>
      <Zoned>{children}</Zoned>
    </TextProvider>
  );
}

function Zoned({ children }: { children: ReactNode }) {
  const { lang } = usePreferences();
  const status = useRpc("workspace_status", null);
  const zone = status.data?.settings?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return <FormatProvider lang={lang} timeZone={zone} today={status.data?.today ?? ""}>{children}</FormatProvider>;
}
