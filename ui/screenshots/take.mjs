/**
 * Takes the pictures of every screen again, from the real window on the sample workspace, light and dark:
 *   cargo build --workspace && node ui/screenshots/take.mjs
 * Options: --only home,reports · --out FOLDER · --size 1024x700 · --lang zh-CN · --file WORKSPACE · --theme dark
 * Needs WebKitWebDriver, Xvfb and ImageMagick's convert.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SCREENS } from "./screens.mjs";
import { openWindow } from "./window.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");
const NOW = "2026-11-24T09:30:00Z";
/** The pictures name no folder of the machine they were taken on. */
const ANONYMOUS = `
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replaceAll(arguments[0], "~");
  for (const input of document.querySelectorAll("input")) if (input.value.includes(arguments[0])) input.value = input.value.replaceAll(arguments[0], "~");
`;
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : fallback;
};

const target = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug");
const out = resolve(option("out", HERE));
const [width, height] = option("size", "1280x800").split("x").map(Number);
const only = option("only", "")?.split(",").filter(Boolean) ?? [];
const themes = option("theme", "light,dark").split(",");
const lang = option("lang", "en");
const folder = mkdtempSync(join(tmpdir(), "quarterdeck-pictures-"));
let file = option("file", "");
if (!file) {
  file = join(folder, "sample.quarterdeck");
  execFileSync(join(target, "quarterdeck"), ["new", file, "--sample"], { env: { ...process.env, QUARTERDECK_DATA_DIR: join(folder, "data"), QUARTERDECK_NOW: NOW } });
}
mkdirSync(out, { recursive: true });

const program = join(target, "quarterdeck-desktop");
const context = { root: ROOT, folder, file };
const wanted = SCREENS.filter((screen) => only.length === 0 || only.includes(screen.name));
const view = await openWindow({ program, file, folder, now: NOW, width, height });
let failed = 0;
try {
  for (const theme of themes) {
    await view.run("localStorage.setItem('quarterdeck.theme', JSON.stringify(arguments[0])); localStorage.setItem('quarterdeck.lang', JSON.stringify(arguments[1]))", theme, lang);
    for (const screen of wanted) {
      const path = join(out, `${screen.name}-${theme}.png`);
      try {
        await view.go("/");
        await view.reload();
        await screen.show(view, context);
        await view.settle(screen.wait ?? 350);
        await view.run(ANONYMOUS, folder);
        await view.photograph(path);
        await screen.after?.(view, context);
      } catch (error) {
        failed += 1;
        console.error(`${screen.name} (${theme}): ${error.message}`);
        await view.photograph(path).catch(() => undefined);
      }
    }
  }
} finally {
  await view.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(failed > 0 ? 1 : 0);
