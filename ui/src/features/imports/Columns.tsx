import { CircleCheck, TriangleAlert } from "lucide-react";
import { useText } from "@/core/text";
import type { Field, FieldMapping, FileInspection } from "@/core/types";
import { FIELD_GROUPS, fieldsOf, withColumn } from "./fields";

interface ColumnsProps {
  file: FileInspection;
  mapping: FieldMapping;
  generic: boolean;
  missing: Field[];
  /** Times name no zone, and none is chosen. */
  zoneNeeded: boolean;
  onChange: (mapping: FieldMapping) => void;
}

/** The file's first rows; what each column is read as is chosen at its head, and what is still needed stands beside. */
export function Columns({ file, mapping, generic, missing, zoneNeeded, onChange }: ColumnsProps) {
  const t = useText();
  if (file.columns.length === 0) return null;
  return (
    <section className="stack" style={{ gap: 8 }}>
      <div className="row">
        <h2 className="section-title">{t("import-sample")}</h2>
        {generic ? <Needed what={[...missing.map((field) => t(`usage-field-${field}`)), ...(zoneNeeded ? [t("import-zone-missing")] : [])]} /> : null}
      </div>
      <div className="sample" tabIndex={0} role="region" aria-label={t("import-sample")}>
        <table>
          <thead>
            <tr>
              {file.columns.map(({ name }, index) => {
                const [field, ...others] = fieldsOf(mapping, name);
                return (
                  <th key={name} scope="col" className={field ? "mapped" : ""}>
                    {generic ? (
                      <FieldSelect column={name} index={index} field={field ?? ""} missing={missing} taken={(other) => mapping.columns.some((item) => item.field === other && item.column !== name)} onChange={(next) => onChange(withColumn(mapping, name, next))} />
                    ) : null}
                    <span className="sample-name truncate" title={name}>{name}</span>
                    {others.length > 0 ? <span className="sample-also">{t("import-column-also", { fields: others.map((other) => t(`usage-field-${other}`)).join(", ") })}</span> : null}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {file.sample.slice(0, 5).map((cells, index) => (
              <tr key={index}>
                {file.columns.map(({ name }, at) => <td key={name} title={cells[at]} className={!generic || fieldsOf(mapping, name).length > 0 ? "" : "faint"}>{cells[at] ?? ""}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface FieldSelectProps {
  column: string;
  index: number;
  field: Field | "";
  missing: Field[];
  taken: (field: Field) => boolean;
  onChange: (field: Field | "") => void;
}

/** What a column is: what is needed says so in the list, and so does what another column is already. */
function FieldSelect({ column, index, field, missing, taken, onChange }: FieldSelectProps) {
  const t = useText();
  const label = (one: Field): string => {
    const name = t(`usage-field-${one}`);
    return missing.includes(one) ? t("import-field-needed", { field: name }) : taken(one) ? t("import-field-taken", { field: name }) : name;
  };
  const term = `term-field-${field}`;
  return (
    <select
      className={field === "" ? "native-select unset" : "native-select"}
      aria-label={t("import-column-is", { column })}
      title={field !== "" && t.has(term) ? t(term) : undefined}
      value={field}
      onChange={(event) => onChange(event.target.value as Field | "")}
      data-testid={`column-${index}`}
    >
      <option value="">{t("import-unused")}</option>
      {FIELD_GROUPS.map((group) => (
        <optgroup key={group.key} label={t(`import-group-${group.key}`)}>
          {group.fields.map((one) => <option key={one} value={one}>{label(one)}</option>)}
        </optgroup>
      ))}
    </select>
  );
}

/** What no column and no value says yet. */
function Needed({ what }: { what: string[] }) {
  const t = useText();
  return (
    <ul className="needed-fields grow" aria-label={t("import-needed-fields")} data-testid="needed-fields">
      {what.length === 0 ? (
        <li className="tone-good"><CircleCheck aria-hidden="true" />{t("import-needed-none")}</li>
      ) : (
        what.map((name) => <li key={name} className="tone-warn"><TriangleAlert aria-hidden="true" />{t("import-field-needed", { field: name })}</li>)
      )}
    </ul>
  );
}
