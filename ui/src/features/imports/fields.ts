import type { Field, FieldMapping, UsageFormat } from "@/core/types";

/** The importer's fields in the order a person thinks of them. */
export const FIELD_GROUPS: { key: string; fields: Field[] }[] = [
  { key: "what", fields: ["timestamp", "vendor", "model", "service-tier", "context-window", "feature", "tenant", "environment", "charge-type", "speed", "inference-geo"] },
  { key: "tokens", fields: ["usage-object", "input-tokens", "uncached-input-tokens", "cache-read-tokens", "cache-write-5m-tokens", "cache-write-1h-tokens", "output-tokens", "reasoning-tokens", "input-audio-tokens", "input-image-tokens", "output-audio-tokens", "output-image-tokens"] },
  { key: "outcome", fields: ["session", "request-id", "requests", "success", "session-success", "web-searches", "cost"] },
  { key: "timing", fields: ["latency-ms", "latency-s", "ttft-ms", "ttft-s"] },
];

/** Fields one value can stand for in a whole file. */
export const CONSTANT_FIELDS: readonly Field[] = ["vendor", "model", "service-tier", "feature", "tenant", "environment", "charge-type", "speed", "inference-geo"];

/** What a format with known columns says itself, or never has. */
export const GENERIC_ONLY: readonly Field[] = ["charge-type", "speed", "inference-geo"];

export const FORMATS: UsageFormat[] = ["generic-csv", "generic-jsonl", "litellm-spend-logs", "openai-usage", "openai-costs", "anthropic-usage-csv", "anthropic-cost-csv"];

export const isGeneric = (format: UsageFormat): boolean => format === "generic-csv" || format === "generic-jsonl";

export const CONSTANT = "=constant";

/** What the mapping says about one field: a column, a constant, or nothing. */
export function choiceOf(mapping: FieldMapping, field: Field): string {
  const column = mapping.columns.find((item) => item.field === field)?.column;
  if (column !== undefined) return column;
  return mapping.constants.some((item) => item.field === field) ? CONSTANT : "";
}

export const constantOf = (mapping: FieldMapping, field: Field): string => mapping.constants.find((item) => item.field === field)?.value ?? "";

/** What a column is read as; a remembered mapping may read one column as several. */
export const fieldsOf = (mapping: FieldMapping, column: string): Field[] => mapping.columns.filter((item) => item.column === column).map((item) => item.field);

/** Reads a column as a field, or as nothing. A field stands for one column: the one before is free again. */
export function withColumn(mapping: FieldMapping, column: string, field: Field | ""): FieldMapping {
  const columns = mapping.columns.filter((item) => item.column !== column);
  return field === "" ? { ...mapping, columns } : withChoice({ ...mapping, columns }, field, column);
}

export function withChoice(mapping: FieldMapping, field: Field, choice: string): FieldMapping {
  const columns = mapping.columns.filter((item) => item.field !== field);
  const constants = mapping.constants.filter((item) => item.field !== field);
  if (choice === CONSTANT) return { ...mapping, columns, constants: [...constants, { field, value: "" }] };
  return { ...mapping, columns: choice === "" ? columns : [...columns, { field, column: choice }], constants };
}

/** One value for every row; an empty one is none. */
export function withConstant(mapping: FieldMapping, field: Field, value: string): FieldMapping {
  if (value === "") return withChoice(mapping, field, "");
  return { ...mapping, constants: [...mapping.constants.filter((item) => item.field !== field), { field, value }] };
}

/** What a generic file cannot do without. */
export function missingFields(mapping: FieldMapping): Field[] {
  const has = (field: Field): boolean => {
    const choice = choiceOf(mapping, field);
    return choice === CONSTANT ? constantOf(mapping, field).trim() !== "" : choice !== "";
  };
  const needed: Field[] = (["timestamp", "vendor", "model"] as const).filter((field) => !has(field));
  const measures: Field[] = ["usage-object", "input-tokens", "uncached-input-tokens", "output-tokens", "cost"];
  return measures.some(has) ? needed : [...needed, "input-tokens"];
}
