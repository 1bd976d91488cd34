/** Arrays that are derived from the columns of a network once per change, for all frames until the next. */

import { tiesByCharacter } from "./adjacency";
import { type Columns, contactSums, type NodeIndex, rankDescending, reverseBonds } from "./columns";
import { findNotableTies, type NotableTie } from "./notable_ties";

export interface DerivedNetwork {
  columns: Columns;
  /** Of each tie, the bond of its reverse; 0 if there is none. */
  reverseBond: Float32Array;
  /** Of each character, the sum of its recent contact; `rank` lists characters by it, descending. */
  contact: Float32Array;
  rank: Uint32Array;
  /** Of each character, its ties in both directions. */
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
