import { describe, expect, test } from "vitest";
import {
  centreCamera,
  centreOf,
  fitCamera,
  formatCamera,
  interpolateCamera,
  layerTransform,
  parseCamera,
  translateCamera,
  zoomCamera,
} from "../src/drawing/camera/camera";

const size = { width: 800, height: 600 };
const bounds = { left: -1, top: -1, right: 1, bottom: 1 };

describe("the camera", () => {
  test("fits all bounds, with a margin on the tighter side", () => {
    const camera = fitCamera(bounds, size, 50);
    expect(camera.k).toBe(250);
    expect(centreOf(camera, size)).toEqual({ x: 0, y: 0 });
    expect(camera.ty - camera.k).toBe(50);
  });

  test("limits the scale for a single point", () => {
    const camera = fitCamera({ left: 0.5, top: 0.5, right: 0.5, bottom: 0.5 }, size, 50);
    expect(camera.k).toBeLessThanOrEqual(3500);
    expect(centreOf(camera, size).x).toBeCloseTo(0.5);
  });

  test("keeps the point under the pointer in place when it zooms", () => {
    const before = fitCamera(bounds, size, 50);
    const after = zoomCamera(before, 1.7, 123, 456, before.k);
    expect((123 - after.tx) / after.k).toBeCloseTo((123 - before.tx) / before.k, 10);
    expect((456 - after.ty) / after.k).toBeCloseTo((456 - before.ty) / before.k, 10);
  });

  test("limits the zoom in both directions", () => {
    const start = centreCamera(0, 0, 100, size);
    expect(zoomCamera(start, 1e9, 0, 0, 100).k).toBe(4000);
    expect(zoomCamera(start, 1e-9, 0, 0, 100).k).toBe(25);
  });

  test("transforms a layer so that its points stay in place", () => {
    const drawn = centreCamera(0.2, -0.1, 300, size);
    const now = translateCamera(zoomCamera(drawn, 1.5, 10, 20, 300), 33, -7);
    const { scale, x, y } = layerTransform(drawn, now);
    const onLayer = { x: 0.4 * drawn.k + drawn.tx, y: 0.3 * drawn.k + drawn.ty };
    expect(onLayer.x * scale + x).toBeCloseTo(0.4 * now.k + now.tx, 8);
    expect(onLayer.y * scale + y).toBeCloseTo(0.3 * now.k + now.ty, 8);
  });

  test("moves from one camera to another and ends exactly there", () => {
    const a = centreCamera(0, 0, 100, size);
    const b = centreCamera(0.5, -0.5, 400, size);
    expect(interpolateCamera(a, b, 0, size)).toEqual(a);
    expect(interpolateCamera(a, b, 1, size).k).toBeCloseTo(400, 8);
    expect(interpolateCamera(a, b, 0.5, size).k).toBeCloseTo(200, 8);
  });

  test("is parsed from an address as it was formatted, for every screen size", () => {
    const text = formatCamera(centreCamera(0.123, -0.456, 500, size), size, 250);
    const phone = { width: 390, height: 700 };
    const camera = parseCamera(text, phone, 150)!;
    expect(centreOf(camera, phone).x).toBeCloseTo(0.123, 3);
    expect(camera.k).toBe(300);
  });

  test.each(["", "1,2", "a,b,c", "1,2,0", "1,2,-3", "NaN,0,1", "Infinity,0,1"])("takes %j for no camera", (text) => {
    expect(parseCamera(text, size, 100)).toBeNull();
  });
});
