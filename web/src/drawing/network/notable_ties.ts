/** The two ties that are named in the picture: the strongest positive and the strongest negative one that both sides feel. */
import type { Columns } from "./columns";
import { STAGE_ORDER } from "./columns";

export interface NotableTie {
  tie: number;
  text: string;
}

const MUTUAL_WORDS: Partial<Record<string, string>> = {
  FRIEND: "friends",
  CLOSE_FRIEND: "close friends",
  RIVAL: "rivals",
  ENEMY: "enemies",
};

export function findNotableTies(columns: Columns, reverseBond: Float32Array): NotableTie[] {
  const strongestMutual = (sign: 1 | -1): number => {
    let best = -1;
    let strength = 0;
    for (let tie = 0; tie < columns.from.length; tie++) {
      const shared = Math.min(sign * columns.bond[tie]!, sign * reverseBond[tie]!);
      if (shared > strength && !columns.isRemoved[columns.from[tie]!] && !columns.isRemoved[columns.to[tie]!]) {
        best = tie;
        strength = shared;
      }
    }
    return best;
  };
  return ([1, -1] as const).map(strongestMutual).flatMap((tie) => {
    const word = tie < 0 ? undefined : MUTUAL_WORDS[STAGE_ORDER[columns.stage[tie]!]!];
    return word ? [{ tie, text: `${columns.names[columns.from[tie]!]} and ${columns.names[columns.to[tie]!]}, ${word}` }] : [];
  });
}
