/** GraphiQL at the address of the API itself. It loads nothing from other hosts. */
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";

const FIRST_QUERY = `# The worlds that you may see, and in each the three strongest ties.
query Worlds {
  ecosystems(first: 5) {
    edges {
      node {
        id
        name
        clock { worldSeconds rate }
        relationships(first: 3) {
          edges { node { from { name } to { name } bond trust stage } }
        }
      }
    }
  }
}
`;

const socket = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`;
const fetcher = createGraphiQLFetcher({ url: "/graphql", wsClient: createClient({ url: socket }) });

const root = document.getElementById("graphiql");
root.replaceChildren();
createRoot(root).render(<GraphiQL fetcher={fetcher} defaultQuery={FIRST_QUERY} defaultEditorToolsVisibility />);
