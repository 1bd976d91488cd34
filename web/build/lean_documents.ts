/** Takes the white space out of the generated documents, and lets those go that a bundle does not use. */
import type { Plugin } from "vite";

export function leanDocuments(): Plugin {
  return {
    name: "lean-documents",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/gql/graphql.ts")) return null;
      return code
        .replace(/new TypedDocumentString\(`([^`]*)`/g, (_whole, text: string) => `/* @__PURE__ */ new TypedDocumentString(\`${text.replace(/\s+/g, " ").replace(/ ?([{}():,!]) ?/g, "$1").trim()}\``)
        .replace(/,\s*\{"fragmentName":"[^"]*"\}/g, "");
    },
  };
}
