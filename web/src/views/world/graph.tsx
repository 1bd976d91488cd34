/** The world's picture, its legend and its controls; the same ties as a table for those who do not see it. */

import { useEffect } from "preact/hooks";
import { later } from "../../parts/lazy";
import { Empty, Failed } from "../../parts/notices";
import { lookAt, network, networkFailure } from "../../state/network_store";
import { here, param } from "../../state/route";
import { isEditor } from "../../state/world";
import { GraphPicture } from "./graph_picture";
import { Legend } from "./legend";
import "../../styles/graph.css";

const GraphTable = later(() => import("./graph_table").then(({ GraphTable }) => GraphTable));

export function Graph({ ecosystem }: { ecosystem: string }) {
  useEffect(() => lookAt(ecosystem), [ecosystem]);
  const found = network.value?.ecosystem === ecosystem ? network.value : null;
  const isTable = param("as") === "table";
  if (networkFailure.value)
    return (
      <Failed
        failure={{ ...networkFailure.value, advice: "Nothing was lost. The other views still work." }}
        again={() => lookAt(ecosystem, true)}
      />
    );
  if (found && !found.columns.ids.length)
    return (
      <Empty title="Nobody lives here yet.">
        <p class="muted">Whoever comes is placed here, near those whom they know.</p>
        {isEditor.value && (
          <a class="button main" href={here({ do: "new-character" })}>
            Create the first person
          </a>
        )}
      </Empty>
    );
  return (
    <div class={isTable ? "graph as-table" : "graph"}>
      {isTable ? found ? <GraphTable network={found} /> : <div class="skeleton fill" /> : <GraphPicture network={found} />}
      <Legend />
    </div>
  );
}
