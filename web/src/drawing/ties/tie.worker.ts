/** Beside the page: fetches and reads the network, and draws its ties into bitmaps, so that the page's own thread only moves them. */

import type { Camera, Size } from "../camera/camera";
import { altered, bondsBack, type Columns, columnsOf, type Delta, Places, ranked, type Served } from "../network/columns";
import type { Palette } from "../palette";
import { drawTies, type Shown, visibleTies } from "./ties";

export interface DrawOrder {
  kind: "draw";
  camera: Camera;
  size: Size;
  ratio: number;
  shown: Shown;
  palette: Palette;
  most: number;
}
export type Order = { kind: "load"; ecosystem: string; query: string } | { kind: "alter"; delta: Delta } | DrawOrder;
export type Report =
  | { kind: "loaded"; ecosystem: string; asOf: string; columns: Columns }
  | { kind: "failed"; ecosystem: string; title: string; requestId: string | undefined }
  | { kind: "drawn"; camera: Camera; bitmap: ImageBitmap; ties: number; milliseconds: number };

interface Body {
  data?: { ecosystem: { network: Served & { asOf: string } } | null };
  errors?: { extensions?: { id?: string } }[];
}

const MOST_CHARACTERS = 5_000;
const MOST_RELATIONSHIPS = 20_000;

let columns: Columns | undefined;
let places: Places | undefined;
let order = new Uint32Array();
let back = new Float32Array();
let canvas: OffscreenCanvas | undefined;

addEventListener("message", ({ data: message }: MessageEvent<Order>) => {
  if (message.kind === "load") void load(message.ecosystem, message.query);
  else if (message.kind === "alter") alter(message.delta);
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
        variables: { id: ecosystem, characters: MOST_CHARACTERS, relationships: MOST_RELATIONSHIPS },
      }),
    });
    requestId = response.headers.get("x-request-id") ?? undefined;
    const body = (await response.json()) as Body;
    requestId = body.errors?.[0]?.extensions?.id ?? requestId;
    const network = body.data?.ecosystem?.network;
    if (!network) throw new Error("The network of this world cannot be shown now.");
    columns = columnsOf(network);
    derive();
    report({ kind: "loaded", ecosystem, asOf: network.asOf, columns });
  } catch (error) {
    const title = error instanceof TypeError ? "The observatory does not answer." : (error as Error).message;
    report({ kind: "failed", ecosystem, title, requestId });
  }
}

function alter(delta: Delta): void {
  if (!columns || !places) return;
  columns = altered(columns, places, delta).columns;
  derive();
}

function derive(): void {
  places = new Places(columns!);
  order = ranked(columns!.bond.map(Math.abs));
  back = bondsBack(columns!, places);
}

function draw({ camera, size, ratio, shown, palette, most }: DrawOrder): void {
  if (!columns) return;
  const started = performance.now();
  canvas ??= new OffscreenCanvas(1, 1);
  canvas.width = Math.max(1, Math.round(size.width * ratio));
  canvas.height = Math.max(1, Math.round(size.height * ratio));
  const pen = canvas.getContext("2d")!;
  pen.setTransform(camera.k * ratio, 0, 0, camera.k * ratio, camera.tx * ratio, camera.ty * ratio);
  const view = {
    left: -camera.tx / camera.k,
    top: -camera.ty / camera.k,
    right: (size.width - camera.tx) / camera.k,
    bottom: (size.height - camera.ty) / camera.k,
  };
  const ties = drawTies(
    pen as unknown as CanvasRenderingContext2D,
    columns,
    back,
    visibleTies(columns, order, shown, view, most),
    palette,
    camera.k,
  );
  const bitmap = canvas.transferToImageBitmap();
  report({ kind: "drawn", camera, bitmap, ties, milliseconds: performance.now() - started }, [bitmap]);
}

function report(message: Report, transfer: Transferable[] = []): void {
  (postMessage as (message: Report, transfer: Transferable[]) => void)(message, transfer);
}
