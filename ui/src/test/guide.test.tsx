/** The guide's pages: everything they are written with, and nothing that leaves the window. */
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Markdown } from "@/features/guide/Markdown";
import { pagesOf } from "@/features/guide/pages";

it("draws headings, lists, emphasis and links between pages", async () => {
  const onLink = vi.fn();
  const { container } = render(<Markdown onLink={onLink} text={"# Prices\n\n## In force\n\nA **bold** word, an *odd* one,\nand `code`; see [imports](#import).\n\n- one\n- two\n\n1. first"} />);
  expect(container.innerHTML).toBe(
    '<h2>Prices</h2>\n<h3>In force</h3>\n<p>A <b>bold</b> word, an <em>odd</em> one,\nand <code>code</code>; see <button type="button" class="link-button">imports</button>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<ol>\n<li>first</li>\n</ol>',
  );
  await userEvent.setup().click(screen.getByRole("button", { name: "imports" }));
  expect(onLink.mock.calls).toEqual([["import"]]);
});

it("takes over no HTML, fetches no picture and leads nowhere else", () => {
  const { container } = render(<Markdown onLink={() => undefined} text={'<script>x</script><b onclick="x">raw</b>\n\n![seen](https://example.com/a.png) [out](https://example.com) [run](javascript:x)'} />);
  expect(container.querySelector("script, img, a, [onclick], button")).toBeNull();
  expect(container.textContent).toContain("out run");
});

it.each(["en", "zh-CN"] as const)("leaves no mark of Markdown in a page of the guide in %s", (lang) => {
  const pages = pagesOf(lang);
  expect(pages.length).toBeGreaterThan(8);
  for (const page of pages) {
    const { container, unmount } = render(<Markdown text={page.text} onLink={() => undefined} />);
    expect(container.textContent).not.toMatch(/\*\*|\]\(|^#|`/m);
    unmount();
  }
});
