/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [react()],
  base: "./",
  resolve: { alias: { "@": here("./src") } },
  server: { port: 5173, strictPort: true, fs: { allow: [here("."), here("../src-tauri/locales")] } },
  build: {
    // The gallery build carries the fixture transport; it must never overwrite what the application embeds.
    outDir: mode === "gallery" ? "dist-gallery" : "dist",
    emptyOutDir: true,
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
