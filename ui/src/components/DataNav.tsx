import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useText } from "@/core/text";
import "./Page.css";

const PAGES = [
  { key: "reconciliation", path: "/data/reconciliation" },
  { key: "imports", path: "/imports" },
] as const;

/** The link that led here is gone with its page: the keyboard goes on from the same place on the next. */
const moved = { on: false };

/** The pages of Data beside each other. */
export function DataNav({ current }: { current: (typeof PAGES)[number]["key"] }) {
  const t = useText();
  const here = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (moved.on) here.current?.focus();
    moved.on = false;
  }, []);
  return (
    <nav className="sub-nav tab-list" aria-label={t("nav-data")}>
      {PAGES.map(({ key, path }) => (
        <Link
          key={key}
          ref={key === current ? here : null}
          to={path}
          search={{}}
          className="tab"
          data-testid={`sub-${key}`}
          {...(key === current ? { "data-active": "", "aria-current": "page" as const } : {})}
          onClick={() => {
            moved.on = key !== current;
          }}
        >
          <span className="tab-label" data-text={t(`nav-${key}`)}><span>{t(`nav-${key}`)}</span></span>
        </Link>
      ))}
    </nav>
  );
}
