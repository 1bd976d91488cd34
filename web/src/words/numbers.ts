/** Numbers as a person reads them: counts with thin marks, shares as percent, feelings with their sign. */

/** 20,000: of whole numbers. (The first `toLocaleString` of a page takes longer than everything else that it draws.) */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function pluralize(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

export function formatPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "+0.31", "−0.07", "0.00": a change or a feeling. */
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

/** How a responder's chance reads: never a bare number alone. */
export function describeChance(chance: number): string {
  if (chance >= 0.95) return "almost surely accepted";
  if (chance >= 0.7) return "likely accepted";
  if (chance >= 0.4) return "could go either way";
  return chance >= 0.1 ? "likely declined" : "almost surely declined";
}
