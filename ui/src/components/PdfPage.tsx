import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { drawPage, type Pdf } from "./pdf";

/** One page of a PDF, as wide as its place. */
export function PdfPage({ pdf, number, ratio, label }: { pdf: Pdf; number: number; ratio: number; label: string }) {
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
