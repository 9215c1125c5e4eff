import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SOURCE = resolve(__dirname, "..");

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

/** "features/vendors", "core", "app": where a file stands. */
function place(path: string): string {
  const parts = relative(SOURCE, path).split("/");
  return parts[0] === "features" ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

function imports(path: string): string[] {
  const code = readFileSync(path, "utf8");
  return [...code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function allowed(from: string, to: string): boolean {
  if (from === to || from === "test" || from === "app" || from === "main.tsx" || from === "boot.ts") return true;
  if (from.startsWith("features/")) return ["core", "components", "charts", "record"].includes(to);
  // What every record's page has, whatever its area: it stands between the pieces and the pages.
  if (from === "record") return ["core", "components"].includes(to);
  if (from === "charts") return ["core", "components"].includes(to);
  if (from === "components") return to === "core";
  return false;
}

/** Components and charts may speak and format; they never fetch. */
const FETCHING = /core\/(queries|rpc|commands|tauri|dialogs)$/;

describe("the arrows between folders", () => {
  const all = files(SOURCE);
  const edges = all.flatMap((path) =>
    imports(path)
      .filter((target) => target.startsWith("@/") || target.startsWith("."))
      .map((target) => ({ path, target: target.startsWith("@/") ? join(SOURCE, target.slice(2)) : resolve(dirname(path), target) }))
      .filter(({ target }) => target.startsWith(SOURCE)),
  );

  it("point from app to features to records' parts, components, charts and core", () => {
    expect(edges.length).toBeGreaterThan(200);
    expect(edges.filter(({ path, target }) => !allowed(place(path), place(target))).map(({ path, target }) => `${relative(SOURCE, path)} → ${relative(SOURCE, target)}`)).toEqual([]);
  });

  it("keep the desktop shell inside core", () => {
    expect(all.filter((path) => place(path) !== "core" && place(path) !== "test" && imports(path).some((target) => target.startsWith("@tauri-apps/")))).toEqual([]);
  });

  it("keep components from fetching", () => {
    const wrong = edges.filter(({ path, target }) => ["components"].includes(place(path)) && FETCHING.test(target));
    expect(wrong.map(({ path }) => relative(SOURCE, path))).toEqual([]);
  });

  it("let nobody but types.ts and commands.ts know where wire types come from", () => {
    expect(edges.filter(({ path, target }) => target.includes("core/bindings/") && !/core\/(bindings\/.*|types|commands)\.ts$/.test(path)).map(({ path }) => relative(SOURCE, path))).toEqual([]);
  });

  it("keep files short enough to read", () => {
    expect(all.filter((path) => readFileSync(path, "utf8").split("\n").length > 600)).toEqual([]);
  });
});
