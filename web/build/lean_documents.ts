/** Replaces the module of generated documents by one module per document, each a string without white space. A chunk then
 * contains only the documents that it sends, without their syntax trees. */
import type { Plugin } from "vite";

const OURS = "\0document:";
const DOCUMENT = /export const (\w+) = new TypedDocumentString\(`([^`]*)`/g;

export function leanDocuments(): Plugin {
  const texts = new Map<string, string>();
  return {
    name: "lean-documents",
    apply: "build",
    enforce: "pre",
    resolveId: (id) => (id.startsWith(OURS) ? { id, moduleSideEffects: false } : null),
    load: (id) => (id.startsWith(OURS) ? `export const ${id.slice(OURS.length)} = ${JSON.stringify(texts.get(id))};` : null),
    transform(code, id) {
      if (!id.endsWith("/gql/graphql.ts")) return null;
      for (const [, name, text] of code.matchAll(DOCUMENT)) texts.set(OURS + name, lean(text ?? ""));
      const lines = [...texts.keys()].map((from) => `export { ${from.slice(OURS.length)} } from ${JSON.stringify(from)};`);
      return { code: lines.join("\n"), moduleSideEffects: false };
    },
  };
}

function lean(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/ ?([{}():,!]) ?/g, "$1")
    .trim();
}
