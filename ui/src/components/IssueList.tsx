import { useMemo } from "react";
import { issueSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { RowIssue } from "@/core/types";
import { DataTable, numberDatum, textDatum, type Column } from "./DataTable";
import "./Wizard.css";

interface Numbered extends RowIssue {
  key: string;
}

/** What was wrong with a file, row by row. `total` counts those that are not listed too. */
export function IssueList({ issues, total }: { issues: RowIssue[]; total: number }) {
  const t = useText();
  const format = useFormat();
  const columns = useMemo<Column<Numbered>[]>(
    () => [
      { id: "row", header: t("issues-row"), width: 84, align: "right", cell: (issue) => (issue.row === null ? "—" : format.count(issue.row)), data: numberDatum((issue) => issue.row) },
      { id: "what", header: t("issues-what"), min: 260, cell: (issue) => <span className="truncate" title={issueSentence(t, issue)}>{issueSentence(t, issue)}</span>, data: textDatum((issue) => issueSentence(t, issue)) },
      { id: "column", header: t("issues-column"), width: 220, optional: true, cell: (issue) => <span className="truncate" title={issue.column ?? ""}>{issue.column ?? "—"}</span>, data: textDatum((issue) => issue.column) },
      { id: "value", header: t("issues-value"), width: 160, optional: true, cell: (issue) => <code className="truncate">{issue.value ?? ""}</code>, data: textDatum((issue) => issue.value) },
    ],
    [t, format],
  );
  const rows = useMemo(() => issues.map((issue, index) => ({ ...issue, key: String(index) })), [issues]);
  if (issues.length === 0) return null;
  const title = t("issues-title", { count: Math.max(total, issues.length) });
  return (
    <section className="stack tight" data-testid="issues">
      <h2 className="section-title">{title}</h2>
      <div className={rows.length > 7 ? "issues-box" : ""}>
        <DataTable label={title} columns={columns} rows={rows} rowKey={(row) => row.key} storageKey="file-issues" compact fill={rows.length > 7} />
      </div>
      {total > issues.length ? <p className="section-note">{t("issues-more", { shown: format.count(issues.length), total: format.count(total) })}</p> : null}
    </section>
  );
}
