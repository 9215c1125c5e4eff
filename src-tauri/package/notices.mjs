/**
 * The notices of everything a package of Quarterdeck holds: crates and npm packages as the lock files pin them, fonts, data.
 * usage: node src-tauri/package/notices.mjs [OUT.txt]; without a file it only checks.
 * Fails when something names no licence, one that is not listed here, or brings no text that could stand for it.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** What ends in the two programs. */
const PROGRAMS = ["quarterdeck-desktop", "cli"];
/** Licences that ask for no more than their text, or, MPL-2.0, for the source of what was changed: nothing is. */
const ALLOWED = new Set([
  "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1",
  "Unicode-3.0", "Unlicense", "Zlib",
]);
const TEXT_NAME = /^(licen[cs]es?|copying|copyright|notice|unlicense|ofl)\b|^(licen[cs]e|copying|notice)[-_.]/i;
/** SPDX documents are no licence text; and where the GPL is one of several offers, another one is taken. */
const NO_TEXT = /\.spdx$|gpl/i;

const read = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim();
const ours = (path) => read(join(ROOT, path));
const problems = [];

/** Whether an SPDX expression can be met by licences that are allowed: any side of an OR, every side of an AND. */
function allowed(expression) {
  const tokens = expression.replaceAll("/", " OR ").match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const one = () => {
    if (tokens[at] === "(") {
      at++;
      const inside = either();
      at++;
      return inside;
    }
    const holds = ALLOWED.has(tokens[at++]);
    // An exception only permits more.
    if (tokens[at] === "WITH") at += 2;
    return holds;
  };
  const both = () => {
    let holds = one();
    while (tokens[at] === "AND") {
      at++;
      holds = one() && holds;
    }
    return holds;
  };
  const either = () => {
    let holds = both();
    while (tokens[at] === "OR") {
      at++;
      holds = both() || holds;
    }
    return holds;
  };
  return tokens.length > 0 && either() && at === tokens.length;
}

/** The licence texts in a folder, those in a folder of licences included. */
function textsIn(folder) {
  return readdirSync(folder)
    .filter((name) => TEXT_NAME.test(name) && !NO_TEXT.test(name))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? readdirSync(path).sort().map((inner) => read(join(path, inner))) : [read(path)];
    });
}

/** The crates of both programs on this platform. What a procedural macro writes ends in them too. */
function crates() {
  const host = execFileSync("rustc", ["-vV"], { encoding: "utf8" }).match(/^host: (.*)$/m)[1];
  const metadata = JSON.parse(
    execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--filter-platform", host], { cwd: ROOT, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] }),
  );
  const packages = new Map(metadata.packages.map((found) => [found.id, found]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const reached = new Set();
  const reach = (id) => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const next of nodes.get(id).deps) if (next.dep_kinds.some(({ kind }) => kind === null)) reach(next.pkg);
  };
  const own = (found) => found.source === null;
  metadata.packages.filter((found) => own(found) && PROGRAMS.includes(found.name)).forEach((found) => reach(found.id));
  return [...reached]
    .map((id) => packages.get(id))
    .filter((found) => !own(found))
    .map((found) => {
      const folder = dirname(found.manifest_path);
      const texts = textsIn(folder);
      if (texts.length === 0 && found.license_file) texts.push(read(join(folder, found.license_file)));
      const { name, version, license, authors } = found;
      return { name, version, license, holders: authors.map((author) => author.replace(/ *<.*>/, "")), source: found.repository ?? "", texts };
    });
}

/** The npm packages that can end in the window: those a user of the UI needs. Optional ones are for other platforms than a webview. */
function npmPackages() {
  const lock = JSON.parse(ours("ui/package-lock.json"));
  return Object.entries(lock.packages)
    .filter(([path, { dev, optional, devOptional }]) => path && !dev && !optional && !devOptional)
    .map(([path, { version, license }]) => {
      const folder = join(ROOT, "ui", path);
      const name = path.replace(/^.*node_modules\//, "");
      if (!existsSync(folder)) throw new Error(`${name} is not installed: 'npm --prefix ui ci' installs it`);
      const { author, repository } = JSON.parse(read(join(folder, "package.json")));
      const holder = typeof author === "string" ? author.replace(/ *[<(].*$/, "") : author?.name;
      return { name, version, license, holders: holder ? [holder] : [], source: repository?.url ?? repository ?? "", texts: textsIn(folder) };
    });
}

/** What no lock file names. */
function others() {
  const rust = execFileSync("rustc", ["--version"], { encoding: "utf8" }).split(" ")[1];
  const fonts = "src-tauri/crates/report/fonts";
  const other = (name, version, license, source, texts) => ({ name, version, license, holders: [], source, texts });
  return [
    other("Rust standard library", rust, "MIT OR Apache-2.0", "https://github.com/rust-lang/rust", []),
    other("Inter (in documents)", "", "OFL-1.1", "https://github.com/rsms/inter", [ours(`${fonts}/OFL-Inter.txt`)]),
    other("Noto Sans SC (in documents)", "", "OFL-1.1", "https://github.com/notofonts/noto-cjk", [ours(`${fonts}/OFL-NotoSansSC.txt`)]),
  ];
}

/**
 * The text for a package that brings none: that of a package from the same repository under the same licence, or the licence
 * it names, which for Apache-2.0 and MPL-2.0 is the same for everybody and for MIT names the authors.
 */
function standIn(wanted, all) {
  const sibling = all.find(({ source, license, texts }) => source && source === wanted.source && license === wanted.license && texts.length > 0);
  if (sibling) return sibling.texts;
  const names = (id) => wanted.license.split(/[\s()/]+/).includes(id);
  if (/\bAND\b/.test(wanted.license)) return [];
  if (names("Apache-2.0")) return [ours("LICENSE-APACHE")];
  if (names("MPL-2.0")) return all.find(({ license, texts }) => license === "MPL-2.0" && texts.length === 1)?.texts ?? [];
  if (names("MIT")) {
    const holders = wanted.holders.length > 0 ? wanted.holders.join(", ") : `The ${wanted.name} authors`;
    return [ours("LICENSE-MIT").replace(/^Copyright .*$/m, `Copyright (c) ${holders}`)];
  }
  return [];
}

const all = [...others(), ...crates(), ...npmPackages()].sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
const complete = all.map((found) => ({ ...found, texts: found.texts.length > 0 || !found.license ? found.texts : standIn(found, all) }));
for (const { name, version, license, texts } of complete) {
  if (!license) problems.push(`${name} ${version} names no licence`);
  else if (!allowed(license)) problems.push(`${name} ${version} is under ${license}, which is not among the licences listed in src-tauri/package/notices.mjs`);
  else if (texts.length === 0) problems.push(`${name} ${version} (${license}) brings no licence text, and none can stand for it`);
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}

/** Every text once, with the packages it belongs to. Line breaks alone make no other text. */
const texts = new Map();
for (const { name, version, texts: its } of complete) {
  for (const text of its) {
    const key = text.replace(/\s+/g, " ");
    const entry = texts.get(key) ?? { text, of: new Set() };
    entry.of.add(`${name} ${version}`.trim());
    texts.set(key, entry);
  }
}

const [out] = process.argv.slice(2);
if (out) {
  const rule = "=".repeat(78);
  const list = complete.map(({ name, version, license, source }) => [`${name} ${version}`.trim(), license, String(source).replace(/^git\+/, "")].filter(Boolean).join("\n    "));
  const parts = [
    "What Quarterdeck holds of others, under which licence, where its source is, and the texts of these licences.\nIts own are in LICENSE-MIT and LICENSE-APACHE beside this file. SQLite, inside libsqlite3-sys, is in the public domain.",
    list.join("\n"),
    ours("src-tauri/crates/app/data/NOTICE.md"),
    ...[...texts.values()].map(({ text, of }) => `${[...of].join(", ")}\n\n${text}`),
  ];
  writeFileSync(out, `${parts.join(`\n\n${rule}\n\n`)}\n`);
}
console.log(`${complete.length} notices, ${texts.size} licence texts`);
