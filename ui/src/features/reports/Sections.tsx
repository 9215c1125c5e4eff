import { GripVertical, MessageSquareDashed } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { Checkbox } from "@/components/Checks";
import { ErrorNote } from "@/components/States";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { DocumentView, ReportPreview, SectionView } from "@/core/types";

interface SectionsProps {
  view: DocumentView;
  report: ReportPreview;
  page: number;
  onPage: (page: number) => void;
}

/** Pages that are no section: those before the first section, and those behind it. */
function around(view: DocumentView, report: ReportPreview): { before: string[]; behind: string[] } {
  const isSection = (id: string): boolean => view.sections.some((section) => section.id === id);
  const first = report.pages.findIndex((page) => isSection(page.id));
  const ids = (pages: ReportPreview["pages"]): string[] => [...new Set(pages.map((page) => page.id).filter((id) => !isSection(id)))];
  return first < 0 ? { before: ids(report.pages), behind: [] } : { before: ids(report.pages.slice(0, first)), behind: ids(report.pages.slice(first)) };
}

/** The pages a section takes: "3", "5–6". */
function pagesOf(report: ReportPreview, id: string): number[] {
  return report.pages.flatMap((page, index) => (page.id === id ? [index] : []));
}
const spoken = (pages: number[]): string => {
  const [first, last] = [pages[0], pages.at(-1)];
  if (first === undefined || last === undefined) return "";
  return first === last ? String(first + 1) : `${first + 1}–${last + 1}`;
};

/** What the document is made of: ticked, dragged, or moved with Alt and the arrows. */
export function Sections({ view, report, page, onPage }: SectionsProps) {
  const t = useText();
  const arrange = useMutate("document_arrange");
  const [dragged, setDragged] = useState<string | null>(null);
  const chosen = view.sections.filter((section) => section.chosen).map((section) => section.id);
  const keep = (sections: string[]): void => arrange.mutate({ document: view.document, sections });
  const { before, behind } = around(view, report);
  const written = (id: string): boolean => view.passages.some((passage) => passage.section === id && passage.text !== "");

  const move = (id: string, to: number): void => {
    const rest = chosen.filter((other) => other !== id);
    keep([...rest.slice(0, to), id, ...rest.slice(to)]);
  };
  const onKeyDown = (event: KeyboardEvent, id: string): void => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const at = chosen.indexOf(id);
    const to = at + step;
    if (step === 0 || !event.altKey || at < 0 || to < 0 || to >= chosen.length) return;
    event.preventDefault();
    move(id, to);
  };
  const fixed = (id: string) => {
    const pages = pagesOf(report, id);
    const first = pages[0];
    if (first === undefined) return null;
    return (
      <li key={id} className={pages.includes(page) ? "section-row on" : "section-row"}>
        <span className="section-grip" />
        <button type="button" className="section-name truncate" title={report.pages[first]?.title} onClick={() => onPage(first)}>{report.pages[first]?.title}</button>
        <span className="mut num">{spoken(pages)}</span>
      </li>
    );
  };
  const row = (section: SectionView) => {
    const pages = pagesOf(report, section.id);
    const first = pages[0];
    return (
      <li
        key={section.id}
        className={`section-row${pages.includes(page) ? " on" : ""}${dragged === section.id ? " dragged" : ""}`}
        draggable={section.chosen}
        onDragStart={() => setDragged(section.id)}
        onDragEnd={() => setDragged(null)}
        onDragOver={(event) => dragged !== null && section.chosen && event.preventDefault()}
        onDrop={() => {
          if (dragged !== null && dragged !== section.id) move(dragged, chosen.indexOf(section.id));
          setDragged(null);
        }}
        onKeyDown={(event) => onKeyDown(event, section.id)}
        data-testid={`section-${section.id}`}
      >
        <span className="section-grip" aria-hidden="true">{section.chosen ? <GripVertical /> : null}</span>
        <Checkbox
          label={<span className="visually-hidden">{section.name}</span>}
          checked={section.chosen}
          onChange={(on) => keep(on ? [...chosen, section.id] : chosen.filter((id) => id !== section.id))}
          data-testid={`section-${section.id}-on`}
        />
        <button type="button" className="section-name truncate" title={section.name} disabled={first === undefined} onClick={() => first !== undefined && onPage(first)}>{section.name}</button>
        {section.chosen && !written(section.id) ? <span className="section-unwritten" title={t("review-no-commentary")}><MessageSquareDashed aria-label={t("review-no-commentary")} /></span> : null}
        <span className="mut num">{spoken(pages)}</span>
      </li>
    );
  };
  return (
    <nav className="sections" aria-label={t("review-sections")}>
      <div className="row">
        <h2 className="section-title grow">{t("review-sections")}</h2>
        <span className="faint">{t("review-sections-count", { chosen: chosen.length, all: view.sections.length })}</span>
      </div>
      <ol>
        {before.map(fixed)}
        {view.sections.map(row)}
        {behind.map(fixed)}
      </ol>
      <p className="section-note">{t("review-sections-hint")}</p>
      <ErrorNote error={arrange.error} />
    </nav>
  );
}
