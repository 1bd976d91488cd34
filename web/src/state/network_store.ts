/** The network of the open world. One worker loads and draws it for the page's whole life; a subscription keeps it current. */
import { signal } from "@preact/signals";
import { follow } from "../api/subscription";
import { type Altered, altered, type Columns, type Delta, Places } from "../drawing/network/columns";
import type { DrawOrder, Order, Report } from "../drawing/ties/tie.worker";
import { FollowNetworkDocument, NetworkDocument } from "../gql/graphql";

export interface Network {
  ecosystem: string;
  columns: Columns;
  places: Places;
}

type Drawn = Extract<Report, { kind: "drawn" }>;

/** The view that shows the picture: it receives the bitmaps and the changes. */
interface Listener {
  drawn: (drawn: Drawn) => void;
  altered: (altered: Altered) => void;
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
    if (this.network.value?.ecosystem !== ecosystemId) this.network.value = null;
    this.failure.value = null;
    this.send({ kind: "load", ecosystem: ecosystemId, query: NetworkDocument.toString() });
  }

  close(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.ecosystemId = undefined;
  }

  draw(request: DrawOrder): void {
    this.send(request);
  }

  attach(listener: Listener | null): void {
    this.listener = listener;
  }

  private send(request: Order): void {
    this.getWorker().postMessage(request);
  }

  private getWorker(): Worker {
    if (this.worker) return this.worker;
    this.worker = new Worker(new URL("../drawing/ties/tie.worker.ts", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }: MessageEvent<Report>) => this.receive(data);
    return this.worker;
  }

  private receive(response: Report): void {
    if (response.kind === "drawn") this.listener ? this.listener.drawn(response) : response.bitmap.close();
    else if (response.ecosystem !== this.ecosystemId) return;
    else if (response.kind === "failed") this.failure.value = { title: response.title, requestId: response.requestId };
    else this.loaded(response);
  }

  private loaded({ ecosystem, columns, asOf }: Extract<Report, { kind: "loaded" }>): void {
    this.network.value = { ecosystem, columns, places: new Places(columns) };
    this.unsubscribe = follow({
      query: FollowNetworkDocument.toString(),
      variables: { ecosystem },
      after: asOf,
      next: (result) => {
        const event = (result.data as { network?: { __typename: string } & Delta } | undefined)?.network;
        if (event?.__typename === "NetworkAltered") this.apply(event);
      },
      ended: (event) => {
        if (event.__typename === "CursorLost") this.load(ecosystem);
      },
    });
  }

  private apply(delta: Delta): void {
    const network = this.network.value;
    if (!network) return;
    this.send({ kind: "alter", delta });
    const change = altered(network.columns, network.places, delta);
    if (change.columns !== network.columns) this.network.value = { ...network, columns: change.columns };
    this.listener?.altered(change);
  }
}

export const networkStore = new NetworkStore();
