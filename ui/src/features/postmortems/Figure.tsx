import { LaterChart } from "@/charts/LaterChart";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";

/** A figure the text has a line for: live while it is written, frozen once it is approved. */
export function Figure({ id, name }: { id: string; name: string }) {
  const t = useText();
  const figure = useRpc("postmortem_figure", { id, name });
  if (figure.data === undefined) return null;
  if (figure.data === null) return <p className="section-note" data-testid="figure-nothing">{t("figure-nothing")}</p>;
  return <LaterChart spec={figure.data} height={220} />;
}
