import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/Button";
import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { CitedFigure } from "@/core/types";

interface FiguresProps {
  /** What the page shows now. */
  figures: CitedFigure[];
  /** What was cited, as it read when it was written. */
  cited: CitedFigure[];
  written: { headline: string; text: string };
  onUse: (was: string, now: string) => void;
  onKeep: (label: string) => void;
}

/** Figures on this page: what is cited and reads otherwise by now first, each to be used or kept; then all there are. */
export function Figures({ figures, cited, written, onUse, onKeep }: FiguresProps) {
  const t = useText();
  const format = useFormat();
  const whole = `${written.headline}\n${written.text}`;
  const moved = cited.flatMap((was) => {
    const now = figures.find((figure) => figure.label === was.label);
    // Where another figure of the page reads as was written, that one may have been meant.
    const elsewhere = figures.some((figure) => figure.text === was.text);
    return now && now.text !== was.text && !elsewhere && whole.includes(was.text) ? [{ was, now }] : [];
  });
  if (figures.length === 0) return null;
  return (
    <section className="stack page-figures">
      {moved.map(({ was, now }) => (
        <div key={was.label} className="call warn moved-figure" role="status" data-testid="moved-figure">
          <div><TriangleAlert size={14} aria-hidden="true" /> {t("review-figure-moved", { label: was.label, was: was.text, now: now.text })}</div>
          <div className="row">
            <Button onClick={() => onUse(was.text, now.text)} data-testid="figure-use">{t("review-figure-use", { now: now.text })}</Button>
            <Button look="quiet" onClick={() => onKeep(was.label)} data-testid="figure-keep">{t("review-figure-keep", { was: was.text })}</Button>
          </div>
        </div>
      ))}
      <details>
        <summary>{t("review-figures", { count: format.count(figures.length) })}</summary>
        <dl className="page-figure-list">
          {figures.map((figure) => (
            <div key={figure.label}><dt className="truncate" title={figure.label}>{figure.label}</dt><dd className="num">{figure.text}</dd></div>
          ))}
        </dl>
      </details>
    </section>
  );
}
