/** The network of the open world. One worker loads and draws it for the page's whole life; a subscription keeps it current. */
import { signal } from "@preact/signals";
import { subscribe } from "../api/subscription";
import { type AppliedDelta, applyDelta, type Columns, type Delta, NodeIndex } from "../drawing/network/columns";
import type { DrawRequest, WorkerRequest, WorkerResponse } from "../drawing/ties/tie.worker";
import { FollowNetworkDocument, NetworkDocument } from "../gql/graphql";

export interface Network {
  ecosystemId: string;
  columns: Columns;
  nodeIndex: NodeIndex;
}

type Drawn = Extract<WorkerResponse, { kind: "drawn" }>;

/** The view that shows the picture: it receives the bitmaps and the changes. */
interface Listener {
  drawn: (drawn: Drawn) => void;
  updated: (altered: AppliedDelta) => void;
}

class NetworkStore {
  readonly network = signal<Network | null>(null);
  readonly failure = signal<{ title: string; requestId?: string | undefined } | null>(null);
  private worker: Worker | undefined;
  private ecosystemId: string | undefined;
  private unsubscribe: (() => void) | undefined;
  private listener: Listener | null = null;

  /** Loads a world's network and subscribes to it; does nothing if it is open already. */
  open(ecosystemId: string): void {
    if (this.ecosystemId !== ecosystemId) this.load(ecosystemId);
  }

  load(ecosystemId: string): void {
    this.close();
    this.ecosystemId = ecosystemId;
    if (this.network.value?.ecosystemId !== ecosystemId) this.network.value = null;
    this.failure.value = null;
    this.send({ kind: "load", ecosystem: ecosystemId, query: NetworkDocument.toString() });
  }

  close(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.ecosystemId = undefined;
  }

  draw(request: DrawRequest): void {
    this.send(request);
  }

  attach(listener: Listener | null): void {
    this.listener = listener;
  }

  private send(request: WorkerRequest): void {
    this.getWorker().postMessage(request);
  }

  private getWorker(): Worker {
    if (this.worker) return this.worker;
    this.worker = new Worker(new URL("../drawing/ties/tie.worker.ts", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }: MessageEvent<WorkerResponse>) => this.receive(data);
    return this.worker;
  }

  private receive(response: WorkerResponse): void {
    if (response.kind === "drawn") this.listener ? this.listener.drawn(response) : response.bitmap.close();
    else if (response.ecosystem !== this.ecosystemId) return;
    else if (response.kind === "failed") this.failure.value = { title: response.title, requestId: response.requestId };
    else this.loaded(response);
  }

  private loaded({ ecosystem, columns, asOf }: Extract<WorkerResponse, { kind: "loaded" }>): void {
    this.network.value = { ecosystemId: ecosystem, columns, nodeIndex: new NodeIndex(columns) };
    this.unsubscribe = subscribe({
      query: FollowNetworkDocument.toString(),
      variables: { ecosystem },
      after: asOf,
      next: (result) => {
        const event = (result.data as { network?: { __typename: string } & Delta } | undefined)?.network;
        if (event?.__typename === "NetworkAltered") this.apply(event);
      },
      onFinal: (event) => {
        if (event.__typename === "CursorLost") this.load(ecosystem);
      },
    });
  }

  private apply(delta: Delta): void {
    const network = this.network.value;
    if (!network) return;
    this.send({ kind: "alter", delta });
    const change = applyDelta(network.columns, network.nodeIndex, delta);
    if (change.columns !== network.columns) this.network.value = { ...network, columns: change.columns };
    this.listener?.updated(change);
  }
}

export const networkStore = new NetworkStore();
