/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Names in the page what the first picture needs, so that all of it is on its way while the first file still runs. */
function readAhead(): Plugin {
  return {
    name: "read-ahead",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        const files = Object.values(bundle ?? {});
        const chunks = files.filter((file) => file.type === "chunk");
        const needed = new Set<string>();
        const need = (name: string): void => {
          if (needed.has(name)) return;
          needed.add(name);
          chunks.find((chunk) => chunk.fileName === name)?.imports.forEach(need);
        };
        const main = chunks.find((chunk) => chunk.facadeModuleId?.endsWith("/src/main.tsx"));
        if (main) need(main.fileName);
        const face = files.find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file.fileName));
        const link = (attrs: Record<string, string | boolean>) => ({ tag: "link", attrs: { ...attrs, crossorigin: true }, injectTo: "head" as const });
        return [
          ...[...needed].map((name) => link({ rel: "modulepreload", href: `./${name}` })),
          ...(face ? [link({ rel: "preload", as: "font", type: "font/woff2", href: `./${face.fileName}` })] : []),
        ];
      },
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), readAhead()],
  base: "./",
  resolve: { alias: { "@": here("./src") } },
  server: { port: 5173, strictPort: true, fs: { allow: [here("."), here("../src-tauri/locales")] } },
  build: {
    // The gallery build carries the fixture transport; it must never overwrite what the application embeds.
    outDir: mode === "gallery" ? "dist-gallery" : "dist",
    emptyOutDir: true,
    // One style sheet, there before the first picture: pages read later must not restyle what is shown.
    cssCodeSplit: false,
    target: "safari16.4",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    css: false,
    testTimeout: 20_000,
  },
}));
