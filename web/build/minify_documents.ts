/** Replaces the module of generated documents by one module per document, each a string without white space. A chunk then
 * contains only the documents that it sends, without their syntax trees. */
import type { Plugin } from "vite";

const MODULE_PREFIX = "\0document:";
const DOCUMENT = /export const (\w+) = new TypedDocumentString\(`([^`]*)`/g;

export function minifyDocuments(): Plugin {
  const texts = new Map<string, string>();
  return {
    name: "minify-documents",
    apply: "build",
    enforce: "pre",
    resolveId: (id) => (id.startsWith(MODULE_PREFIX) ? { id, moduleSideEffects: false } : null),
    load: (id) =>
      id.startsWith(MODULE_PREFIX)
        ? `export const ${id.slice(MODULE_PREFIX.length)} = ${JSON.stringify(texts.get(id))};`
        : null,
    transform(code, id) {
      if (!id.endsWith("/gql/graphql.ts")) return null;
      for (const [, name, text] of code.matchAll(DOCUMENT)) texts.set(MODULE_PREFIX + name, minify(text ?? ""));
      const lines = [...texts.keys()].map(
        (from) => `export { ${from.slice(MODULE_PREFIX.length)} } from ${JSON.stringify(from)};`,
      );
      return { code: lines.join("\n"), moduleSideEffects: false };
    },
  };
}

function minify(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/ ?([{}():,!]) ?/g, "$1")
    .trim();
}
