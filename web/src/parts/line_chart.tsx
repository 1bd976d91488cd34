/** One or two lines over world time: the history of a feeling. */

export interface Point {
  at: number;
  value: number;
}

const WIDTH = 320;
const HEIGHT = 72;

function linePath(points: readonly Point[], from: number, to: number, width = WIDTH, height = HEIGHT): string {
  const span = Math.max(1, to - from);
  return points
    .map(
      ({ at, value }, index) =>
        `${index ? "L" : "M"}${(((at - from) / span) * width).toFixed(1)} ${(height / 2 - (value * height) / 2).toFixed(1)}`,
    )
    .join("");
}

export function LineChart({
  series,
  label,
  until,
}: {
  series: readonly { name: string; tone: string; points: readonly Point[] }[];
  label: string;
  until: number;
}) {
  const from = Math.min(...series.flatMap(({ points }) => points.map(({ at }) => at)), until);
  return (
    <svg class="lines" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} class="axis" />
      {series.map(({ name, tone, points }) => (
        <path key={name} d={linePath(points, from, until)} class={tone} vector-effect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
