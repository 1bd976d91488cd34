/** The camera over the world's plane: screen = world * k + t. Written in addresses as "x,y,k" of what is in the middle. */

export interface Camera {
  k: number;
  tx: number;
  ty: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const NEAREST = 40;
const FARTHEST = 0.25;

/** The camera that shows all of `bounds` with a margin in px; a lone point is not magnified without end. */
export function fitted(bounds: Bounds, size: Size, margin: number): Camera {
  const width = Math.max(bounds.right - bounds.left, 0.2);
  const height = Math.max(bounds.bottom - bounds.top, 0.2);
  const k = Math.max(1, Math.min((size.width - 2 * margin) / width, (size.height - 2 * margin) / height));
  return centred((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2, k, size);
}

export function centred(x: number, y: number, k: number, size: Size): Camera {
  return { k, tx: size.width / 2 - x * k, ty: size.height / 2 - y * k };
}

export function moved(camera: Camera, dx: number, dy: number): Camera {
  return { k: camera.k, tx: camera.tx + dx, ty: camera.ty + dy };
}

/** Zooms so that what is under (x, y) stays there; `unit` is the scale at which all is fitted. */
export function zoomed(camera: Camera, factor: number, x: number, y: number, unit: number): Camera {
  const k = Math.min(unit * NEAREST, Math.max(unit * FARTHEST, camera.k * factor));
  const real = k / camera.k;
  return { k, tx: x - (x - camera.tx) * real, ty: y - (y - camera.ty) * real };
}

/** On the way from one camera to another; scale moves by its logarithm, so that zooming looks even. */
export function between(a: Camera, b: Camera, share: number, size: Size): Camera {
  const from = middle(a, size);
  const to = middle(b, size);
  const k = a.k * (b.k / a.k) ** share;
  return centred(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, k, size);
}

export function eased(share: number): number {
  return 1 - (1 - share) ** 3;
}

export function middle(camera: Camera, size: Size): { x: number; y: number } {
  return { x: (size.width / 2 - camera.tx) / camera.k, y: (size.height / 2 - camera.ty) / camera.k };
}

/** How a layer that was drawn with `drawn` is moved so that it fits `now`. */
export function shift(drawn: Camera, now: Camera): { scale: number; x: number; y: number } {
  const scale = now.k / drawn.k;
  return { scale, x: now.tx - drawn.tx * scale, y: now.ty - drawn.ty * scale };
}

export function written(camera: Camera, size: Size, unit: number): string {
  const { x, y } = middle(camera, size);
  return [x.toFixed(3), y.toFixed(3), (camera.k / unit).toFixed(2)].join(",");
}

/** Null where the text is no camera. */
export function read(text: string, size: Size, unit: number): Camera | null {
  const [x, y, zoom] = text.split(",").map(Number);
  if (x === undefined || y === undefined || zoom === undefined || ![x, y, zoom].every(Number.isFinite) || zoom <= 0)
    return null;
  return centred(x, y, Math.min(NEAREST, Math.max(FARTHEST, zoom)) * unit, size);
}
