/** Formats numbers for people: counts with separators, shares as percentages, feelings with their sign. */

/** A whole number as "20,000". The first `toLocaleString` of a page takes longer than the rest of its rendering. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function pluralize(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

export function formatPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A change or a feeling as "+0.31", "−0.07" or "0.00". */
export function formatSigned(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

export function formatMeasure(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (Number.isInteger(value)) return formatCount(value);
  return value.toFixed(Math.abs(value) < 0.01 ? 4 : 3);
}

export function describeMood(mood: number): string {
  if (mood <= -0.6) return "miserable";
  if (mood <= -0.2) return "low";
  if (mood < 0.2) return "even";
  return mood < 0.6 ? "good" : "elated";
}

export function describeEnergy(energy: number): string {
  if (energy < 0.2) return "exhausted";
  if (energy < 0.5) return "tired";
  return energy < 0.85 ? "well" : "rested";
}

/** Describes the chance that the responder accepts. */
export function describeChance(chance: number): string {
  if (chance >= 0.95) return "almost surely accepted";
  if (chance >= 0.7) return "likely accepted";
  if (chance >= 0.4) return "could go either way";
  return chance >= 0.1 ? "likely declined" : "almost surely declined";
}
