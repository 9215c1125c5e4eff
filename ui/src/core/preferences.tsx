/** Theme and language of this device: not part of a workspace. */
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from "react";
import { initialLang } from "./first";
import { readPersisted, writePersisted } from "./persisted";
import { setRpcLanguage, type Lang } from "./rpc";

export type Theme = "system" | "light" | "dark";

interface Preferences {
  theme: Theme;
  lang: Lang;
  setTheme: (theme: Theme) => void;
  setLang: (lang: Lang) => void;
}

const systemDark = (): MediaQueryList | null => (typeof window.matchMedia === "function" ? window.matchMedia("(prefers-color-scheme: dark)") : null);

/** Called before the first picture too: charts read their colours from the style sheet as it is then. */
export function applyTheme(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && (systemDark()?.matches ?? false));
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

export const initialTheme = (): Theme => readPersisted<Theme>("theme", "system");

const Context = createContext<Preferences | null>(null);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [theme, putTheme] = useState<Theme>(initialTheme);
  const [lang, putLang] = useState<Lang>(() => {
    const first = initialLang();
    setRpcLanguage(first);
    return first;
  });

  useLayoutEffect(() => applyTheme(theme), [theme]);
  useEffect(() => {
    const media = systemDark();
    const follow = () => applyTheme(theme);
    media?.addEventListener("change", follow);
    return () => media?.removeEventListener("change", follow);
  }, [theme]);
  useLayoutEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);

  const setTheme = useCallback((next: Theme) => {
    writePersisted("theme", next);
    putTheme(next);
  }, []);
  const setLang = useCallback((next: Lang) => {
    writePersisted("lang", next);
    setRpcLanguage(next);
    putLang(next);
  }, []);

  const value = useMemo(() => ({ theme, lang, setTheme, setLang }), [theme, lang, setTheme, setLang]);
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const value = useContext(Context);
  if (!value) throw new Error("PreferencesProvider is missing");
  return value;
}
