import { useMemo } from "react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Checks";
import { TextField } from "@/components/Field";
import { Combobox, SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { Term } from "@/components/Tooltip";
import { useFormat } from "@/core/format";
import { currencies, timeZones } from "@/core/regions";
import { useText } from "@/core/text";
import type { FieldMapping, FileInspection, ImportRequest, UsageFormat, WireError } from "@/core/types";
import { Columns } from "./Columns";
import { Constants } from "./Constants";
import { Decided, isQuestion } from "./Decided";
import { choiceOf, FORMATS, isGeneric, missingFields } from "./fields";

const DELIMITERS: Record<string, string | undefined> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

interface MapStepProps {
  file: FileInspection;
  request: ImportRequest;
  onChange: (request: ImportRequest) => void;
  error: WireError | null;
  onBack: () => void;
  onPlan: () => void;
}

export function MapStep({ file, request, onChange, error, onBack, onPlan }: MapStepProps) {
  const t = useText();
  const format = useFormat();
  const { mapping } = request;
  const generic = isGeneric(request.format);
  const missing = generic ? missingFields(mapping) : [];
  // Times that name no zone are refused one by one; a file full of them needs the zone before anything else.
  const timeColumn = file.columns.find((column) => column.name === choiceOf(mapping, "timestamp"));
  const zoneNeeded = generic && mapping.timeZone === null && (timeColumn?.localTimes ?? false);
  const put = (patch: Partial<FieldMapping>): void => onChange({ ...request, mapping: { ...mapping, ...patch } });
  const zones = useMemo(() => [{ value: "-", label: t("import-zone-refuse") }, ...timeZones()], [t]);
  const money = useMemo(() => [{ value: "-", label: t("import-currency-none") }, ...currencies(t.lang)], [t]);
  const ready = missing.length === 0 && !zoneNeeded && request.source.trim() !== "";

  return (
    <div className="stack">
      <div className="file-facts">
        <b className="truncate" title={file.path}>{file.name}</b>
        <span>{format.bytes(file.bytes)}</span>
        {file.rowsEstimate !== null ? <span>{t("import-rows-about", { rows: format.count(file.rowsEstimate) })}</span> : null}
        <span>{file.encoding}</span>
        {file.delimiter ? <span>{DELIMITERS[file.delimiter] ? t(`import-delimiter-${DELIMITERS[file.delimiter]}`) : t("import-delimiter", { delimiter: file.delimiter })}</span> : null}
        {file.remembered ? <Tag accent>{t("import-remembered")}</Tag> : null}
      </div>
      <Reused file={file} />
      {file.alreadyImported ? <div className="call" role="note">{t("import-already", { date: format.instant(file.alreadyImported) })}</div> : null}

      <div className="map-options">
        <SelectField
          label={t("import-format")}
          options={FORMATS.map((value) => ({ value, label: t(`format-${value}`), ...(file.formatGuessed.includes(value) ? { note: t("import-guessed") } : {}) }))}
          value={request.format}
          onChange={(value) => onChange({ ...request, format: value as UsageFormat })}
          data-testid="import-format"
        />
        <TextField label={t("import-source")} term="source" value={request.source} onChange={(source) => onChange({ ...request, source })} placeholder={t("import-source-example")} data-testid="import-source" />
        <Combobox label={t("import-zone")} term="import-zone" options={zones} value={mapping.timeZone ?? "-"} onChange={(zone) => put({ timeZone: zone === "-" ? null : zone })} error={zoneNeeded ? t("import-zone-needed") : undefined} data-testid="import-zone" />
        <Combobox label={t("import-cost-currency")} term="reported-cost" options={money} value={mapping.costCurrency ?? "-"} onChange={(code) => put({ costCurrency: code === "-" ? null : code })} data-testid="import-currency" />
      </div>
      <div className="row-wrap map-checks">
        <Checkbox label={<Term id="input-includes-cache">{t("import-includes-cache")}</Term>} checked={mapping.inputIncludesCache} onChange={(inputIncludesCache) => put({ inputIncludesCache })} data-testid="import-includes-cache" />
        <Decided what="decimal-sign" value={mapping.decimalComma} onChange={(decimalComma) => put({ decimalComma })} error={error} />
        <Decided what="day-order" value={mapping.dayFirst} onChange={(dayFirst) => put({ dayFirst })} error={error} />
      </div>

      <Columns file={file} mapping={mapping} generic={generic} missing={missing} zoneNeeded={zoneNeeded} onChange={(next) => onChange({ ...request, mapping: next })} />
      <Constants file={file} mapping={mapping} generic={generic} missing={missing} onChange={(next) => onChange({ ...request, mapping: next })} />
      {generic ? null : <p className="section-note">{t("import-known-columns")}</p>}

      <div className="wizard-foot">
        <Button onClick={onBack}>{t("back")}</Button>
        <span className="grow section-note" aria-live="polite">
          {error && !isQuestion(error) ? <ErrorNote error={error} /> : missing.length > 0 || zoneNeeded
            ? t("import-missing", { fields: new Intl.ListFormat(t.lang).format([...missing.map((field) => t(`usage-field-${field}`)), ...(zoneNeeded ? [t("import-zone-missing")] : [])]) })
            : t("import-nothing-written")}
        </span>
        <Button look="primary" size="l" disabled={!ready} onClick={onPlan} data-testid="import-plan">{t("import-preview")}</Button>
      </div>
    </div>
  );
}

/** What was taken over from the file before, besides the columns: nobody should find it out from the figures. */
function Reused({ file }: { file: FileInspection }) {
  const t = useText();
  const { constants, timeZone, costCurrency, decimalComma, dayFirst } = file.mapping;
  if (!file.remembered) return null;
  const parts = [
    ...constants.map((item) => t("import-reused-constant", { field: t(`usage-field-${item.field}`), value: item.value })),
    ...(timeZone ? [t("import-reused-zone", { zone: timeZone })] : []),
    ...(costCurrency ? [t("import-reused-currency", { currency: costCurrency })] : []),
    ...(decimalComma === null ? [] : [t(`import-decimal-sign-${decimalComma ? "comma" : "point"}`)]),
    ...(dayFirst === null ? [] : [t(`import-day-order-${dayFirst ? "day" : "month"}`)]),
    ...(file.source === "" ? [] : [t("import-reused-feed", { feed: file.source })]),
  ];
  if (parts.length === 0) return null;
  return <p className="section-note" data-testid="import-reused">{t("import-reused", { what: new Intl.ListFormat(t.lang).format(parts) })}</p>;
}
