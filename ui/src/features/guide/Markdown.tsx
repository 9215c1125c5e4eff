import { useMemo } from "react";
import Library, { type Components } from "react-markdown";

/** No picture is fetched, no HTML is taken over; what is not named here is shown as its text. */
const ALLOWED = ["h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br", "a"];
const PAGE = /^#([\w-]+)$/;

/** The guide's pages as the window shows them. A link leads to another page of the guide, or nowhere. */
export function Markdown({ text, onLink }: { text: string; onLink: (key: string) => void }) {
  const components = useMemo<Components>(
    () => ({
      // The window has its own first heading.
      h1: ({ children }) => <h2>{children}</h2>,
      h2: ({ children }) => <h3>{children}</h3>,
      h3: ({ children }) => <h4>{children}</h4>,
      strong: ({ children }) => <b>{children}</b>,
      a: ({ href, children }) => {
        const page = PAGE.exec(href ?? "")?.[1];
        return page ? <button type="button" className="link-button" onClick={() => onLink(page)}>{children}</button> : <>{children}</>;
      },
    }),
    [onLink],
  );
  return <Library components={components} allowedElements={ALLOWED} unwrapDisallowed skipHtml>{text}</Library>;
}
