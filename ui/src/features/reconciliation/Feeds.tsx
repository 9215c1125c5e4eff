import { GitMerge } from "lucide-react";
import { Select } from "@/components/Select";
import { useToast } from "@/components/Toast";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { FeedBasis, FeedPairView } from "@/core/types";

/** Pairs of feeds that tell of the same traffic: which counts can be changed here, and taken back. */
export function Feeds({ feeds }: { feeds: FeedPairView[] }) {
  const t = useText();
  const toast = useToast();
  const save = useMutate("feed_pair_save");
  const undo = useMutate("undo");
  const change = ({ a, aId, b, bId }: FeedPairView, basis: FeedBasis): void =>
    save.mutate({ aId, bId, basis }, {
      onSuccess: () => toast.say(t(`feeds-${basis}-done`, { a, b }), { action: { label: t("undo"), run: () => undo.mutate(null) } }),
      onError: toast.fail,
    });
  return (
    <section aria-label={t("feeds-title")}>
      <div className="part-head"><h2 className="section-title">{t("feeds-title")}</h2></div>
      {feeds.length === 0 ? <p className="section-note">{t("feeds-none")}</p> : (
        <ul className="names" data-testid="feeds">
          {feeds.map((pair) => (
            <li key={`${pair.aId}/${pair.bId}`}>
              <GitMerge className="mut" aria-hidden="true" />
              <span className="grow name"><b className="truncate" title={`${pair.a} · ${pair.b}`}>{pair.a} · {pair.b}</b></span>
              <Select
                compact
                label={t("feeds-label", { a: pair.a, b: pair.b })}
                value={pair.basis}
                onChange={(next) => change(pair, next as FeedBasis)}
                options={[
                  { value: "this", label: t("feeds-counts", { feed: pair.a }) },
                  { value: "other", label: t("feeds-counts", { feed: pair.b }) },
                  { value: "both", label: t("feeds-both") },
                ]}
                data-testid={`feeds-${pair.aId}-${pair.bId}`}
              />
            </li>
          ))}
        </ul>
      )}
      {feeds.length === 0 ? null : <p className="section-note">{t("feeds-note")}</p>}
    </section>
  );
}
