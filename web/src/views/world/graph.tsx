/** The picture of a world's network with its legend and controls, or the same ties as a table. */

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

export function Graph({ ecosystemId }: { ecosystemId: string }) {
  useEffect(() => networkStore.open(ecosystemId), [ecosystemId]);
  const network = networkStore.network.value;
  const failure = networkStore.failure.value;
  const loaded = network?.ecosystemId === ecosystemId ? network : null;
  const isTable = param("as") === "table";
  if (failure)
    return (
      <FailureNotice
        failure={{ ...failure, advice: "Nothing was lost. The other views still work." }}
        retry={() => networkStore.load(ecosystemId)}
      />
    );
  if (loaded && !loaded.columns.ids.length)
    return (
      <EmptyNotice title="This world has no people yet.">
        <p class="muted">New characters appear here, near the characters that they know.</p>
        {isEditor.value && (
          <a class="button main" href={hrefWith({ do: "new-character" })}>
            Create the first person
          </a>
        )}
      </EmptyNotice>
    );
  return (
    <div class={isTable ? "graph as-table" : "graph"}>
      {isTable ? loaded ? <GraphTable network={loaded} /> : <div class="skeleton fill" /> : <GraphPicture network={loaded} />}
      <Legend />
    </div>
  );
}
