import { Term } from "@/components/Tooltip";
import { useText } from "@/core/text";
import type { Field, FieldMapping, FileInspection } from "@/core/types";
import { CONSTANT_FIELDS, constantOf, GENERIC_ONLY, withConstant } from "./fields";

interface ConstantsProps {
  file: FileInspection;
  mapping: FieldMapping;
  generic: boolean;
  missing: Field[];
  onChange: (mapping: FieldMapping) => void;
}

/** One value for every row, for what no column says. */
export function Constants({ file, mapping, generic, missing, onChange }: ConstantsProps) {
  const t = useText();
  const isInFile = (field: Field): boolean => mapping.columns.some((item) => item.field === field);
  const fields = CONSTANT_FIELDS.filter((field) => (generic ? !isInFile(field) : !GENERIC_ONLY.includes(field)));
  if (fields.length === 0) return null;
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={t("import-constants")}>
      <div className="row">
        <h2 className="section-title">{t("import-constants")}</h2>
        <span className="section-note">{t("import-constants-note")}</span>
      </div>
      <div className="constants">
        {fields.map((field) => {
          const name = t(`usage-field-${field}`);
          return (
            <div key={field} className={missing.includes(field) ? "constant needed" : "constant"}>
              <span className="map-name"><Term id={`field-${field}`}>{name}</Term></span>
              <input
                className="input map-constant"
                aria-label={t("import-constant-for", { field: name })}
                list={field === "vendor" ? "known-providers" : undefined}
                placeholder={missing.includes(field) ? t("import-needed") : t(generic ? "import-not-in-file" : "import-from-file")}
                value={constantOf(mapping, field)}
                onChange={(event) => onChange(withConstant(mapping, field, event.target.value))}
                data-testid={`constant-${field}`}
              />
            </div>
          );
        })}
      </div>
      <datalist id="known-providers">
        {file.knownProviders.map((provider) => <option key={provider} value={provider} />)}
      </datalist>
    </section>
  );
}
