/** The whole plane in small, with the visible part outlined. A press centres the view there. */
import { useEffect, useRef } from "preact/hooks";
import { paletteFor } from "../../drawing/palette";
import type { Picture } from "../../drawing/picture";
import type { Network } from "../../state/network_store";
import { isDark } from "../../state/theme";

const SIZE = 120;

export function Minimap({ network, picture, camera }: { network: Network; picture: Picture; camera: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) draw(context, network, picture);
  }, [network, camera, isDark.value]);
  const press = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    picture.centreOn(
      ((event.clientX - box.left) / box.width) * 2.2 - 1.1,
      ((event.clientY - box.top) / box.height) * 2.2 - 1.1,
    );
  };
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus.
  return <canvas ref={canvas} class="minimap" width={SIZE * 2} height={SIZE * 2} aria-hidden="true" onPointerDown={press} />;
}

function draw(context: CanvasRenderingContext2D, { columns }: Network, picture: Picture): void {
  const palette = paletteFor(isDark.value);
  const scale = (SIZE * 2) / 2.2;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, SIZE * 2, SIZE * 2);
  context.setTransform(scale, 0, 0, scale, SIZE, SIZE);
  context.fillStyle = palette.muted;
  for (let index = 0; index < columns.ids.length; index++)
    if (!columns.isRemoved[index]) context.fillRect(columns.x[index]! - 0.01, columns.y[index]! - 0.01, 0.02, 0.02);
  const { left, top, right, bottom } = picture.visibleBounds();
  context.strokeStyle = palette.accent;
  context.lineWidth = 3 / scale;
  context.strokeRect(left, top, right - left, bottom - top);
}
