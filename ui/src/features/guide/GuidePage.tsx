import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { PageHeader } from "@/components/PageHeader";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { Markdown } from "./Markdown";
import { pagesOf, searchPages } from "./pages";
import "./guide.css";

export function GuidePage({ page }: { page: string | null }) {
  const t = useText();
  const navigate = useNavigate();
  const status = useRpc("workspace_status", null);
  const pages = useMemo(() => pagesOf(t.lang), [t.lang]);
  const [text, setText] = useState("");
  const body = useRef<HTMLElement>(null);
  const current = pages.find((item) => item.key === page) ?? pages[0];
  const found = text.trim() === "" ? null : searchPages(pages, text);
  const go = (key: string): void => void navigate({ to: "/guide", search: { page: key } });
  useEffect(() => body.current?.scrollTo({ top: 0 }), [current?.key]);

  return (
    <div className="page">
      <PageHeader
        crumb={status.data?.state === "open" ? "Quarterdeck" : <Link to="/" search={{}}>{t("guide-back")}</Link>}
        title={t("nav-guide")}
      />
      <div className="guide">
        <nav aria-label={t("guide-contents")}>
          <input className="input" type="search" placeholder={t("guide-search")} aria-label={t("guide-search")} value={text} onChange={(event) => setText(event.target.value)} data-testid="guide-search" />
          {found ? <p className="section-note" aria-live="polite">{found.length > 0 ? t("guide-results", { count: found.length }) : t("guide-none", { text: text.trim() })}</p> : null}
          <ul>
            {(found ?? pages.map((item) => ({ page: item, excerpt: "" }))).map((item) => (
              <li key={item.page.key}>
                <button type="button" className={item.page.key === current?.key ? "guide-link on" : "guide-link"} aria-current={item.page.key === current?.key ? "page" : undefined} onClick={() => go(item.page.key)}>
                  {item.page.title}
                  {item.excerpt ? <span className="faint">{item.excerpt}</span> : null}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <article ref={body} className="guide-text" tabIndex={0} aria-label={current?.title}>
          {current ? <Markdown text={current.text} onLink={go} /> : null}
        </article>
      </div>
    </div>
  );
}
