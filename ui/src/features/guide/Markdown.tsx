import { Fragment, type ReactNode } from "react";

type OnLink = (key: string) => void;

/** The little Markdown our own pages use: headings, paragraphs, lists, bold, emphasis, code, links between pages. */
export function Markdown({ text, onLink }: { text: string; onLink: OnLink }) {
  const blocks: ReactNode[] = [];
  const lines = text.split("\n");
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? "";
    const heading = /^(#{1,3}) (.+)$/.exec(line);
    const item = /^(- |\d+\. )/.exec(line);
    if (line.trim() === "") {
      index += 1;
    } else if (heading) {
      const Tag = heading[1] === "#" ? "h2" : heading[1] === "##" ? "h3" : "h4";
      blocks.push(<Tag key={index}>{inline(heading[2] ?? "", onLink)}</Tag>);
      index += 1;
    } else if (item) {
      const ordered = item[1] !== "- ";
      const items: string[] = [];
      while (/^(- |\d+\. )/.test(lines[index] ?? "")) {
        items.push((lines[index] ?? "").replace(/^(- |\d+\. )/, ""));
        index += 1;
      }
      const List = ordered ? "ol" : "ul";
      blocks.push(<List key={`l${index}`}>{items.map((each, at) => <li key={at}>{inline(each, onLink)}</li>)}</List>);
    } else {
      const paragraph: string[] = [];
      while ((lines[index] ?? "").trim() !== "" && !/^(#|- |\d+\. )/.test(lines[index] ?? "")) {
        paragraph.push(lines[index] ?? "");
        index += 1;
      }
      blocks.push(<p key={`p${index}`}>{inline(paragraph.join(" "), onLink)}</p>);
    }
  }
  return <>{blocks}</>;
}

const INLINE = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|\[[^\]]+\]\(#[\w-]+\))/;

function inline(text: string, onLink: OnLink): ReactNode {
  return text.split(INLINE).map((part, index) => {
    if (part.startsWith("**")) return <b key={index}>{part.slice(2, -2)}</b>;
    if (part.startsWith("*") && part.length > 2) return <em key={index}>{part.slice(1, -1)}</em>;
    if (part.startsWith("`")) return <code key={index}>{part.slice(1, -1)}</code>;
    const link = /^\[([^\]]+)\]\(#([\w-]+)\)$/.exec(part);
    if (link) return <button key={index} type="button" className="link-button" onClick={() => onLink(link[2] ?? "")}>{link[1]}</button>;
    return <Fragment key={index}>{part}</Fragment>;
  });
}
