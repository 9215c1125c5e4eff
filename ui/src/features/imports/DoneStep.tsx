import { useNavigate } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import { doneText } from "./doneText";
import type { ImportPlan, ImportSummary, LeftOut } from "@/core/types";

export function DoneStep({ plan, summary }: { plan: ImportPlan; summary: ImportSummary }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const leftOut = ({ hours, requests, period }: LeftOut): string =>
    t("import-left-out", { hours, requests: format.count(requests), n: Number(requests), from: format.instant(period.from), to: format.instant(period.to) });
  return (
    <div data-testid="import-done">
      <EmptyState
        icon={<CircleCheck className="tone-good" />}
        title={t(summary.unchanged ? "import-done-unchanged" : "import-done-title")}
        text={
          <>
            {doneText(t, format, plan.name, summary)}
            {summary.unchanged && summary.importId !== null ? ` ${t("import-done-kept")}` : ""}
            {summary.leftOut ? <span className="left-out" data-testid="import-left-out">{leftOut(summary.leftOut)}</span> : null}
          </>
        }
        action={
          <>
            <Button look="primary" onClick={() => void navigate({ to: "/economics", search: {} })} data-testid="import-to-economics">{t("import-open-economics")}</Button>
            <Button onClick={() => void navigate({ to: "/imports", search: {} })}>{t("import-open-list")}</Button>
          </>
        }
      />
    </div>
  );
}
