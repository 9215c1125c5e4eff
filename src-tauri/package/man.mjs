/**
 * The manual page of the command line, from what its own help says.
 * usage: node src-tauri/package/man.mjs target/release/quarterdeck > quarterdeck.1
 */
import { execFileSync } from "node:child_process";

const [program] = process.argv.slice(2);
// Help names the workspace in force, which is that of whoever builds the package.
const env = { ...process.env, QUARTERDECK_WORKSPACE: "" };
const says = (...words) => execFileSync(program, words, { env, encoding: "utf8" }).trim();

/** A backslash and a point or quote at the start of a line mean something to roff. */
const roff = (text) => text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^(?=[.'])/gm, "\\&");
const verbatim = (text) => `.nf\n${roff(text)}\n.fi`;
/** The names below "Commands:" in the help of a command. */
const commandsIn = (help) => [...(help.match(/^Commands:\n((?: {2}.*\n?)+)/m)?.[1] ?? "").matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name).filter((name) => name !== "help");

/** One section for each command that does something; one that only holds others is its others. */
function sections(path) {
  const help = says("help", ...path);
  const inner = commandsIn(help);
  if (inner.length > 0) return inner.flatMap((name) => sections([...path, name]));
  return [`.SS quarterdeck ${path.join(" ")}\n${verbatim(help)}`];
}

const help = says("--help");
const [about] = help.split("\n");
const commands = commandsIn(help);
if (commands.length === 0) throw new Error(`${program} --help lists no commands`);
const [, version] = says("--version").split(" ");
process.stdout.write(`.TH QUARTERDECK 1 "" "Quarterdeck ${version}" "User Commands"
.SH NAME
quarterdeck \\- ${roff(about)}
.SH SYNOPSIS
.B quarterdeck
[OPTIONS] COMMAND
.SH DESCRIPTION
${verbatim(help.slice(help.indexOf("Commands:")))}
.SH EXIT STATUS
0 fine, 1 failed, 2 wrong use or a question only a person can answer, 3 done, and something needs a person.
.SH COMMANDS
${commands.flatMap((name) => sections([name])).join("\n")}
.SH SEE ALSO
.B quarterdeck\\-desktop
[FILE] opens the window.
`);
