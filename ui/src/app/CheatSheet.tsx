import { Dialog } from "@/components/Dialog";
import { useText } from "@/core/text";
import { AREAS, DESTINATIONS } from "./areas";

const GENERAL: [string, string[]][] = [
  ["key-palette", ["Ctrl", "K"]],
  ["key-undo", ["Ctrl", "Z"]],
  ["key-redo", ["Ctrl", "Shift", "Z"]],
  ["key-new-workspace", ["Ctrl", "N"]],
  ["key-open-workspace", ["Ctrl", "O"]],
  ["key-import", ["Ctrl", "I"]],
  ["key-settings", ["Ctrl", ","]],
  ["key-guide", ["F1"]],
  ["key-keys", ["?"]],
  ["key-escape", ["Esc"]],
];
const TABLES: [string, string[]][] = [
  ["key-down", ["j", "↓"]],
  ["key-up", ["k", "↑"]],
  ["key-within", ["→", "←"]],
  ["key-open", ["Enter"]],
  ["key-first", ["Home"]],
  ["key-last", ["End"]],
  ["key-select", ["Space"]],
  ["key-select-more", ["Shift", "↑↓"]],
  ["key-select-all", ["Ctrl", "A"]],
];

export function CheatSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText();
  const list = (rows: [string, string[]][]) => (
    <dl>
      {rows.map(([id, keys]) => (
        <div key={id} style={{ display: "contents" }}>
          <dt>{t(id)}</dt>
          <dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <Dialog open={open} onClose={onClose} title={t("keys-title")} wide>
      <div className="keys">
        <div>
          <h3>{t("keys-general")}</h3>
          {list(GENERAL)}
          <h3>{t("keys-tables")}</h3>
          {list(TABLES)}
          {AREAS.map(({ name, keys }) => keys && (
            <section key={name}>
              <h3>{t(keys.title)}</h3>
              {list(keys.rows)}
            </section>
          ))}
        </div>
        <div>
          <h3>{t("keys-go")}</h3>
          {list(DESTINATIONS.map(({ key, jump }) => [`nav-${key}`, ["g", jump]]))}
        </div>
      </div>
    </Dialog>
  );
}
