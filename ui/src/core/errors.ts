/** From an error on the wire to the sentence a person reads. */
import type { Text } from "./text";
import type { RowIssue, WireError } from "./types";

export function errorSentence(t: Text, error: WireError): string {
  const id = `error-${error.code}`;
  return t.has(id) ? t(id, error.params) : t("error-unknown", { code: error.code });
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
