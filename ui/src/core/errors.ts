/** From an error on the wire to the sentence a person reads. */
import { FluentNumber } from "@fluent/bundle";
import type { Text, TextArgs } from "./text";
import type { RowIssue, WireError } from "./types";

/** Parameters cross the wire as text. Whole numbers become numbers again, so that a sentence can choose its plural by them. */
const counted = (params: Record<string, string>): TextArgs =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, /^(0|[1-9]\d{0,14})$/.test(value) ? new FluentNumber(Number(value), { useGrouping: false }) : value]));

export function errorSentence(t: Text, error: WireError): string {
  const id = `error-${error.code}`;
  return t.has(id) ? t(id, counted(error.params)) : t("error-unknown", { code: error.code });
}

/** The sentence for one field of a form, if the core refused it. */
export function fieldSentence(t: Text, error: WireError | null, field: string): string | undefined {
  const found = error?.fields.find((item) => item.field === field);
  if (!found) return undefined;
  const id = `field-${found.code}`;
  return t.has(id) ? t(id, found.params) : t("field-invalid");
}

export function issueSentence(t: Text, issue: RowIssue): string {
  const id = `issue-${issue.code}`;
  return t.has(id) ? t(id, { value: issue.value ?? "", ...issue.params }) : t("issue-unknown", { code: issue.code });
}
