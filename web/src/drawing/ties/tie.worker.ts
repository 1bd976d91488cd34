/** The worker that loads the network and draws its ties into bitmaps, so that the page's own thread stays free. */

import type { Camera, Size } from "../camera/camera";
import {
  applyDelta,
  type Columns,
  type Delta,
  type NetworkResult,
  NodeIndex,
  rankDescending,
  reverseBonds,
  toColumns,
} from "../network/columns";
import type { Palette } from "../palette";
import { drawTies, type TieFilter, visibleTies } from "./ties";

export interface DrawRequest {
  kind: "draw";
  camera: Camera;
  size: Size;
  ratio: number;
  filter: TieFilter;
  palette: Palette;
  limit: number;
}
export type WorkerRequest = { kind: "load"; ecosystem: string; query: string } | { kind: "alter"; delta: Delta } | DrawRequest;
export type WorkerResponse =
  | { kind: "loaded"; ecosystem: string; asOf: string; columns: Columns }
  | { kind: "failed"; ecosystem: string; title: string; requestId: string | undefined }
  | { kind: "drawn"; camera: Camera; bitmap: ImageBitmap; ties: number; milliseconds: number };

interface ResponseBody {
  data?: { ecosystem: { network: NetworkResult & { asOf: string } } | null };
  errors?: { extensions?: { id?: string } }[];
}

const CHARACTERS_MAX = 5_000;
const RELATIONSHIPS_MAX = 20_000;

let columns: Columns | undefined;
let nodeIndex: NodeIndex | undefined;
let ranking = new Uint32Array();
let reverseBond = new Float32Array();
let canvas: OffscreenCanvas | undefined;

addEventListener("message", ({ data: message }: MessageEvent<WorkerRequest>) => {
  if (message.kind === "load") void load(message.ecosystem, message.query);
  else if (message.kind === "alter") applyToColumns(message.delta);
  else draw(message);
});

async function load(ecosystem: string, query: string): Promise<void> {
  let requestId: string | undefined;
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json;q=0.9" },
      body: JSON.stringify({
        query,
        variables: { id: ecosystem, characters: CHARACTERS_MAX, relationships: RELATIONSHIPS_MAX },
      }),
    });
    requestId = response.headers.get("x-request-id") ?? undefined;
    const body = (await response.json()) as ResponseBody;
    requestId = body.errors?.[0]?.extensions?.id ?? requestId;
    const network = body.data?.ecosystem?.network;
    if (!network) throw new Error("The network of this world cannot be shown now.");
    columns = toColumns(network);
    deriveArrays();
    respond({ kind: "loaded", ecosystem, asOf: network.asOf, columns });
  } catch (error) {
    const title = error instanceof TypeError ? "The server does not answer." : (error as Error).message;
    respond({ kind: "failed", ecosystem, title, requestId });
  }
}

function applyToColumns(delta: Delta): void {
  if (!columns || !nodeIndex) return;
  columns = applyDelta(columns, nodeIndex, delta).columns;
  deriveArrays();
}

function deriveArrays(): void {
  nodeIndex = new NodeIndex(columns!);
  ranking = rankDescending(columns!.bond.map(Math.abs));
  reverseBond = reverseBonds(columns!, nodeIndex);
}

function draw({ camera, size, ratio, filter, palette, limit }: DrawRequest): void {
  if (!columns) return;
  const started = performance.now();
  canvas ??= new OffscreenCanvas(1, 1);
  canvas.width = Math.max(1, Math.round(size.width * ratio));
  canvas.height = Math.max(1, Math.round(size.height * ratio));
  const context = canvas.getContext("2d")!;
  context.setTransform(camera.k * ratio, 0, 0, camera.k * ratio, camera.tx * ratio, camera.ty * ratio);
  const view = {
    left: -camera.tx / camera.k,
    top: -camera.ty / camera.k,
    right: (size.width - camera.tx) / camera.k,
    bottom: (size.height - camera.ty) / camera.k,
  };
  const ties = drawTies(
    context as unknown as CanvasRenderingContext2D,
    columns,
    reverseBond,
    visibleTies(columns, ranking, filter, view, limit),
    palette,
    camera.k,
  );
  const bitmap = canvas.transferToImageBitmap();
  respond({ kind: "drawn", camera, bitmap, ties, milliseconds: performance.now() - started }, [bitmap]);
}

function respond(message: WorkerResponse, transfer: Transferable[] = []): void {
  (postMessage as (message: WorkerResponse, transfer: Transferable[]) => void)(message, transfer);
}
