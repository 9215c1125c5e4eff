import { Dialog as Base } from "@base-ui/react/dialog";
import { Contrast, FileText, Keyboard, Redo2, Undo2 } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useGo } from "@/core/go";
import { useRpc } from "@/core/queries";
import { inEveryLanguage, useText } from "@/core/text";
import { recentRecords } from "@/core/recent";
import type { SearchHit } from "@/core/types";
import { AREAS, DESTINATIONS, iconOf, placeOf, verbsOf } from "./areas";

interface Entry {
  key: string;
  group: string;
  title: string;
  detail?: string;
  /** What it is found by: its title in every language. */
  names: string[];
  keys?: string;
  icon: ReactNode;
  run: () => void;
}

interface PaletteProps {
  open: boolean;
  onClose: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onTheme: () => void;
  onKeys: () => void;
}

const MISSED = 9;

/** How well a name answers: its own start, the start of one of its words, within it. */
function rankOf(name: string, query: string): number {
  if (name.startsWith(query)) return 0;
  if (name.split(/[\s·,()]+/).some((word) => word.startsWith(query))) return 1;
  return name.includes(query) ? 2 : MISSED;
}

/** What is asked for, without the words that name something to do with it; and the messages of what those name. */
function withoutVerb(text: string): { text: string; verbs: string[] } {
  const titles = [...new Set(AREAS.flatMap((area) => Object.values(area.verbs ?? {}).flat()).map((verb) => verb.title))];
  const verbs: string[] = [];
  const left = text.split(/\s+/).filter((word) => {
    const meant = titles.filter((title) => inEveryLanguage(title).some((name) => word.length > 2 && rankOf(name.toLowerCase(), word.toLowerCase()) < 2));
    verbs.push(...meant);
    return meant.length === 0;
  });
  return { text: left.join(" "), verbs };
}

/** Every action and every record, from the keyboard. */
export function Palette(props: PaletteProps) {
  return (
    <Base.Root open={props.open} onOpenChange={(next) => !next && props.onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className="palette">
          <Inner {...props} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Inner({ onClose, onUndo, onRedo, onTheme, onKeys }: PaletteProps) {
  const t = useText();
  const go = useGo();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const wanted = useDeferredValue(text.trim());
  const status = useRpc("workspace_status", null);
  const workspace = status.data?.path ?? "";
  const whole = useRpc("search", { text: wanted, limit: 12 }, { enabled: wanted.length > 0 });
  // "openai comment": the record is found by the words that name nothing to do.
  const named = useMemo(() => withoutVerb(wanted), [wanted]);
  const partly = useRpc("search", { text: named.text, limit: 4 }, { enabled: named.verbs.length > 0 && named.text.length > 0 });

  const entries = useMemo<Entry[]>(() => {
    const actions: Entry[] = [
      ...AREAS.flatMap((area) => area.actions ?? []).map(({ key, title, icon, place }) => ({ key, group: "actions", title: t(title), names: inEveryLanguage(title), icon, run: () => go(place) })),
      { key: "undo", group: "actions", title: t("palette-undo"), names: inEveryLanguage("palette-undo"), keys: "Ctrl Z", icon: <Undo2 />, run: onUndo },
      { key: "redo", group: "actions", title: t("palette-redo"), names: inEveryLanguage("palette-redo"), keys: "Ctrl Shift Z", icon: <Redo2 />, run: onRedo },
      { key: "theme", group: "actions", title: t("palette-theme"), names: inEveryLanguage("palette-theme"), icon: <Contrast />, run: onTheme },
      { key: "keys", group: "actions", title: t("help-keys"), names: inEveryLanguage("help-keys"), keys: "?", icon: <Keyboard />, run: onKeys },
    ];
    const places: Entry[] = DESTINATIONS.map(({ key, jump, icon, place }) => ({
      key: `go-${key}`, group: "places", title: t(`nav-${key}`), names: inEveryLanguage(`nav-${key}`), keys: `g ${jump}`, icon, run: () => go(place),
    }));
    const query = text.trim().toLowerCase();
    const found = (entries: Entry[]): Entry[] =>
      query === ""
        ? entries
        : entries
            .map((entry) => ({ entry, rank: Math.min(...entry.names.map((name) => rankOf(name.toLowerCase(), query))) }))
            .filter(({ rank }) => rank < MISSED)
            .sort((a, b) => a.rank - b.rank)
            .map(({ entry }) => entry);
    const hits: SearchHit[] = query === "" ? [] : (whole.data ?? []);
    const entryOf = (hit: SearchHit, index: number): Entry => ({
      key: `hit-${index}`, group: hit.answer ? "answers" : "records", title: hit.title, names: [hit.title], detail: hit.detail, icon: iconOf(hit.link) ?? <FileText />, run: () => go(placeOf(hit.link)),
    });
    const doing = (hit: SearchHit, wantedVerbs: string[] | null): Entry[] =>
      verbsOf(hit.link)
        .filter((verb) => wantedVerbs === null || wantedVerbs.includes(verb.title))
        .map((verb) => ({ key: `verb-${hit.link.id}-${verb.key}`, group: "verbs", title: t(verb.title), names: [], detail: hit.title, icon: verb.icon, run: () => go(verb.place(hit.link.id ?? "")) }));
    const records = hits.filter((hit) => !hit.answer);
    const verbs = named.verbs.length > 0 && query !== "" ? (partly.data ?? []).flatMap((hit) => doing(hit, named.verbs)) : records.slice(0, 1).flatMap((hit) => doing(hit, null));
    const recent: Entry[] = query === "" ? recentRecords(workspace).map(({ link, title }, index) => ({ key: `recent-${index}`, group: "recent", title, names: [title], icon: iconOf(link) ?? <FileText />, run: () => go(placeOf(link)) })) : [];
    return [...recent, ...hits.filter((hit) => hit.answer).map(entryOf), ...records.map((hit, index) => entryOf(hit, index + 100)), ...verbs, ...found(places), ...found(actions)];
  }, [t, go, text, whole.data, partly.data, named, workspace, onUndo, onRedo, onTheme, onKeys]);

  const current = Math.min(active, Math.max(0, entries.length - 1));
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const choose = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && entries.length > 0) {
      event.preventDefault();
      setActive((current + step + entries.length) % entries.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(entries[current]);
    }
  };

  return (
    <>
      <Base.Title className="visually-hidden">{t("search-or-jump")}</Base.Title>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[current] ? `palette-${entries[current].key}` : undefined}
        aria-label={t("search-or-jump")}
        placeholder={t("palette-placeholder")}
        data-testid="palette-input"
        value={text}
        autoFocus
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id="palette-list" className="palette-list" role="listbox" aria-label={t("search-results")}>
        {entries.length === 0 ? <div className="palette-empty" role="option" aria-selected="false" aria-disabled="true">{t("no-match")}</div> : null}
        {entries.map((entry, index) => (
          <div key={entry.key} role="presentation">
            {entries[index - 1]?.group !== entry.group ? <div className="palette-group" role="presentation">{t(`palette-group-${entry.group}`)}</div> : null}
            <div
              id={`palette-${entry.key}`}
              role="option"
              aria-selected={index === current}
              className="palette-item"
              onPointerMove={() => setActive(index)}
              onClick={() => choose(entry)}
            >
              {entry.icon}
              <span className="truncate">{entry.title}</span>
              {entry.detail ? <span className="faint truncate">{entry.detail}</span> : null}
              {entry.keys ? <kbd style={{ marginLeft: "auto" }}>{entry.keys}</kbd> : null}
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
