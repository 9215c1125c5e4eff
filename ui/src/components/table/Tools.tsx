import { Columns3, Copy, Download, ListFilter, X } from "lucide-react";
import type { ReactNode } from "react";
import { copyText, exportSheet, fileError, type SheetFile } from "@/core/files";
import { useFormat } from "@/core/format";
import { sheetToTsv } from "@/core/sheet";
import { useText } from "@/core/text";
import { Button } from "../Button";
import { Checkbox } from "../Checks";
import { Menu, Popover } from "../Menu";
import { useToast } from "../Toast";
import { dataOf, type Column } from "./column";
import type { ColumnChoice } from "./layout";
import { sheetOf } from "./sheet";
import { Views, type TableView } from "./Views";

/** What can be done with the rows that are marked. */
export interface BulkAction<Row> {
  key: string;
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  /** Is given the rows, and how to unmark them once it is done. */
  run: (rows: Row[], done: () => void) => void;
}

interface ToolsProps<Row> {
  label: string;
  /** All there are; those that are shown; those shown rows that pass the filter, in order; those of them that are marked. */
  columns: Column<Row>[];
  shown: Column<Row>[];
  total: number;
  rows: Row[];
  marked: Row[];
  filter: string;
  /** Absent where the page has a filter of its own. */
  onFilter: ((text: string) => void) | null;
  onSearching: () => void;
  choice: ColumnChoice;
  onChoice: (next: ColumnChoice) => void;
  view: TableView;
  onView: (next: TableView) => void;
  storageKey: string;
  bulk: BulkAction<Row>[];
  onUnmark: () => void;
  note: ReactNode;
  fill: boolean;
  testid: string;
}

/** The row above a table: find, choose columns, keep the view, take the rows elsewhere. */
export function Tools<Row>({ label, columns, shown, total, rows, marked, filter, onFilter, onSearching, choice, onChoice, view, onView, storageKey, bulk, onUnmark, note, fill, testid }: ToolsProps<Row>) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const taken = marked.length > 0 ? marked : rows;
  const copy = async (): Promise<void> => {
    try {
      await copyText(sheetToTsv(sheetOf(label, shown, taken)));
      toast.say(t("table-copied", { count: taken.length }));
    } catch {
      toast.say(t("table-copy-failed"));
    }
  };
  const save = async (kind: SheetFile): Promise<void> => {
    try {
      const path = await exportSheet(t("table-export-title"), kind, sheetOf(label, shown, taken));
      if (path) toast.say(t("table-exported", { count: taken.length }), { note: path });
    } catch (cause) {
      toast.fail(fileError(cause));
    }
  };
  // Two columns under one heading are told apart by what their data are called elsewhere.
  const nameOf = (column: Column<Row>): string => {
    const alike = columns.filter((other) => other.header === column.header).length > 1;
    return (alike ? dataOf(column)[0]?.title : undefined) ?? column.header;
  };
  return (
    <div className={fill ? "table-tools fill" : "table-tools"} role="group" aria-label={t("table-tools", { name: label })}>
      {onFilter ? (
        <div className="table-filter">
          <ListFilter aria-hidden="true" />
          <input className="input" type="search" value={filter} placeholder={t("table-filter")} aria-label={t("table-filter-of", { name: label })} onFocus={onSearching} onChange={(event) => onFilter(event.target.value)} data-testid={`${testid}-filter`} />
        </div>
      ) : null}
      {marked.length > 0 ? (
        <div className="row table-bulk" data-testid={`${testid}-bulk`}>
          <span className="section-note" aria-live="polite">{t("table-selected", { count: marked.length, shown: format.count(marked.length) })}</span>
          {bulk.map((action) => (
            <Button key={action.key} look={action.danger ? "danger" : "plain"} icon={action.icon} onClick={() => action.run(marked, onUnmark)} data-testid={`bulk-${action.key}`}>{action.label}</Button>
          ))}
          <Button look="quiet" icon={<X />} onClick={onUnmark} data-testid={`${testid}-unmark`}>{t("table-unselect")}</Button>
        </div>
      ) : (
        <span className="section-note" aria-live="polite" data-testid={`${testid}-count`}>
          {note ?? (rows.length < total ? t("table-filtered", { shown: format.count(rows.length), total: format.count(total) }) : t("table-rows", { count: total, shown: format.count(total) }))}
        </span>
      )}
      <span className="grow" />
      <div className="row table-does">
        <Views storageKey={storageKey} view={view} onView={onView} testid={testid} />
        <Popover label={t("columns")} trigger={<Button look="quiet" icon={<Columns3 />} data-testid={`${testid}-columns`}>{t("columns")}</Button>}>
          <div className="column-choice">
            {columns.filter((column) => column.header !== "").map((column, index) => (
              <Checkbox
                key={column.id}
                label={nameOf(column)}
                checked={index === 0 || (choice[column.id] ?? column.hidden !== true)}
                disabled={index === 0}
                onChange={(on) => onChoice({ ...choice, [column.id]: on })}
                data-testid={`column-${column.id}`}
              />
            ))}
            <Button look="quiet" disabled={Object.keys(choice).length === 0} onClick={() => onChoice({})}>{t("table-columns-reset")}</Button>
          </div>
        </Popover>
        <Button look="quiet" icon={<Copy />} onClick={() => void copy()} data-testid={`${testid}-copy`}>{t("table-copy")}</Button>
        <Menu
          trigger={<Button look="quiet" icon={<Download />} data-testid={`${testid}-export`}>{t("table-export")}</Button>}
          items={[
            { key: "xlsx", label: t("table-export-xlsx"), onSelect: () => void save("xlsx") },
            { key: "csv", label: t("table-export-csv"), onSelect: () => void save("csv") },
          ]}
        />
      </div>
    </div>
  );
}
