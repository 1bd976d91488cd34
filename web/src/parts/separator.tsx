/** The separator between two panes: dragged, or moved by arrow keys. The widths are saved. */
import { signal } from "@preact/signals";
import { loadSetting, saveSetting } from "../state/local_storage";

type Side = "left" | "right";
const WIDTH_MIN_PX = 220;
const WIDTH_MAX_PX = 560;

export const widths = signal<Record<Side, number>>({ left: savedWidth("left", 284), right: savedWidth("right", 372) });

function savedWidth(side: Side, initial: number): number {
  const width = Number(loadSetting(`pane.${side}`));
  return width >= WIDTH_MIN_PX && width <= WIDTH_MAX_PX ? width : initial;
}

function resize(side: Side, width: number): void {
  const next = Math.round(Math.min(WIDTH_MAX_PX, Math.max(WIDTH_MIN_PX, width)));
  widths.value = { ...widths.value, [side]: next };
  saveSetting(`pane.${side}`, String(next));
}

export function Separator({ side, label }: { side: Side; label: string }) {
  const width = widths.value[side];
  const sign = side === "left" ? 1 : -1;
  const drag = (down: PointerEvent) => {
    const handle = down.currentTarget as HTMLElement;
    handle.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent) => resize(side, width + sign * (event.clientX - down.clientX));
    const end = () => handle.removeEventListener("pointermove", move);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 16 : event.key === "ArrowLeft" ? -16 : 0;
    if (!by) return;
    event.preventDefault();
    resize(side, width + sign * by);
  };
  return (
    <div
      class="separator"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={WIDTH_MIN_PX}
      aria-valuemax={WIDTH_MAX_PX}
      onPointerDown={drag}
      onKeyDown={step}
    />
  );
}
