/** What a post-mortem's text is made of: Markdown, and lines of their own that stand for what the product holds. As the core parts it. */

export type Piece = { kind: "markdown"; text: string } | { kind: "timeline" } | { kind: "actions" } | { kind: "figure"; name: string };

export interface Heading {
  text: string;
  level: number;
  /** Where its line begins. */
  at: number;
}

// Words between backticks on one line are code within a sentence.
const FENCE = /^\s*(`{3,}(?!.*`)|~{3,})(.*)$/;
const DIRECTIVE = /^\s*\{\{\s*(timeline|actions|figure\s+(.+?))\s*\}\}\s*$/;

/** Lines with where they begin and whether they stand within a fenced block, its fences included. */
function* lines(text: string): Generator<{ line: string; at: number; fenced: boolean }> {
  let open: string | null = null;
  let at = 0;
  for (const line of text.split("\n")) {
    const found = FENCE.exec(line);
    const sign = found?.[1] ?? null;
    const fenced = open !== null || sign !== null;
    // A block ends with as many signs as it began with, or more.
    if (open !== null && sign !== null && sign.startsWith(open) && found?.[2]?.trim() === "") open = null;
    else if (open === null && sign !== null) open = sign;
    yield { line, at, fenced };
    at += line.length + 1;
  }
}

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let markdown: string[] = [];
  const close = (): void => {
    const joined = markdown.join("\n");
    if (joined.trim() !== "") found.push({ kind: "markdown", text: joined });
    markdown = [];
  };
  for (const { line, fenced } of lines(text)) {
    const name = fenced ? null : DIRECTIVE.exec(line);
    if (!name) {
      markdown.push(line);
      continue;
    }
    close();
    if (name[1] === "timeline" || name[1] === "actions") found.push({ kind: name[1] });
    else found.push({ kind: "figure", name: name[2] ?? "" });
  }
  close();
  return found;
}

export function outline(text: string): Heading[] {
  const found: Heading[] = [];
  for (const { line, at, fenced } of lines(text)) {
    const heading = fenced ? null : /^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/.exec(line);
    if (heading?.[2]) found.push({ text: heading[2], level: heading[1]?.length ?? 1, at });
  }
  return found;
}

const IDEOGRAPH = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/gu;

/** Words as a word processor counts them: between spaces, each Chinese, Japanese or Korean character one. */
export function words(text: string): number {
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0;
  const others = text.replace(IDEOGRAPH, " ").match(/[\p{L}\p{N}]+(?:['’\-_.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  return ideographs + others;
}
