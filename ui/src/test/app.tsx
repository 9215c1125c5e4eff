/** The whole application over fixtures, as a person would meet it. */
import { render, screen } from "@testing-library/react";
import axe from "axe-core";
import { App } from "@/app/App";
import { createAppRouter } from "@/app/router";
import { fakeTransport, type FakeState } from "@/core/dev/fake";
import { createQueryClient } from "@/core/queries";
import { setTransport, type Lang } from "@/core/rpc";

export function openApp(place: string, state: FakeState = "sample", lang: Lang = "en", delay = 0): void {
  window.localStorage.setItem("quarterdeck.lang", JSON.stringify(lang));
  window.localStorage.setItem("quarterdeck.theme", JSON.stringify("light"));
  setTransport(fakeTransport(state, delay));
  window.location.hash = `#${place}`;
  render(<App client={createQueryClient()} router={createAppRouter()} />);
}

/** Colours are measured in tokens.test.ts: jsdom does not lay out. */
export async function violations(): Promise<string[]> {
  const result = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return result.violations.map((item) => `${item.id}: ${item.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/** A page of its own file may be read for the first time here. */
export const seen = (text: string | RegExp): Promise<HTMLElement[]> => screen.findAllByText(text, undefined, { timeout: 5000 });
