import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { ToastProvider } from "@/components/Toast";
import { FormatProvider } from "@/core/format";
import { initialLang, PreferencesProvider, usePreferences } from "@/core/preferences";
import { createQueryClient, listenForChanges, rpcQuery, useRpc } from "@/core/queries";
import { setRpcLanguage } from "@/core/rpc";
import { TextProvider } from "@/core/text";
import { readPagesWhenIdle } from "./pages";
import { createAppRouter, startsAtHome } from "./router";

export function App() {
  const [client] = useState(firstQueries);
  const [router] = useState(createAppRouter);
  useEffect(() => listenForChanges(client), [client]);
  useEffect(readPagesWhenIdle, []);
  return (
    <QueryClientProvider client={client}>
      <PreferencesProvider>
        <Localised>
          <Tooltip.Provider delay={350}>
            <ToastProvider>
              <RouterProvider router={router} />
            </ToastProvider>
          </Tooltip.Provider>
        </Localised>
      </PreferencesProvider>
    </QueryClientProvider>
  );
}

/** The cache, with what the first picture needs already asked for: the page that shows it is not there yet. */
function firstQueries(): QueryClient {
  const client = createQueryClient();
  const lang = initialLang();
  setRpcLanguage(lang);
  void client.prefetchQuery(rpcQuery("workspace_status", null, lang));
  if (startsAtHome()) void client.prefetchQuery(rpcQuery("home", null, lang));
  return client;
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
  return <FormatProvider lang={lang} timeZone={zone}>{children}</FormatProvider>;
}
