/** The network of the world that is looked at: loaded and drawn by one worker for the page's whole life, kept up by its subscription. */
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

export const network = signal<Network | null>(null);
export const networkFailure = signal<{ title: string; requestId?: string | undefined } | null>(null);

type Drawn = Extract<Report, { kind: "drawn" }>;

let worker: Worker | undefined;
let wanted: string | undefined;
let stopFollowing: (() => void) | undefined;
let onDrawn: ((drawn: Drawn) => void) | undefined;
let onAltered: ((altered: Altered) => void) | undefined;

function crew(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL("../drawing/ties/tie.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Report>) => {
    if (data.kind === "drawn") onDrawn ? onDrawn(data) : data.bitmap.close();
    else if (data.ecosystem !== wanted) return;
    else if (data.kind === "failed") networkFailure.value = { title: data.title, requestId: data.requestId };
    else arrived(data);
  };
  return worker;
}

function send(order: Order): void {
  crew().postMessage(order);
}

/** Loads a world's network anew and follows it; a second call for the same world changes nothing unless `anew`. */
export function lookAt(ecosystem: string, anew = false): void {
  if (wanted === ecosystem && !anew) return;
  wanted = ecosystem;
  stopFollowing?.();
  if (network.value?.ecosystem !== ecosystem) network.value = null;
  networkFailure.value = null;
  send({ kind: "load", ecosystem, query: NetworkDocument.toString() });
}

export function lookAway(): void {
  stopFollowing?.();
  stopFollowing = undefined;
  wanted = undefined;
}

export function orderDrawing(order: DrawOrder): void {
  send(order);
}

/** Who shows the picture hears of bitmaps and of changes; null when it is gone. */
export function attach(listener: { drawn: (drawn: Drawn) => void; altered: (altered: Altered) => void } | null): void {
  onDrawn = listener?.drawn;
  onAltered = listener?.altered;
}

function arrived({ ecosystem, columns, asOf }: Extract<Report, { kind: "loaded" }>): void {
  network.value = { ecosystem, columns, places: new Places(columns) };
  stopFollowing = follow({
    query: FollowNetworkDocument.toString(),
    variables: { ecosystem },
    after: asOf,
    next: (result) => {
      const event = (result.data as { network?: { __typename: string } & Delta } | undefined)?.network;
      if (event?.__typename === "NetworkAltered") alter(event);
    },
    ended: (event) => {
      if (event.__typename === "CursorLost") lookAt(ecosystem, true);
    },
  });
}

function alter(delta: Delta): void {
  const now = network.value;
  if (!now) return;
  send({ kind: "alter", delta });
  const change = altered(now.columns, now.places, delta);
  if (change.columns !== now.columns) network.value = { ...now, columns: change.columns };
  onAltered?.(change);
}
