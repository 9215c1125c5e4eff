import { useText } from "@/core/text";
import type { ColumnField, ColumnMapping, SniffedFile } from "@/core/types";
import { Checkbox } from "./Checks";
import { NativeSelect } from "./Select";
import "./Wizard.css";

/** What a column of cases or answers can be, in the order a person thinks of it. */
const GROUPS: { key: string; fields: ColumnField[] }[] = [
  { key: "case", fields: ["case-id", "input", "system", "reference", "rubric", "tag", "weight", "cluster"] },
  { key: "answer", fields: ["candidate", "provider", "model", "answer", "error", "repeat", "timestamp", "rater", "reason"] },
  { key: "measure", fields: ["latency-ms", "latency-s", "ttft-ms", "ttft-s", "cost", "currency", "cached", "input-tokens", "output-tokens", "cache-read-tokens", "reasoning-tokens"] },
];

const SCORE = "=score";
const VARIABLE = "=variable";

/** What the mapping takes a column for: a field, a score, a variable of a template, or nothing. */
export function meaningOf(mapping: ColumnMapping, column: string): string {
  if (mapping.scores.some((one) => one.column === column)) return SCORE;
  if (mapping.variables.includes(column)) return VARIABLE;
  return mapping.columns.find((one) => one.column === column)?.field ?? "";
}

/** The mapping with a column taken for something else. A field stands for one column, tags for as many as there are. */
export function withMeaning(mapping: ColumnMapping, column: string, meaning: string): ColumnMapping {
  const others = {
    ...mapping,
    columns: mapping.columns.filter((one) => one.column !== column && (meaning === "tag" || one.field !== meaning)),
    scores: mapping.scores.filter((one) => one.column !== column),
    variables: mapping.variables.filter((one) => one !== column),
  };
  if (meaning === "") return others;
  if (meaning === SCORE) return { ...others, scores: [...others.scores, { criterion: column, column }] };
  if (meaning === VARIABLE) return { ...others, variables: [...others.variables, column] };
  return { ...others, columns: [...others.columns, { field: meaning as ColumnField, column }] };
}

interface FileColumnsProps {
  file: SniffedFile;
  mapping: ColumnMapping;
  onChange: (mapping: ColumnMapping) => void;
}

/** Each column of a table with what it is taken for, chosen beside its name. */
export function FileColumns({ file, mapping, onChange }: FileColumnsProps) {
  const t = useText();
  return (
    <section className="stack tight">
      <h2 className="section-title">{t("file-columns", { name: file.name })}</h2>
      <ul className="column-meanings">
        {file.columns.map((column, index) => {
          const meaning = meaningOf(mapping, column);
          return (
            <li key={column}>
              <span className="truncate" title={column}>{column}</span>
              <select className={meaning === "" ? "native-select unset" : "native-select"} aria-label={t("file-column-is", { column })} value={meaning} onChange={(event) => onChange(withMeaning(mapping, column, event.target.value))} data-testid={`meaning-${index}`}>
                <option value="">{t("file-column-unused")}</option>
                {GROUPS.map((group) => (
                  <optgroup key={group.key} label={t(`file-group-${group.key}`)}>
                    {group.fields.map((field) => <option key={field} value={field}>{t(`file-field-${field}`)}</option>)}
                  </optgroup>
                ))}
                <optgroup label={t("file-group-other")}>
                  <option value={SCORE}>{t("file-field-score")}</option>
                  <option value={VARIABLE}>{t("file-field-variable")}</option>
                </optgroup>
              </select>
            </li>
          );
        })}
      </ul>
      <div className="row-wrap column-questions">
        <label className="row"><span className="mut">{t("file-decimal-sign")}</span>
          <NativeSelect
            label={t("file-decimal-sign")}
            options={[{ value: "auto", label: t("file-decides") }, { value: "point", label: "12.5" }, { value: "comma", label: "12,5" }]}
            value={mapping.decimalComma === null ? "auto" : mapping.decimalComma ? "comma" : "point"}
            onChange={(sign) => onChange({ ...mapping, decimalComma: sign === "auto" ? null : sign === "comma" })}
          />
        </label>
        {mapping.columns.some((one) => one.field === "input-tokens") ? <Checkbox label={t("file-includes-cache")} checked={mapping.inputIncludesCache} onChange={(inputIncludesCache) => onChange({ ...mapping, inputIncludesCache })} /> : null}
      </div>
    </section>
  );
}
