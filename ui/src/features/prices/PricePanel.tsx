import { CircleX } from "lucide-react";
import { useMemo, useState } from "react";
import { Chart } from "@/charts/Chart";
import { Tag } from "@/components/Badge";
import { IconButton } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { AlertDialog, SidePanel } from "@/components/Dialog";
import { ErrorState, LoadingState } from "@/components/States";
import { Term } from "@/components/Tooltip";
import { useToast } from "@/components/Toast";
import { shortSource, useFormat, type Format } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText, type Text } from "@/core/text";
import type { PriceHistory, PriceRow, Rates } from "@/core/types";

interface Chosen {
  provider: string;
  model: string;
  tier: string;
}

export function PricePanel({ chosen, onClose, onTier }: { chosen: Chosen | null; onClose: () => void; onTier: (tier: string) => void }) {
  const t = useText();
  const history = useRpc("price_history", chosen ?? { provider: "", model: "", tier: "" }, { enabled: chosen !== null, keep: false });
  return (
    <SidePanel wide open={chosen !== null} onClose={onClose} title={chosen?.model ?? ""} note={history.data?.vendorName ?? chosen?.provider}>
      {history.data ? <Body history={history.data} onTier={onTier} /> : history.error ? <ErrorState inline error={history.error} /> : <LoadingState />}
      <p className="section-note price-note">{t("price-history-note")}</p>
    </SidePanel>
  );
}

function Body({ history, onTier }: { history: PriceHistory; onTier: (tier: string) => void }) {
  const t = useText();
  return (
    <div className="stack">
      {history.tiers.length > 1 ? (
        <Segmented label={t("price-tier")} value={history.tier} onChange={onTier} choices={history.tiers.map((tier) => ({ value: tier, label: t.has(`tier-${tier}`) ? t(`tier-${tier}`) : tier }))} />
      ) : null}
      <Chart spec={history.chart} height={220} testid="price-history" />
      <ul className="price-rows">
        {history.rows.map((row) => <HistoryRow key={row.id} row={row} applies={row.id === history.applies} />)}
      </ul>
    </div>
  );
}

const KINDS: { key: keyof Rates; id: string }[] = [
  { key: "input", id: "input" }, { key: "cacheRead", id: "cache-read" }, { key: "cacheWrite5m", id: "cache-write-5m" }, { key: "cacheWrite1h", id: "cache-write-1h" }, { key: "output", id: "output" },
  { key: "inputAudio", id: "input-audio" }, { key: "inputImage", id: "input-image" }, { key: "outputAudio", id: "output-audio" }, { key: "outputImage", id: "output-image" },
];

function RateList({ rates, t, format }: { rates: Rates; t: Text; format: Format }) {
  return (
    <dl className="rate-list">
      {KINDS.filter(({ key }) => rates[key] !== null).map(({ key, id }) => (
        <div key={key}>
          <dt><Term id={`rate-${id}`}>{t(`rate-${id}`)}</Term></dt>
          <dd>{format.decimal(rates[key], 2)}</dd>
        </div>
      ))}
    </dl>
  );
}

function HistoryRow({ row, applies }: { row: PriceRow; applies: boolean }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const close = useMutate("price_close");
  const undo = useMutate("undo");
  const [asked, setAsked] = useState(false);
  const place = useMemo(() => [row.channel !== "direct" ? row.channel : "", row.region].filter((part) => part !== "").join(" · "), [row]);
  return (
    <li>
      <div className="row">
        <b className="grow">
          {row.from ? format.instantDay(row.from) : t("since-ever")} – {row.to ? format.instantDay(row.to) : t(applies ? "price-in-force" : "price-no-end")}
        </b>
        <Tag accent={row.layer !== "list"}>{t(`layer-${row.layer}`)}</Tag>
        {row.to === null && row.layer === "override" ? <IconButton label={t("price-close")} onClick={() => setAsked(true)}><CircleX /></IconButton> : null}
      </div>
      <RateList rates={row.rates} t={t} format={format} />
      {row.contextTiers.map((tier) => (
        <div key={tier.aboveTokens}>
          <div className="section-note">{t("price-above", { tokens: format.count(tier.aboveTokens) })}</div>
          <RateList rates={tier.rates} t={t} format={format} />
        </div>
      ))}
      <div className="section-note" title={row.source}>{[row.currency, place, shortSource(row.source), row.basis].filter((part) => part !== "").join(" · ")}</div>
      <AlertDialog
        open={asked}
        onClose={() => setAsked(false)}
        onConfirm={() =>
          close.mutate(
            { id: row.id, at: new Date().toISOString() },
            { onSuccess: () => toast.say(t("price-closed", { model: row.model }), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail },
          )
        }
        title={t("price-close-title")}
        text={t("price-close-text")}
        confirm={t("price-close")}
      />
    </li>
  );
}
