/** A sheet at the bottom of a narrow page, in three heights. Its handle is dragged, pressed, or moved by arrow keys. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { navigate } from "../state/route";
import { Icon } from "./icon";

const HEIGHTS = ["low", "half", "full"] as const;

export function Sheet({ label, close, children }: { label: string; close: string; children: ComponentChildren }) {
  const [height, setHeight] = useState(1);
  const drag = (down: PointerEvent) => {
    const handle = down.currentTarget as HTMLElement;
    handle.setPointerCapture(down.pointerId);
    const end = (up: PointerEvent) => {
      const by = down.clientY - up.clientY;
      if (Math.abs(by) < 12) setHeight((height + 1) % HEIGHTS.length);
      else if (by < -80 && height === 0) navigate(close);
      else setHeight(Math.max(0, Math.min(2, height + Math.sign(by) * (Math.abs(by) > 260 ? 2 : 1))));
    };
    handle.addEventListener("pointerup", end, { once: true });
  };
  const step = (event: KeyboardEvent) => {
    if (event.key === "ArrowUp") setHeight(Math.min(2, height + 1));
    else if (event.key === "ArrowDown") setHeight(Math.max(0, height - 1));
    else if (event.key === "Enter" || event.key === " ") setHeight((height + 1) % HEIGHTS.length);
    else return;
    event.preventDefault();
  };
  return (
    <section class={`sheet ${HEIGHTS[height]}`} aria-label={label}>
      <div class="sheet-head">
        <button
          type="button"
          class="handle"
          aria-label={`Height of the sheet: ${HEIGHTS[height]}`}
          onPointerDown={drag}
          onKeyDown={step}
        >
          <i />
        </button>
        <a class="button bare icon" href={close} aria-label="Close">
          <Icon name="close" />
        </a>
      </div>
      <div class="sheet-body">{children}</div>
    </section>
  );
}
