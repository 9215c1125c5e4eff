import type { Cell, TableSpec } from "@/core/types";
import "./DataTable.css";

/** A table whose cells the core has already formatted. */
export function SpecTable({ table, label }: { table: TableSpec; label: string }) {
  const line = (cells: Cell[], key: string) => (
    <tr key={key}>
      {cells.map((cell, index) => (
        <td key={index} className={`${table.columns[index]?.align === "right" ? "num " : ""}tone-${cell.tone}`} title={cell.text}>
          {cell.text}
        </td>
      ))}
    </tr>
  );
  return (
    <table className="data-table spec-table" aria-label={label}>
      <thead>
        <tr>
          {table.columns.map((column, index) => (
            <th key={index} scope="col" className={column.align === "right" ? "num" : undefined}>{column.title}</th>
          ))}
        </tr>
      </thead>
      <tbody>{table.rows.map((cells, index) => line(cells, String(index)))}</tbody>
      {table.total ? <tfoot>{line(table.total, "total")}</tfoot> : null}
    </table>
  );
}
