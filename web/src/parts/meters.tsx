/** Bars: one from 0 to 1, and one from -1 to 1 around a middle. */
import { describeEnergy, formatPercent, formatSigned } from "../words/numbers";

export function EnergyMeter({ energy, label = "Energy" }: { energy: number; label?: string }) {
  return (
    <span
      class="meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(energy.toFixed(3))}
      aria-valuetext={`${formatPercent(energy)}, ${describeEnergy(energy)}`}
      title={`${label} ${energy.toFixed(3)}`}
    >
      <i style={{ transform: `scaleX(${energy})` }} class={energy < 0.2 ? "exhausted" : ""} />
    </span>
  );
}

export function ShareMeter({ share, label, text }: { share: number; label: string; text?: string }) {
  return (
    <span
      class="meter wide"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(share.toFixed(3))}
      aria-valuetext={text ?? formatPercent(share)}
      title={`${label} ${share.toFixed(3)}`}
    >
      <i style={{ transform: `scaleX(${Math.min(1, share)})` }} />
    </span>
  );
}

/** From -1 to 1 around a middle; `before` marks the earlier value. */
export function SignedMeter({
  value,
  before,
  label,
  isMirrored = false,
}: {
  value: number;
  before?: number;
  label: string;
  isMirrored?: boolean;
}) {
  const size = Math.min(1, Math.abs(value));
  return (
    <span
      class={`signed-meter${isMirrored ? " flip" : ""}`}
      role="meter"
      aria-label={label}
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={Number(value.toFixed(3))}
      aria-valuetext={
        before === undefined ? formatSigned(value) : `${formatSigned(before)} before, ${formatSigned(value)} after`
      }
      title={`${label} ${formatSigned(value, 3)}`}
    >
      <i class={value < 0 ? "cold" : "warm"} style={{ transform: `scaleX(${size})` }} />
      {before !== undefined && <b style={{ left: `${50 + 50 * Math.max(-1, Math.min(1, before))}%` }} />}
    </span>
  );
}
