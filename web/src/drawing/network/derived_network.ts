/** Who is drawn: the columns of a network, and what is read off them once for all pictures that follow. */
import { bondsBack, type Columns, contacts, type Places, ranked } from "./columns";
import { tiesByCharacter } from "./hit_testing";
import { type Telling, tellingTies } from "./notable_ties";

export interface Crowd {
  columns: Columns;
  /** Of each tie, the bond of the way back. */
  back: Float32Array;
  /** Of each character, how much it met others lately; and the characters by it, falling. */
  contact: Float32Array;
  rank: Uint32Array;
  /** Of each character, its ties both ways. */
  ties: readonly (readonly number[])[];
  telling: readonly Telling[];
}

export function crowdOf(columns: Columns, places: Places): Crowd {
  const back = bondsBack(columns, places);
  const contact = contacts(columns);
  return { columns, back, contact, rank: ranked(contact), ties: tiesByCharacter(columns), telling: tellingTies(columns, back) };
}
