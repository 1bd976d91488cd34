/** The world's picture, its legend and its controls; the same ties as a table for those who do not see it. */

import { useEffect } from "preact/hooks";
import { lazy } from "../../parts/lazy";
import { EmptyNotice, FailureNotice } from "../../parts/notices";
import { networkStore } from "../../state/network_store";
import { hrefWith, param } from "../../state/route";
import { isEditor } from "../../state/world";
import { GraphPicture } from "./graph_picture";
import { Legend } from "./legend";
import "../../styles/graph.css";

const GraphTable = lazy(() => import("./graph_table").then(({ GraphTable }) => GraphTable));

export function Graph({ ecosystem }: { ecosystem: string }) {
  useEffect(() => networkStore.open(ecosystem), [ecosystem]);
  const network = networkStore.network.value;
  const failure = networkStore.failure.value;
  const found = network?.ecosystemId === ecosystem ? network : null;
  const isTable = param("as") === "table";
  if (failure)
    return (
      <FailureNotice
        failure={{ ...failure, advice: "Nothing was lost. The other views still work." }}
        retry={() => networkStore.load(ecosystem)}
      />
    );
  if (found && !found.columns.ids.length)
    return (
      <EmptyNotice title="Nobody lives here yet.">
        <p class="muted">Whoever comes is placed here, near those whom they know.</p>
        {isEditor.value && (
          <a class="button main" href={hrefWith({ do: "new-character" })}>
            Create the first person
          </a>
        )}
      </EmptyNotice>
    );
  return (
    <div class={isTable ? "graph as-table" : "graph"}>
      {isTable ? found ? <GraphTable network={found} /> : <div class="skeleton fill" /> : <GraphPicture network={found} />}
      <Legend />
    </div>
  );
}
