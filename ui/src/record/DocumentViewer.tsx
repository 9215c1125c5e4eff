import { ChevronLeft, ChevronRight, Download } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { PdfPage } from "@/components/PdfPage";
import { openPdf, pageRatio, type Pdf } from "@/components/pdf";
import { ErrorNote, LoadingState } from "@/components/States";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Attachment, AttachmentContent } from "@/core/types";

/** A document as it is, in the window: nothing is run, nothing is fetched. */
export function DocumentViewer({ file, onClose, onCopy }: { file: Attachment; onClose: () => void; onCopy: () => void }) {
  const t = useText();
  const content = useRpc("attachment_content", { id: file.id }, { keep: false });
  return (
    <Dialog open wide onClose={onClose} title={file.name} footer={<Button icon={<Download />} onClick={onCopy}>{t("document-save")}</Button>}>
      <ErrorNote error={content.error} />
      {content.data ? <Sight content={content.data} /> : content.error ? null : <LoadingState />}
    </Dialog>
  );
}

function Sight({ content }: { content: AttachmentContent }) {
  const t = useText();
  switch (content.sight) {
    case "pdf":
      return <PdfSight data={content.data} name={content.name} />;
    case "image":
      return <img className="document-image" src={`data:${content.mediaType};base64,${content.data}`} alt={content.name} />;
    case "text":
      return <pre className="document-text" tabIndex={0}>{content.text}</pre>;
    default:
      return <p className="section-note">{t("document-unreadable")}</p>;
  }
}

function PdfSight({ data, name }: { data: string; name: string }) {
  const t = useText();
  const [opened, setOpened] = useState<{ pdf: Pdf; ratio: number } | null>(null);
  const [broken, setBroken] = useState(false);
  const [page, setPage] = useState(1);
  useEffect(() => {
    const task = openPdf(data);
    let current = true;
    void (async () => {
      try {
        const pdf = await task.document;
        const ratio = await pageRatio(pdf);
        if (current) setOpened({ pdf, ratio });
      } catch {
        if (current) setBroken(true);
      }
    })();
    return () => {
      current = false;
      task.close();
    };
  }, [data]);
  if (broken) return <p className="call bad" role="alert">{t("document-unreadable")}</p>;
  if (!opened) return <LoadingState />;
  const pages = opened.pdf.numPages;
  return (
    <div className="stack">
      <div className="row">
        <IconButton label={t("review-previous")} disabled={page === 1} onClick={() => setPage(page - 1)}><ChevronLeft /></IconButton>
        <IconButton label={t("review-next")} disabled={page === pages} onClick={() => setPage(page + 1)} data-testid="document-next"><ChevronRight /></IconButton>
        <span className="num mut">{t("document-page", { page, pages })}</span>
      </div>
      <div className="document-page"><PdfPage key={page} pdf={opened.pdf} number={page} ratio={opened.ratio} label={`${name}, ${t("document-page", { page, pages })}`} /></div>
    </div>
  );
}
