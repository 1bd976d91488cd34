/// <reference types="vitest/config" />
import { defineConfig } from "vite";
import { compressAssets } from "./build/compress_assets.ts";
import { inlineFirstPaint } from "./build/inline_first_paint.ts";
import { minifyDocuments } from "./build/minify_documents.ts";

/** The address of a running server, for `npm run dev` and `vite preview`. */
const backend = process.env.OBSERVATORY_URL ?? "http://127.0.0.1:8000";
const proxy = { "/graphql": { target: backend, ws: true }, "/imports": backend, "/sign-in": backend };

export default defineConfig({
  plugins: [minifyDocuments(), inlineFirstPaint(), compressAssets()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: { alias: { react: "preact/compat", "react-dom": "preact/compat" } },
  worker: { format: "es" },
  build: { target: "es2022", outDir: "dist", assetsDir: "assets", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy },
  test: { include: ["tests/**/*.test.ts"] },
});
