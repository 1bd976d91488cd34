/** The whole plane, small, with what is in view; pressed, it moves the view. */
import { useEffect, useRef } from "preact/hooks";
import { paletteFor } from "../../drawing/palette";
import type { Picture } from "../../drawing/picture";
import type { Network } from "../../state/network_store";
import { isDark } from "../../state/theme";

const SIZE = 120;

export function Minimap({ network, picture, camera }: { network: Network; picture: Picture; camera: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (pen) draw(pen, network, picture);
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

function draw(pen: CanvasRenderingContext2D, { columns }: Network, picture: Picture): void {
  const palette = paletteFor(isDark.value);
  const scale = (SIZE * 2) / 2.2;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, SIZE * 2, SIZE * 2);
  pen.setTransform(scale, 0, 0, scale, SIZE, SIZE);
  pen.fillStyle = palette.muted;
  for (let index = 0; index < columns.ids.length; index++)
    if (!columns.isGone[index]) pen.fillRect(columns.x[index]! - 0.01, columns.y[index]! - 0.01, 0.02, 0.02);
  const { left, top, right, bottom } = picture.view();
  pen.strokeStyle = palette.accent;
  pen.lineWidth = 3 / scale;
  pen.strokeRect(left, top, right - left, bottom - top);
}
