import { parse, Visitor, type Message, type Resource, type VariableReference } from "@fluent/syntax";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const LOCALES = join(__dirname, "../../../src-tauri/locales");
const SOURCE = join(__dirname, "..");
const CRATES = join(__dirname, "../../../src-tauri/crates");
/** Every file but those whose words only the core writes. */
const FILES = readdirSync(join(LOCALES, "en"))
  .map((file) => file.replace(/\.ftl$/, ""))
  .filter((file) => !["cli", "figures", "quarter", "report"].includes(file));

class Variables extends Visitor {
  found = new Set<string>();
  override visitVariableReference(node: VariableReference): void {
    this.found.add(node.id.name);
  }
}

function catalogue(lang: string): Map<string, string> {
  const messages = new Map<string, string>();
  for (const file of FILES) {
    const resource: Resource = parse(readFileSync(join(LOCALES, lang, `${file}.ftl`), "utf8"), {});
    for (const entry of resource.body) {
      if (entry.type === "Junk") throw new Error(`${lang}/${file}.ftl: cannot be read near "${entry.content.slice(0, 60)}"`);
      if (entry.type !== "Message") continue;
      const message = entry as Message;
      if (messages.has(message.id.name)) throw new Error(`${lang}: ${message.id.name} is defined twice`);
      const variables = new Variables();
      variables.visit(message);
      messages.set(message.id.name, [...variables.found].sort().join(","));
    }
  }
  return messages;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "test" || name === "dev" || name === "gallery" ? [] : sources(path);
    return /\.tsx?$/.test(name) && !name.includes(".test.") ? [path] : [];
  });
}

/** The first argument of every call of `t`, up to its comma or closing bracket. */
function firstArguments(code: string): string[] {
  const found: string[] = [];
  for (const match of code.matchAll(/\b(?:t|t\.has|named)\(/g)) {
    let depth = 0;
    let at = match.index + match[0].length;
    const start = at;
    for (; at < code.length; at++) {
      const char = code[at] ?? "";
      if ("([{".includes(char)) depth += 1;
      else if (")]}".includes(char)) {
        if (depth === 0) break;
        depth -= 1;
      } else if (char === "," && depth === 0) break;
    }
    found.push(code.slice(start, at));
  }
  return found;
}

interface Used {
  ids: Set<string>;
  prefixes: Set<string>;
}

function used(): Used {
  const ids = new Set<string>();
  const prefixes = new Set<string>();
  const note = (text: string): void => {
    for (const match of text.matchAll(/`([a-z][\w-]*-)\$\{/g)) prefixes.add(match[1] ?? "");
    // Inside a template's braces stand values, not message ids.
    const plain = text.replace(/`[^`]*`/g, "").replace(/[=!]==? *"[^"]*"/g, "");
    for (const match of plain.matchAll(/"([a-z][\w-]*)"/g)) ids.add(match[1] ?? "");
  };
  for (const path of sources(SOURCE)) {
    const code = readFileSync(path, "utf8");
    for (const argument of firstArguments(code)) note(argument);
    for (const match of code.matchAll(/\bterm(?:=|: )"([\w-]+)"/g)) ids.add(`term-${match[1]}`);
    for (const match of code.matchAll(/<Term id="([\w-]+)"/g)) ids.add(`term-${match[1]}`);
    for (const match of code.matchAll(/\btitle: "(palette-[\w-]+)"/g)) ids.add(match[1] ?? "");
    for (const match of code.matchAll(/\["(key-[\w-]+)"/g)) ids.add(match[1] ?? "");
    for (const match of code.matchAll(/= `((?:error|field|issue|phase|term|tile)-)\$\{/g)) prefixes.add(match[1] ?? "");
  }
  return { ids, prefixes };
}

/** Words of the core: whole message ids, and what ids begin with, which end in a dash. */
function rustWords(folder: string): Set<string> {
  const words = new Set<string>();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) for (const word of rustWords(path)) words.add(word);
    else if (name.endsWith(".rs")) for (const match of readFileSync(path, "utf8").matchAll(/"([a-z][a-z0-9-]+)(?:"|\{)/g)) words.add(match[1] ?? "");
  }
  return words;
}

describe("catalogues", () => {
  const english = catalogue("en");
  const chinese = catalogue("zh-CN");

  it("hold the same messages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("use the same variables in each message", () => {
    const differing = [...english].filter(([id, variables]) => chinese.get(id) !== variables).map(([id]) => id);
    expect(differing).toEqual([]);
  });

  it("have every message the code asks for", () => {
    const { ids, prefixes } = used();
    expect(ids.size).toBeGreaterThan(200);
    expect([...ids].filter((id) => !english.has(id))).toEqual([]);
    expect([...prefixes].filter((prefix) => ![...english.keys()].some((id) => id.startsWith(prefix)))).toEqual([]);
  });

  it("hold nothing nobody asks for", () => {
    const { ids, prefixes } = used();
    // Codes come over the wire; the core writes some texts of its own from the same files.
    const open = [...prefixes, "error-", "field-", "issue-", "phase-", "unknown-", "note-", "token-kind-"];
    const core = rustWords(CRATES);
    open.push(...[...core].filter((word) => word.endsWith("-")));
    expect([...english.keys()].filter((id) => !ids.has(id) && !core.has(id) && !open.some((prefix) => id.startsWith(prefix)))).toEqual([]);
  });
});
