import { memo, useMemo } from "react";
import Library, { type Components } from "react-markdown";
import gfm from "remark-gfm";
import { useText } from "@/core/text";
import type { PostmortemView } from "@/core/types";
import { ActionList } from "./ActionList";
import { Figure } from "./Figure";
import { Timeline } from "./Timeline";
import { pieces } from "./pieces";

/** No HTML, no picture of another machine, and links are only named: nothing of a text runs. */
const ALLOWED = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "del", "code", "pre", "blockquote", "hr", "br", "a", "table", "thead", "tbody", "tr", "th", "td", "input"];

const COMPONENTS: Components = {
  a: ({ children, href }) => <span className="answer-link" title={href}>{children}</span>,
  // The page has the first heading.
  h1: ({ children }) => <h2>{children}</h2>,
};

/** Marks of what stays inside are signs for whoever writes. */
const shown = (text: string): string => text.replaceAll("{==", "**").replaceAll("==}", "**");

const Words = memo(function Words({ text }: { text: string }) {
  return <Library remarkPlugins={[gfm]} components={COMPONENTS} allowedElements={ALLOWED} unwrapDisallowed skipHtml>{shown(text)}</Library>;
});

/** The text as it is read, with what the product holds where it says so. */
export function Preview({ text, view }: { text: string; view: PostmortemView }) {
  const t = useText();
  const parts = useMemo(() => pieces(text), [text]);
  return (
    <article className="pm-preview" aria-label={t("postmortem-preview")} data-testid="postmortem-preview">
      {parts.map((part, at) =>
        part.kind === "markdown" ? <Words key={at} text={part.text} />
          : part.kind === "timeline" ? <Timeline key={at} view={view} />
            : part.kind === "actions" ? <ActionList key={at} actions={view.actions} />
              : <Figure key={at} id={view.id} name={part.name} />,
      )}
    </article>
  );
}
