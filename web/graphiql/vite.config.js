import { defineConfig } from "vite";
import { compressed } from "../build/compressed.ts";

export default defineConfig({
  base: "/graphiql-static/",
  plugins: [compressed()],
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
