import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { LoadingState } from "@/components/States";
import { useText } from "@/core/text";
import type { ReportPreview } from "@/core/types";
import { drawPage, openPdf, pageRatio, type Pdf } from "./pdf";

interface PreviewProps {
  report: ReportPreview;
  page: number;
  onPage: (page: number) => void;
  stale: boolean;
}

/** Thumbnails on the left, the page itself beside them. */
export function Preview({ report, page, onPage, stale }: PreviewProps) {
  const t = useText();
  const [opened, setOpened] = useState<{ pdf: Pdf; ratio: number; source: string } | null>(null);
  const [broken, setBroken] = useState(false);

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
  return (
    <div className={stale ? "preview stale" : "preview"}>
      <ol className="thumbs" aria-label={t("review-pages")}>
        {Array.from({ length: count }, (_, index) => (
          <li key={index}>
            <button type="button" className={index === shown ? "thumb on" : "thumb"} aria-current={index === shown ? "page" : undefined} onClick={() => onPage(index)} data-testid={`report-thumb-${index}`}>
              <PageCanvas pdf={opened.pdf} number={index + 1} ratio={opened.ratio} label="" />
              <span>{index + 1} · {name(index)}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className="sheet" tabIndex={0} role="region" aria-label={t("review-preview")}>
        <PageCanvas key={shown} pdf={opened.pdf} number={shown + 1} ratio={opened.ratio} label={t("review-page-label", { page: shown + 1, count, title: name(shown) })} />
      </div>
    </div>
  );
}

/** One page. A canvas cannot be reused while it is drawn on: give every page shown a key of its own. */
function PageCanvas({ pdf, number, ratio, label }: { pdf: Pdf; number: number; ratio: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    if (!element || width === 0) return;
    return drawPage(pdf, number, element, width);
  }, [pdf, number, width]);
  return <canvas ref={canvas} className="page-canvas" style={{ aspectRatio: `1 / ${ratio}` }} {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })} />;
}
