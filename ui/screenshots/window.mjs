/** The real window on a virtual display, driven through WebKitWebDriver with nothing but fetch. Linux only. */
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** Keys as WebDriver names them. */
export const KEY = { enter: "\uE007", escape: "\uE00C", tab: "\uE004", control: "\uE009", down: "\uE015", f1: "\uE031" };

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Xvfb picks a free number and writes it to its third file descriptor. */
async function startDisplay(size, folder) {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", `${size}x24`, "-fbdir", folder, "-nocursor", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((done, fail) => {
    child.on("error", fail);
    child.stdio[3].once("data", (data) => done(String(data).trim()));
  });
  return { child, name: `:${number}` };
}

export async function openWindow({ program, file, folder, now, width, height }) {
  const display = await startDisplay("2200x1400", folder);
  const port = await freePort();
  const env = {
    ...process.env,
    DISPLAY: display.name,
    TAURI_AUTOMATION: "true",
    TAURI_WEBVIEW_AUTOMATION: "true",
    WEBKIT_DISABLE_DMABUF_RENDERER: "1",
    QUARTERDECK_DATA_DIR: `${folder}/data`,
    QUARTERDECK_NOW: now,
    HOME: folder,
    LANG: "en_US.UTF-8",
  };
  // A window of the same program that runs on this machine must not answer instead.
  delete env.DBUS_SESSION_BUS_ADDRESS;
  delete env.XDG_RUNTIME_DIR;
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], { env, stdio: "ignore" });
  let session = "";

  const send = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, signal: AbortSignal.timeout(30_000), ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value?.message ?? answer.status}`);
    return value;
  };
  const post = (path, body) => send("POST", `/session/${session}${path}`, body);

  for (let tries = 0; ; tries++) {
    try {
      await send("GET", "/status");
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await pause(50);
    }
  }
  const options = { binary: program, args: file ? [file] : [] };
  session = (await send("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } })).sessionId;

  const run = (script, ...args) => post("/execute/sync", { script, args });
  const find = async (selector, patience = 10_000) => {
    for (const start = Date.now(); ; await pause(50)) {
      const found = await post("/elements", { using: "css selector", value: selector });
      if (found.length > 0) return found[0][ELEMENT];
      if (Date.now() - start > patience) throw new Error(`${selector} did not appear`);
    }
  };
  /** Until nothing loads and nothing moves. */
  const settle = async (extra = 250) => {
    for (const start = Date.now(); Date.now() - start < 15_000; await pause(60)) {
      const busy = await run("return document.querySelector('[aria-busy=true], .loading') !== null || document.fonts.status !== 'loaded'");
      if (!busy) break;
    }
    await pause(extra);
  };
  const view = {
    run, find, settle, pause,
    call: (command, payload) =>
      post("/execute/async", {
        script: `const done = arguments[arguments.length - 1];
          window.__TAURI_INTERNALS__.invoke('rpc', { command: arguments[0], payload: arguments[1], lang: 'en' }).then(done, (error) => done({ error }));`,
        args: [command, payload],
      }),
    size: async (wide, high) => {
      await post("/window/rect", { width: wide, height: high });
      for (let tries = 0; tries < 20; tries++) {
        await pause(80);
        const [w, h] = await run("return [innerWidth, innerHeight]");
        if (w === wide && h === high) return;
        const outer = await send("GET", `/session/${session}/window/rect`);
        await post("/window/rect", { width: outer.width + wide - w, height: outer.height + high - h });
      }
    },
    go: async (place) => {
      await run("location.hash = arguments[0]", place);
      await settle();
    },
    reload: async () => {
      await post("/refresh");
      await settle(500);
    },
    click: async (selector) => {
      await post(`/element/${await find(selector)}/click`);
      await pause(150);
    },
    type: async (selector, text) => post(`/element/${await find(selector)}/value`, { text }),
    choose: (selector, value) =>
      run(
        `const select = document.querySelector(arguments[0]);
         Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(select, arguments[1]);
         select.dispatchEvent(new Event("change", { bubbles: true }));`,
        selector, value,
      ),
    /** Keys to whatever has the focus; one given first is held. */
    keys: async (text, held = "") => {
      const press = (value) => [{ type: "keyDown", value }, { type: "keyUp", value }];
      const actions = [...(held ? [{ type: "keyDown", value: held }] : []), ...[...text].flatMap(press), ...(held ? [{ type: "keyUp", value: held }] : [])];
      await post("/actions", { actions: [{ type: "key", id: "keys", actions }] });
      await pause(150);
    },
    /** The page as it stands on the display, without the window's own menu, in at most 256 colours. */
    photograph: async (path) => {
      const outer = await send("GET", `/session/${session}/window/rect`);
      const [w, h] = await run("return [innerWidth, innerHeight]");
      const crop = `${w}x${h}+${outer.x}+${outer.y + outer.height - h}`;
      execFileSync("convert", [`xwd:${join(folder, "Xvfb_screen0")}`, "-crop", crop, "+repage", "-strip", "+dither", "-colors", "256", "-define", "png:compression-level=9", `PNG8:${path}`]);
    },
    close: async () => {
      await send("DELETE", `/session/${session}`).catch(() => undefined);
      driver.kill();
      display.child.kill();
    },
  };
  await settle(500);
  await view.size(width, height);
  return view;
}
