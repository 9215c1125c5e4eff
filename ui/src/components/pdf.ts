/** The preview is the PDF itself. The legacy build runs in the system web views; no evaluation, no remote data. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = workerUrl;

export type Pdf = PDFDocumentProxy;

export interface OpenedPdf {
  document: Promise<Pdf>;
  close: () => void;
}

export function openPdf(base64: string): OpenedPdf {
  const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const task = getDocument({ data, isEvalSupported: false, useWasm: false, disableFontFace: false, useSystemFonts: false });
  return { document: task.promise, close: () => void task.destroy() };
}

/** Draws one page at the width it is shown with, sharp on dense displays. Returns a way to stop. */
export function drawPage(pdf: Pdf, number: number, canvas: HTMLCanvasElement, width: number): () => void {
  let stopped = false;
  let cancel: (() => void) | null = null;
  void (async () => {
    const page = await pdf.getPage(number);
    if (stopped) return;
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: (width / natural.width) * Math.min(3, window.devicePixelRatio || 1) });
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    const task = page.render({ canvas, viewport });
    cancel = () => task.cancel();
    try {
      await task.promise;
    } catch {
      // Cancelled because the page left the screen.
    }
  })();
  return () => {
    stopped = true;
    cancel?.();
  };
}

export async function pageRatio(pdf: Pdf): Promise<number> {
  const page = await pdf.getPage(1);
  const { width, height } = page.getViewport({ scale: 1 });
  return height / width;
}
