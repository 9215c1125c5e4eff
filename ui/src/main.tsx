import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./components/tokens.css";
import "./components/base.css";
import { App } from "./app/App";
import { createAppRouter } from "./app/router";
import { firstAnswers, initialLang } from "./core/first";
import { applyTheme, initialTheme } from "./core/preferences";
import { createQueryClient, rpcQuery } from "./core/queries";
import { setTransport } from "./core/rpc";
import { inDesktop } from "./core/tauri";

async function start(): Promise<void> {
  applyTheme(initialTheme());
  const wantsFixtures = import.meta.env.DEV || import.meta.env.MODE === "gallery";
  if (wantsFixtures && !inDesktop()) {
    const { fakeTransport } = await import("./core/dev/fake");
    const state = new URLSearchParams(window.location.search).get("state");
    const known = ["sample", "empty", "none", "damaged", "newer", "gone", "replaced", "read-only"] as const;
    setTransport(fakeTransport(known.find((item) => item === state) ?? "sample"));
  }
  const client = createQueryClient();
  const router = createAppRouter();
  // Drawn once, with its data, rather than once empty and once again.
  const [answers] = await Promise.all([firstAnswers(), router.load()]);
  for (const [command, answer] of answers) client.setQueryData(rpcQuery(command, null, initialLang()).queryKey, answer);
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<StrictMode><App client={client} router={router} /></StrictMode>);
}

void start();
