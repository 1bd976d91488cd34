/** The separator between two panes: dragged, or moved by arrow keys. The widths are saved. */
import { signal } from "@preact/signals";
import { loadSetting, saveSetting } from "../state/local_storage";

type Side = "left" | "right";
const LEAST = 220;
const MOST = 560;

export const widths = signal<Record<Side, number>>({ left: kept("left", 284), right: kept("right", 372) });

function kept(side: Side, otherwise: number): number {
  const width = Number(loadSetting(`pane.${side}`));
  return width >= LEAST && width <= MOST ? width : otherwise;
}

function resize(side: Side, width: number): void {
  const next = Math.round(Math.min(MOST, Math.max(LEAST, width)));
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
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={drag}
      onKeyDown={step}
    />
  );
}
