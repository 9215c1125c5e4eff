import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./components/tokens.css";
import "./components/base.css";
import { App } from "./app/App";
import { setTransport } from "./core/rpc";
import { desktopTransport, inDesktop } from "./core/tauri";

async function start(): Promise<void> {
  const wantsFixtures = import.meta.env.DEV || import.meta.env.MODE === "gallery";
  if (wantsFixtures && !inDesktop()) {
    const { fakeTransport } = await import("./core/dev/fake");
    const state = new URLSearchParams(window.location.search).get("state");
    const known = ["sample", "empty", "none", "damaged", "newer"] as const;
    setTransport(fakeTransport(known.find((item) => item === state) ?? "sample"));
  } else {
    setTransport(desktopTransport);
  }
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
}

void start();
