/** Formats world time, such as "Day 12, 18:40", and the time of the viewer's clock. */

const DAY = 86_400;

export function dayOf(worldSeconds: number): number {
  return Math.floor(worldSeconds / DAY) + 1;
}

export function formatHour(worldSeconds: number): string {
  const within = ((worldSeconds % DAY) + DAY) % DAY;
  return `${two(Math.floor(within / 3600))}:${two(Math.floor((within % 3600) / 60))}`;
}

export function formatWorldTime(worldSeconds: number): string {
  return `Day ${dayOf(worldSeconds)}, ${formatHour(worldSeconds)}`;
}

/** Without the day if it is the day of `now`. */
export function formatWorldTimeSince(worldSeconds: number, now: number | null): string {
  return now !== null && dayOf(now) === dayOf(worldSeconds) ? formatHour(worldSeconds) : formatWorldTime(worldSeconds);
}

/** A duration from now in world time: "in 20 min", "3 h ago", "now". */
export function formatSpan(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 60) return "now";
  const words =
    size < 3600 ? `${Math.round(size / 60)} min` : size < DAY ? `${Math.round(size / 3600)} h` : `${Math.round(size / DAY)} d`;
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

export function formatWallTime(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

/** A sentence. `rate` is in world seconds per second. */
export function describeClock(rate: number): string {
  if (rate === 0) return "The clock is stopped.";
  return `The clock runs ${rate === 1 ? "" : `${number(rate)}× `}as fast as real time.`;
}

function number(value: number): string {
  return value.toLocaleString(undefined, { maximumFractionDigits: 2 });
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
