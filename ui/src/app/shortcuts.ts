import { useEffect, useRef } from "react";

/** "mod+k", "mod+shift+z", "alt+ArrowLeft", "g e", "?", "F1". A handler runs only outside text fields, unless the key carries Ctrl or is a function key. */
export type Shortcuts = Record<string, () => void>;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

const chord = (event: KeyboardEvent): string => {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const shift = mod && event.shiftKey ? "shift+" : "";
  return mod + shift + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
};

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let prefix = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (event.altKey) {
        const handler = latest.current[`alt+${event.key}`];
        if (!handler) return;
        event.preventDefault();
        return handler();
      }
      const key = chord(event);
      const inField = typing(event.target);
      // A field undoes and selects within itself.
      const fieldKey = key.startsWith("mod+") ? !["mod+z", "mod+shift+z", "mod+y", "mod+a"].includes(key) : /^F\d+$/.test(key);
      if (inField && !fieldKey) return;
      const sequence = prefix ? `${prefix} ${key}` : key;
      prefix = "";
      clearTimeout(timer);
      const handler = latest.current[sequence] ?? latest.current[key];
      if (handler) {
        event.preventDefault();
        handler();
      } else if (key === "g") {
        prefix = "g";
        timer = setTimeout(() => {
          prefix = "";
        }, 1200);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
      clearTimeout(timer);
    };
  }, []);
}
