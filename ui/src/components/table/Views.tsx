import { Bookmark, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { usePersisted } from "@/core/usePersisted";
import { useText } from "@/core/text";
import { Button, IconButton } from "../Button";
import { Popover } from "../Menu";
import type { ColumnChoice } from "./layout";
import type { Sorting } from "./order";

/** How a table is looked at. */
export interface TableView {
  filter: string;
  sorting: Sorting[];
  choice: ColumnChoice;
}

interface SavedView extends TableView {
  name: string;
}

/** Choices in any order are the same choice. */
const same = (a: TableView, b: TableView): boolean => {
  const flat = ({ filter, sorting, choice }: TableView): string => JSON.stringify([filter.trim(), sorting, Object.entries(choice).sort(([x], [y]) => (x < y ? -1 : 1))]);
  return flat(a) === flat(b);
};

/** Views kept under a name: taken up again, renamed, forgotten. */
export function Views({ storageKey, view, onView, testid }: { storageKey: string; view: TableView; onView: (next: TableView) => void; testid: string }) {
  const t = useText();
  const [saved, setSaved] = usePersisted<SavedView[]>(`table.${storageKey}.views`, []);
  const [name, setName] = useState("");
  const [renaming, setRenaming] = useState<{ from: string; to: string } | null>(null);
  const [open, setOpen] = useState(false);
  const current = saved.find((item) => same(item, view));
  const typed = name.trim();
  const save = (): void => {
    if (typed === "") return;
    const { filter, sorting, choice } = view;
    setSaved([...saved.filter((item) => item.name !== typed), { name: typed, filter, sorting, choice }]);
    setName("");
  };
  const rename = (): void => {
    const to = renaming?.to.trim() ?? "";
    if (renaming && to !== "") {
      // Two views of one name could not be told apart: the one that is renamed stays.
      setSaved(saved.filter((item) => item.name !== to || item.name === renaming.from).map((item) => (item.name === renaming.from ? { ...item, name: to } : item)));
    }
    setRenaming(null);
  };
  return (
    <Popover
      label={t("table-views")}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setRenaming(null);
      }}
      trigger={<Button look="quiet" icon={<Bookmark />} data-testid={`${testid}-views`}><span className="truncate table-view-name">{current?.name ?? t("table-views")}</span></Button>}
    >
      <div className="table-views">
        {saved.length === 0 ? <p className="section-note">{t("table-views-none")}</p> : (
          <ul>
            {saved.map((item) => (
              <li key={item.name} className="row">
                {renaming?.from === item.name ? (
                  <form
                    className="row grow"
                    onSubmit={(event) => {
                      event.preventDefault();
                      rename();
                    }}
                  >
                    <input className="input" autoFocus aria-label={t("table-view-name")} value={renaming.to} onChange={(event) => setRenaming({ from: item.name, to: event.target.value })} data-testid="view-rename" />
                    <Button type="submit">{t("table-view-rename")}</Button>
                  </form>
                ) : (
                  <>
                    <button
                      type="button"
                      className="popup-item grow"
                      aria-current={item === current ? "true" : undefined}
                      onClick={() => {
                        onView(item);
                        setOpen(false);
                      }}
                      data-testid={`view-${item.name}`}
                    >
                      <span className="truncate" title={item.name}>{item.name}</span>
                    </button>
                    <IconButton label={t("table-view-rename-of", { name: item.name })} onClick={() => setRenaming({ from: item.name, to: item.name })}><Pencil /></IconButton>
                    <IconButton label={t("table-view-delete", { name: item.name })} onClick={() => setSaved(saved.filter((other) => other !== item))}><Trash2 /></IconButton>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <input className="input" aria-label={t("table-view-name")} placeholder={t("table-view-name")} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} data-testid="view-name" />
          <Button type="submit" disabled={typed === ""} data-testid="view-save">{t("table-view-save")}</Button>
        </form>
      </div>
    </Popover>
  );
}
