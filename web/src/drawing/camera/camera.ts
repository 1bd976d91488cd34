/** The camera over the plane of a network: screen = plane * k + t. In addresses it is the text "x,y,zoom" of the middle. */

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

const ZOOM_MAX = 40;
const ZOOM_MIN = 0.25;

/** The camera that shows all of `bounds` with a margin in px. The scale is limited, so that one point is not magnified
 * without end. */
export function fitCamera(bounds: Bounds, size: Size, margin: number): Camera {
  const width = Math.max(bounds.right - bounds.left, 0.2);
  const height = Math.max(bounds.bottom - bounds.top, 0.2);
  const k = Math.max(1, Math.min((size.width - 2 * margin) / width, (size.height - 2 * margin) / height));
  return centreCamera((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2, k, size);
}

export function centreCamera(x: number, y: number, k: number, size: Size): Camera {
  return { k, tx: size.width / 2 - x * k, ty: size.height / 2 - y * k };
}

export function translateCamera(camera: Camera, dx: number, dy: number): Camera {
  return { k: camera.k, tx: camera.tx + dx, ty: camera.ty + dy };
}

/** Zooms around the point (x, y) of the screen; `fitScale` is the scale at which all characters fit. */
export function zoomCamera(camera: Camera, factor: number, x: number, y: number, fitScale: number): Camera {
  const k = Math.min(fitScale * ZOOM_MAX, Math.max(fitScale * ZOOM_MIN, camera.k * factor));
  const real = k / camera.k;
  return { k, tx: x - (x - camera.tx) * real, ty: y - (y - camera.ty) * real };
}

/** A camera between two others. The logarithm of the scale changes evenly, so that the zoom looks even. */
export function interpolateCamera(a: Camera, b: Camera, share: number, size: Size): Camera {
  const from = centreOf(a, size);
  const to = centreOf(b, size);
  const k = a.k * (b.k / a.k) ** share;
  return centreCamera(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, k, size);
}

export function easeOut(share: number): number {
  return 1 - (1 - share) ** 3;
}

export function centreOf(camera: Camera, size: Size): { x: number; y: number } {
  return { x: (size.width / 2 - camera.tx) / camera.k, y: (size.height / 2 - camera.ty) / camera.k };
}

/** The transform of a layer that was drawn for camera `drawn`, so that it fits camera `now`. */
export function layerTransform(drawn: Camera, now: Camera): { scale: number; x: number; y: number } {
  const scale = now.k / drawn.k;
  return { scale, x: now.tx - drawn.tx * scale, y: now.ty - drawn.ty * scale };
}

export function formatCamera(camera: Camera, size: Size, fitScale: number): string {
  const { x, y } = centreOf(camera, size);
  return [x.toFixed(3), y.toFixed(3), (camera.k / fitScale).toFixed(2)].join(",");
}

/** Null if the text is not a camera. */
export function parseCamera(text: string, size: Size, fitScale: number): Camera | null {
  const [x, y, zoom] = text.split(",").map(Number);
  if (x === undefined || y === undefined || zoom === undefined || ![x, y, zoom].every(Number.isFinite) || zoom <= 0)
    return null;
  return centreCamera(x, y, Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom)) * fitScale, size);
}
