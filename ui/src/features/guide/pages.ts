/** The guide's pages, bundled: it works with no network. */
import type { Lang } from "@/core/rpc";

const files = import.meta.glob<string>("./*/*.md", { query: "?raw", import: "default", eager: true });

export interface GuidePageText {
  /** "import" for `03-import.md`: what links name. */
  key: string;
  title: string;
  text: string;
}

export function pagesOf(lang: Lang): GuidePageText[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(`./${lang}/`))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([path, text]) => ({
      key: path.replace(/^.*\/\d+-/, "").replace(/\.md$/, ""),
      title: /^# (.+)$/m.exec(text)?.[1] ?? path,
      text,
    }));
}

export function searchPages(pages: GuidePageText[], wanted: string): { page: GuidePageText; excerpt: string }[] {
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return pages.flatMap((page) => {
    const plain = page.text.replace(/[#*`[\]]|\(#\w+\)/g, "");
    const lower = plain.toLowerCase();
    if (!words.every((word) => lower.includes(word))) return [];
    const at = Math.max(0, lower.indexOf(words[0] ?? "") - 40);
    return [{ page, excerpt: `${at > 0 ? "…" : ""}${plain.slice(at, at + 120).replace(/\s+/g, " ").trim()}…` }];
  });
}
