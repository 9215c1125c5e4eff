import { Badge } from "@/components/Badge";
import { useText } from "@/core/text";
import type { ActionView } from "@/core/types";

/** What is done so that it does not come again. */
export function ActionList({ actions, onOpen }: { actions: readonly ActionView[]; onOpen?: (action: ActionView) => void }) {
  const t = useText();
  if (actions.length === 0) return <p className="section-note">{t("actions-nothing")}</p>;
  return (
    <ul className="pm-actions">
      {actions.map((one) => {
        const words = [one.details.owner, one.overdueText || one.dueText].filter((part) => part !== "" && part !== "—").join(" · ");
        const inner = (
          <>
            <span className="pm-action-title">{one.details.title}</span>
            <span className={`pm-action-line${one.overdue !== null ? " tone-bad" : ""}`}>{words || one.kindText}</span>
          </>
        );
        return (
          <li key={one.id}>
            {onOpen ? <button type="button" className="pm-action" onClick={() => onOpen(one)} data-testid="action-row">{inner}</button> : <span className="pm-action">{inner}</span>}
            <Badge tone={one.tone}>{one.statusText}</Badge>
          </li>
        );
      })}
    </ul>
  );
}
