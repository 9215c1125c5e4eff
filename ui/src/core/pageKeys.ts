import { useEffect, useRef } from "react";

const ABOVE = '[role="dialog"]:not(.toast), [role="alertdialog"]:not(.toast), [role="menu"], [role="listbox"]';

/**
 * Keys of a page that are its own, before the window takes them: Esc would leave the whole record. They rest while something lies
 * above the page; in a field letters are letters, and Esc leaves the field.
 */
export function usePageKeys(act: (key: string) => boolean): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || document.querySelector(ABOVE)) return;
      const { target } = event;
      if (event.ctrlKey || event.metaKey) {
        // A field undoes within itself; elsewhere the page may know better than the window what was done last.
        const field = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
        if (field || event.shiftKey || event.key.toLowerCase() !== "z" || !latest.current("mod+z")) return;
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      if (target instanceof HTMLElement && target.matches("input, textarea, select")) {
        if (event.key !== "Escape") return;
        target.blur();
      } else if (!latest.current(event.key.length === 1 ? event.key.toLowerCase() : event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
}
