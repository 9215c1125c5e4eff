import type { Format } from "@/core/format";
import type { Text } from "@/core/text";
import type { ImportSummary } from "@/core/types";

/** What came in and what did not, in one sentence. */
export const doneText = (t: Text, format: Format, name: string, summary: ImportSummary): string =>
  t("import-done-text", {
    name,
    rows: format.count(summary.rows),
    cells: format.count(summary.cells),
    n: summary.cells,
    took: summary.replaced,
    replaced: format.count(summary.replaced),
    skipped: format.count(summary.skipped),
    there: summary.skipped,
    refused: format.count(summary.bad),
  });
