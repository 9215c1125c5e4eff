//! Markdown that people wrote, as blocks of a document and as HTML. Raw HTML is text, an address that is none of the web's is left
//! out, pictures of other machines are not fetched: nothing of it runs and nothing of it calls home.

use pulldown_cmark::{Alignment, CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

use crate::doc::Block;
use crate::table::{Align, Cell, TableColumn, TableSpec};

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS)
}

/// A heading of the first two levels with what stands below it; what stands before any has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub heading: String,
    pub blocks: Vec<Block>,
}

/// Is it an address a person may follow: the web's, or of mail?
pub fn is_safe_address(address: &str) -> bool {
    let plain: String = address.chars().filter(|one| !one.is_control() && !one.is_whitespace()).collect();
    let scheme = plain.split([':', '/', '?', '#']).next().unwrap_or_default().to_lowercase();
    let has_scheme = plain[scheme.len().min(plain.len())..].starts_with(':');
    plain.len() == address.trim().len() && has_scheme && matches!(scheme.as_str(), "http" | "https" | "mailto")
}

/// Markdown as HTML: elements of text alone. `picture` gives the address of a picture kept in the workspace, as data.
pub fn html(text: &str, picture: &dyn Fn(&str) -> Option<String>) -> String {
    // Of an address that is left out the words stay.
    let mut dropped = Vec::new();
    let mut hidden = 0_usize;
    let events = parser(text).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => None,
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let is_safe = is_safe_address(&dest_url);
            dropped.push(!is_safe);
            is_safe.then_some(Event::Start(Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id }))
        }
        Event::End(TagEnd::Link) => (!dropped.pop().unwrap_or(false)).then_some(Event::End(TagEnd::Link)),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => match picture(&dest_url) {
            Some(data) => Some(Event::Start(Tag::Image { link_type, dest_url: data.into(), title, id })),
            None => {
                hidden += 1;
                None
            }
        },
        Event::End(TagEnd::Image) if hidden > 0 => {
            hidden -= 1;
            None
        }
        // What a fenced block says of itself becomes a class: words of a stranger do not.
        Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented))),
        other => Some(other),
    });
    let mut out = String::new();
    push_html(&mut out, events);
    out
}

/// Markdown as parts of a document.
pub fn parts(text: &str) -> Vec<Part> {
    let mut reader = Reader::default();
    for event in parser(text) {
        reader.take(event);
    }
    reader.flush();
    reader.parts
}

#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    /// What is being read, as words.
    words: String,
    /// Marks of the lists that are open: the next number, or none.
    lists: Vec<Option<u64>>,
    items: Vec<String>,
    /// An item has begun and nothing of it was read yet.
    fresh: bool,
    /// A heading of a part is being read, or one within it.
    heading: Option<bool>,
    table: Option<TableSpec>,
    row: Vec<Cell>,
    links: Vec<String>,
}

impl Reader {
    fn block(&mut self, block: Block) {
        match self.parts.last_mut() {
            Some(part) => part.blocks.push(block),
            None => self.parts.push(Part { heading: String::new(), blocks: vec![block] }),
        }
    }

    /// Ends the paragraph, item or lines being read.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words).trim().to_owned();
        if words.is_empty() {
            return;
        }
        match self.lists.last_mut() {
            // A second paragraph of an item goes on with it.
            Some(_) if !self.fresh && !self.items.is_empty() => {
                if let Some(last) = self.items.last_mut() {
                    last.push(' ');
                    last.push_str(&words);
                }
            }
            Some(number) => {
                self.fresh = false;
                let said = match number {
                    Some(next) => {
                        let said = format!("{next}. {words}");
                        *next += 1;
                        said
                    }
                    None => words,
                };
                self.items.push(said);
            }
            None => self.block(Block::Paragraph { text: words }),
        }
    }

    fn flush_items(&mut self) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            self.block(Block::Bullets { items });
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.flush();
                self.heading = Some(level <= pulldown_cmark::HeadingLevel::H2);
            }
            Event::End(TagEnd::Heading(_)) => {
                let words = std::mem::take(&mut self.words).trim().to_owned();
                if self.heading.take() == Some(true) {
                    self.parts.push(Part { heading: words, blocks: Vec::new() });
                } else if !words.is_empty() {
                    self.block(Block::Paragraph { text: words });
                }
            }
            Event::Start(Tag::List(first)) => {
                self.flush();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.flush();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.flush_items();
                }
            }
            Event::Start(Tag::Item) => {
                self.flush();
                self.fresh = true;
            }
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::HtmlBlock) => self.flush(),
            Event::Start(Tag::CodeBlock(_)) => self.flush(),
            Event::End(TagEnd::CodeBlock) => {
                // Each line of code stays a line.
                for line in std::mem::take(&mut self.words).lines().filter(|line| !line.trim().is_empty()) {
                    self.block(Block::Paragraph { text: line.to_owned() });
                }
            }
            Event::Start(Tag::Table(alignments)) => {
                self.flush();
                let align = |one: &Alignment| if *one == Alignment::Right { Align::Right } else { Align::Left };
                let columns = alignments
                    .iter()
                    .map(|one| TableColumn { title: String::new(), align: align(one), weight: 1.0 })
                    .collect();
                self.table = Some(TableSpec { columns, rows: Vec::new(), total: None });
            }
            Event::End(TagEnd::TableCell) => {
                let words = std::mem::take(&mut self.words);
                self.row.push(Cell::plain(words.trim()));
            }
            Event::End(TagEnd::TableHead) => {
                let titles = std::mem::take(&mut self.row);
                for (column, title) in self.table.iter_mut().flat_map(|table| &mut table.columns).zip(titles) {
                    column.title = title.text;
                }
            }
            Event::End(TagEnd::TableRow) => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            Event::End(TagEnd::Table) => {
                if let Some(mut table) = self.table.take() {
                    weigh(&mut table);
                    self.block(Block::Table { table });
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.links.push(dest_url.into_string()),
            Event::End(TagEnd::Link) => {
                if let Some(address) = self.links.pop()
                    && is_safe_address(&address)
                    && !self.words.ends_with(&address)
                {
                    self.words.push_str(&format!(" ({address})"));
                }
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::TaskListMarker(done) => self.words.push_str(if done { "☑ " } else { "☐ " }),
            _ => {}
        }
    }
}

/// Columns are as wide as their longest words ask, none more than six times another.
fn weigh(table: &mut TableSpec) {
    for at in 0..table.columns.len() {
        let longest = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.chars().count());
        let longest = longest.max().unwrap_or(0).max(table.columns[at].title.chars().count());
        table.columns[at].weight = longest.clamp(8, 48) as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_runs() {
        let none = |_: &str| None;
        for (text, expected) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](  JaVa\tScript:alert(1))", "<p>[x](  JaVa\tScript:alert(1))</p>\n"),
            ("[x](&#106;avascript:alert(1))", "<p>x</p>\n"),
            ("[x](data:text/html,1)", "<p>x</p>\n"),
            ("[x](//evil.example)", "<p>x</p>\n"),
            ("![seen](https://evil.example/a.png)", "<p>seen</p>\n"),
            (
                "[x](https://a.example/?q=\"><script>)",
                "<p><a href=\"https://a.example/?q=%22%3E%3Cscript%3E\">x</a></p>\n",
            ),
            ("```\"><script>\nx\n```", "<pre><code>x\n</code></pre>\n"),
        ] {
            assert_eq!(html(text, &none), expected, "{text}");
        }
        let kept = |address: &str| (address == "attachment:1").then(|| "data:image/png;base64,AA==".to_owned());
        assert_eq!(html("![a](attachment:1)", &kept), "<p><img src=\"data:image/png;base64,AA==\" alt=\"a\" /></p>\n");
    }

    #[test]
    fn a_text_is_parts_of_a_document() {
        let text = "before\n\n## One\n\nA *b* `c`\nd\n\n- x\n- y\n  1. z\n\n### Small\n\n| Time | What |\n|--:|---|\n| 13:02 | A long one |\n\n```\nl1\nl2\n```\n\n## Two\n[w](https://x.example) <i>";
        let found = parts(text);
        let headings: Vec<&str> = found.iter().map(|part| part.heading.as_str()).collect();
        assert_eq!(headings, ["", "One", "Two"]);
        let paragraph = |text: &str| Block::Paragraph { text: text.to_owned() };
        assert_eq!(found[0].blocks, [paragraph("before")]);
        assert_eq!(found[1].blocks[0], paragraph("A b c d"));
        assert_eq!(found[1].blocks[1], Block::Bullets { items: vec!["x".into(), "y".into(), "1. z".into()] });
        assert_eq!(found[1].blocks[2], paragraph("Small"));
        let Block::Table { table } = &found[1].blocks[3] else { panic!("{:?}", found[1].blocks) };
        assert_eq!((table.columns[0].title.as_str(), table.columns[0].align), ("Time", Align::Right));
        assert_eq!(table.rows[0][1].text, "A long one");
        assert_eq!(found[1].blocks[4..], [paragraph("l1"), paragraph("l2")]);
        assert_eq!(found[2].blocks, [paragraph("w (https://x.example) <i>")]);
        let list = parts("1. first\n\n   more\n2. second\n3. third");
        let items = ["1. first more", "2. second", "3. third"].map(str::to_owned).to_vec();
        assert_eq!(list[0].blocks, [Block::Bullets { items }]);
    }
}
