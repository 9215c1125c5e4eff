import { ClipboardCopy } from "lucide-react";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { useToast } from "@/components/Toast";
import { copyText, fileError } from "@/core/files";
import { useText } from "@/core/text";
import type { SlaCredit } from "@/core/types";

/** What a vendor owes for downtime, month by month, with a letter that claims it. */
export function SlaCredits({ credits }: { credits: SlaCredit[] }) {
  const t = useText();
  const toast = useToast();
  if (credits.length === 0) return null;
  const copy = (letter: string): void => {
    copyText(letter).then(() => toast.say(t("contract-credits-copied")), (cause: unknown) => toast.fail(fileError(cause)));
  };
  return (
    <section className="stack tight" data-testid="sla-credits">
      <h2 className="section-title">{t("contract-credits")}</h2>
      <p className="section-note">{t("contract-credits-note")}</p>
      <table className="sla-credits">
        <thead><tr><th>{t("contract-credits-month")}</th><th className="num">{t("contract-credits-uptime")}</th><th className="num">{t("contract-credits-down")}</th><th>{t("nav-incidents")}</th><th className="num">{t("contract-credits-amount")}</th><th>{t("contract-credits-claim")}</th><th /></tr></thead>
        <tbody>
          {credits.map((one) => (
            <tr key={one.month}>
              <td>{one.monthText}</td><td className="num">{one.uptimeText}</td><td className="num">{one.downtimeText}</td><td>{one.incidents}</td>
              <td className="num"><b>{one.amountText}</b> <span className="mut">{one.shareText}</span></td>
              <td><Badge tone={one.tone}>{one.claimText}</Badge></td>
              <td className="num">{one.open ? <Button icon={<ClipboardCopy />} onClick={() => copy(one.letter)} data-testid={`sla-letter-${one.month}`}>{t("contract-credits-letter")}</Button> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
