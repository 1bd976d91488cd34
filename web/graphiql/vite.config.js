import { defineConfig } from "vite";
import { compressAssets } from "../build/compress_assets.ts";

export default defineConfig({
  base: "/graphiql-static/",
  plugins: [compressAssets()],
  oxc: { jsx: { runtime: "automatic", importSource: "react" } },
  worker: { format: "es" },
  build: {
    target: "es2022",
    outDir: "dist",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 8000,
  },
});
