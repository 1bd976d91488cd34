/** Who is drawn: the columns of a network, and what is read off them once for all pictures that follow. */

import { tiesByCharacter } from "./adjacency";
import { type Columns, contactSums, type NodeIndex, rankDescending, reverseBonds } from "./columns";
import { findNotableTies, type NotableTie } from "./notable_ties";

export interface DerivedNetwork {
  columns: Columns;
  /** Of each tie, the bond of the way back. */
  reverseBond: Float32Array;
  /** Of each character, how much it met others lately; and the characters by it, falling. */
  contact: Float32Array;
  rank: Uint32Array;
  /** Of each character, its ties both ways. */
  tiesOf: readonly (readonly number[])[];
  notableTies: readonly NotableTie[];
}

export function deriveNetwork(columns: Columns, nodeIndex: NodeIndex): DerivedNetwork {
  const reverseBond = reverseBonds(columns, nodeIndex);
  const contact = contactSums(columns);
  return {
    columns,
    reverseBond,
    contact,
    rank: rankDescending(contact),
    tiesOf: tiesByCharacter(columns),
    notableTies: findNotableTies(columns, reverseBond),
  };
}
