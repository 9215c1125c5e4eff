import { useMemo } from "react";
import Library, { type Components } from "react-markdown";

/** What a model wrote is not to be trusted: no HTML, no picture, and links are only named. */
const ALLOWED = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br", "a"];

const COMPONENTS: Components = {
  // The window has its own headings; an answer's are only set in bold.
  h1: ({ children }) => <p><b>{children}</b></p>,
  h2: ({ children }) => <p><b>{children}</b></p>,
  h3: ({ children }) => <p><b>{children}</b></p>,
  h4: ({ children }) => <p><b>{children}</b></p>,
  h5: ({ children }) => <p><b>{children}</b></p>,
  h6: ({ children }) => <p><b>{children}</b></p>,
  strong: ({ children }) => <b>{children}</b>,
  a: ({ children, href }) => <span className="answer-link" title={href}>{children}</span>,
};

/** An answer as Markdown, or as it was sent. */
export function AnswerText({ text, plain }: { text: string; plain: boolean }) {
  const drawn = useMemo(() => (plain ? null : <Library components={COMPONENTS} allowedElements={ALLOWED} unwrapDisallowed skipHtml>{text}</Library>), [text, plain]);
  return plain ? <pre className="answer-plain">{text}</pre> : <div className="answer-text">{drawn}</div>;
}
