import { ChevronLeft, ChevronRight, Minus, Plus } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { IconButton } from "@/components/Button";
import { LoadingState } from "@/components/States";
import { useText } from "@/core/text";
import type { ReportPreview } from "@/core/types";
import { PdfPage } from "@/components/PdfPage";
import { openPdf, pageRatio, type Pdf } from "@/components/pdf";

interface PreviewProps {
  report: ReportPreview;
  page: number;
  onPage: (page: number) => void;
  stale: boolean;
  /** What the document is made of, beside the page. */
  sections: ReactNode;
}

/** Sizes a page can be looked at, besides the one that fits. */
const ZOOMS = [0.75, 1, 1.5, 2] as const;

/** The sections beside the page as it fits, all pages below it. */
export function Preview({ report, page, onPage, stale, sections }: PreviewProps) {
  const t = useText();
  const [opened, setOpened] = useState<{ pdf: Pdf; ratio: number; source: string } | null>(null);
  const [broken, setBroken] = useState(false);
  const [zoom, setZoom] = useState<number | null>(null);

  useEffect(() => {
    const task = openPdf(report.pdfBase64);
    let current = true;
    void (async () => {
      try {
        const pdf = await task.document;
        const ratio = await pageRatio(pdf);
        if (current) {
          setOpened({ pdf, ratio, source: report.pdfBase64 });
          setBroken(false);
        }
      } catch {
        if (current) setBroken(true);
      }
    })();
    return () => {
      current = false;
      task.close();
    };
  }, [report.pdfBase64]);

  if (broken) return <p className="call bad" role="alert">{t("review-preview-broken")}</p>;
  if (!opened) return <LoadingState label={t("review-opening")} />;
  const count = opened.pdf.numPages;
  const shown = Math.min(page, count - 1);
  const name = (index: number): string => report.pages[index]?.title ?? t("review-page", { page: index + 1 });
  const step = (by: number): void => onPage(Math.max(0, Math.min(count - 1, shown + by)));
  return (
    <div className="preview">
      {sections ?? <div />}
      <div className={stale ? "preview-main stale" : "preview-main"}>
        <div className="preview-bar">
          <IconButton label={t("review-previous")} disabled={shown === 0} onClick={() => step(-1)}><ChevronLeft /></IconButton>
          <IconButton label={t("review-next")} disabled={shown === count - 1} onClick={() => step(1)} data-testid="report-next"><ChevronRight /></IconButton>
          <b className="num">{t("review-page-of", { page: shown + 1, count })}</b>
          <span className="mut truncate grow" title={name(shown)}>{name(shown)}</span>
          <IconButton label={t("review-smaller")} disabled={zoom === null} onClick={() => setZoom(smaller(zoom))}><Minus /></IconButton>
          <button type="button" className="link-button" onClick={() => setZoom(null)} aria-pressed={zoom === null}>{zoom === null ? t("review-fit") : t("review-zoom", { percent: zoom * 100 })}</button>
          <IconButton label={t("review-larger")} disabled={zoom === ZOOMS.at(-1)} onClick={() => setZoom(larger(zoom))}><Plus /></IconButton>
        </div>
        <Sheet key={shown} zoom={zoom} ratio={opened.ratio} label={t("review-preview")}>
          <PdfPage pdf={opened.pdf} number={shown + 1} ratio={opened.ratio} label={t("review-page-label", { page: shown + 1, count, title: name(shown) })} />
        </Sheet>
        <ol className="thumbs" aria-label={t("review-pages")}>
          {Array.from({ length: count }, (_, index) => (
            <li key={index}>
              <button type="button" className={index === shown ? "thumb on" : "thumb"} aria-current={index === shown ? "page" : undefined} onClick={() => onPage(index)} data-testid={`report-thumb-${index}`}>
                <PdfPage pdf={opened.pdf} number={index + 1} ratio={opened.ratio} label="" />
                <span className="truncate" title={name(index)}>{index + 1} {name(index)}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

const larger = (zoom: number | null): number => ZOOMS.find((size) => size > (zoom ?? 0)) ?? ZOOMS[ZOOMS.length - 1] ?? 1;
const smaller = (zoom: number | null): number | null => [...ZOOMS].reverse().find((size) => size < (zoom ?? 0)) ?? null;

/** Width of a page at its own size, in CSS pixels: a slide's 13.3 inches shown at 72 a inch. */
const FULL = 960;

/** Room for a page: all of it, or a part at a chosen size. */
function Sheet({ zoom, ratio, label, children }: { zoom: number | null; ratio: number; label: string; children: ReactNode }) {
  const area = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState(0);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const room = entry?.contentRect;
      if (room) setFit(Math.max(200, Math.min(room.width, room.height / ratio)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ratio]);
  return (
    <div ref={area} className="sheet" tabIndex={0} role="region" aria-label={label}>
      <div style={{ width: zoom === null ? fit : FULL * zoom, margin: "0 auto" }}>{children}</div>
    </div>
  );
}
