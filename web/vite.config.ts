/// <reference types="vitest/config" />
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { leanDocuments } from "./build/lean_documents.ts";
import { oneDocument } from "./build/one_document.ts";

export default defineConfig({
  plugins: [leanDocuments(), oneDocument(), compressed()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: { alias: { react: "preact/compat", "react-dom": "preact/compat" } },
  worker: { format: "es" },
  build: { target: "es2022", outDir: "dist", assetsDir: "assets", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/graphql": { target: "http://127.0.0.1:8000", ws: true }, "/imports": "http://127.0.0.1:8000" } },
  test: { include: ["tests/**/*.test.ts"] },
});
