/** Texts: one Fluent catalogue per language, shared with the PDF and the command line. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Lang } from "./rpc";

const sources = import.meta.glob<string>(["../../../src-tauri/locales/*/*.ftl", "!../../../src-tauri/locales/*/{cli,figures,quarter,report}.ftl"], {
  query: "?raw",
  import: "default",
  eager: true,
});

export type TextArgs = Record<string, FluentVariable>;

export interface Text {
  (id: string, args?: TextArgs): string;
  has(id: string): boolean;
  lang: Lang;
}

const bundles = new Map<Lang, FluentBundle>();

function bundleOf(lang: Lang): FluentBundle {
  const known = bundles.get(lang);
  if (known) return known;
  const bundle = new FluentBundle(lang, { useIsolating: false });
  for (const [path, source] of Object.entries(sources)) {
    if (path.includes(`/locales/${lang}/`)) bundle.addResource(new FluentResource(source));
  }
  bundles.set(lang, bundle);
  return bundle;
}

export function textOf(lang: Lang): Text {
  const bundle = bundleOf(lang);
  const format = (id: string, args?: TextArgs): string => {
    const pattern = bundle.getMessage(id)?.value;
    // A missing text shows its id: visible to us, still usable by a person.
    return pattern ? bundle.formatPattern(pattern, args ?? null, []) : id;
  };
  return Object.assign(format, { has: (id: string) => bundle.hasMessage(id), lang });
}

/** A text in every language there is: what a person looks for is found whichever they think in. */
export const inEveryLanguage = (id: string): string[] => (["en", "zh-CN"] as const).map((lang) => textOf(lang)(id));

const TextContext = createContext<Text | null>(null);

export function TextProvider({ lang, children }: { lang: Lang; children: ReactNode }) {
  const text = useMemo(() => textOf(lang), [lang]);
  return <TextContext value={text}>{children}</TextContext>;
}

/** Texts of the language around; English where nothing says which. */
export const useText = (): Text => useContext(TextContext) ?? textOf("en");
