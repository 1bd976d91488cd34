/** Puts the styles of the first paint into index.html and loads its scripts after that paint, so that text is visible before
 * any script arrives. Where the address names a world, the chunks of a world are preloaded together with them. */
import type { Plugin, Rolldown } from "vite";

const WORLD_CHUNKS = ["world", "graph"];
const ENTRY = /\s*<script type="module"[^>]*src="([^"]+)"[^>]*><\/script>/;
const PRELOADED = /\s*<link rel="modulepreload"[^>]*href="([^"]+)"[^>]*>/g;

export function inlineFirstPaint(): Plugin {
  return {
    name: "inline-first-paint",
    apply: "build",
    enforce: "post",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const entry = ENTRY.exec(html)?.[1];
        if (entry === undefined) throw new Error("index.html has no script of its own.");
        const first = [...html.matchAll(PRELOADED)].flatMap(([, href]) => href ?? []);
        let page = html.replace(ENTRY, "").replace(PRELOADED, "");
        for (const [name, file] of Object.entries(bundle)) {
          const link = new RegExp(`<link rel="stylesheet"[^>]*href="/${name}"[^>]*>`);
          if (file.type !== "asset" || !link.test(page)) continue;
          page = page.replace(link, () => `<style>${String(file.source).trim()}</style>`);
        }
        return page.replace(
          "</body>",
          () => `  <script>${startScript(entry, first, chunksOfWorld(bundle, [entry, ...first]))}</script>\n  </body>`,
        );
      },
    },
  };
}

/** Returns the script that loads `entry`. A hidden page is never painted, so it starts at once. */
function startScript(entry: string, first: readonly string[], world: readonly string[]): string {
  return `(() => {
      const isWorld = location.pathname.startsWith("/worlds/");
      const start = () => {
        for (const href of [...${JSON.stringify(first)}, ...(isWorld ? ${JSON.stringify(world)} : [])])
          document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
        void import("${entry}");
      };
      if (document.hidden) start();
      else requestAnimationFrame(() => setTimeout(start));
    })();`;
}

function chunksOfWorld(bundle: Rolldown.OutputBundle, known: readonly string[]): string[] {
  const chunks = new Map(
    Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [[file.fileName, file] as const] : [])),
  );
  const urls = new Set<string>();
  const add = (name: string): void => {
    if (urls.has(`/${name}`) || known.includes(`/${name}`)) return;
    urls.add(`/${name}`);
    chunks.get(name)?.imports.forEach(add);
  };
  for (const chunk of chunks.values()) if (chunk.isDynamicEntry && WORLD_CHUNKS.includes(chunk.name)) add(chunk.fileName);
  return [...urls];
}
