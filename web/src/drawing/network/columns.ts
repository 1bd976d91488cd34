/** A network as columns, one typed array per property. The worker and the page each hold a copy and apply the same deltas. */
import type { Stage } from "../../gql/graphql";

export const STAGE_ORDER: readonly Stage[] = ["STRANGER", "ACQUAINTANCE", "FRIEND", "CLOSE_FRIEND", "RIVAL", "ENEMY"];
const STAGE_NUMBER = new Map(STAGE_ORDER.map((stage, number) => [stage, number]));

type Floats = Float32Array<ArrayBuffer>;

export interface Columns {
  ids: string[];
  names: string[];
  x: Floats;
  y: Floats;
  energy: Floats;
  isActive: Uint8Array<ArrayBuffer>;
  /** Removed characters keep their index and are not drawn. */
  isRemoved: Uint8Array<ArrayBuffer>;
  from: Int32Array<ArrayBuffer>;
  to: Int32Array<ArrayBuffer>;
  bond: Floats;
  trust: Floats;
  contact: Floats;
  stage: Uint8Array<ArrayBuffer>;
}

export interface NetworkResult {
  characters: { characterId: string[]; name: string[]; x: number[]; y: number[]; energy: number[]; isActive: boolean[] };
  relationships: { from: number[]; to: number[]; bond: number[]; trust: number[]; contact: number[]; stage: Stage[] };
}

export interface Delta {
  places: readonly { characterId: string; x: number; y: number }[];
  characters: readonly { id: string; name: string; energy: number; isActive: boolean }[];
  relationships: readonly {
    bond: number;
    trust: number;
    contact: number;
    stage: Stage;
    from: { id: string };
    to: { id: string };
  }[];
  removedCharacterIds: readonly string[];
}

export function toColumns({ characters, relationships }: NetworkResult): Columns {
  return {
    ids: characters.characterId,
    names: characters.name,
    x: Float32Array.from(characters.x),
    y: Float32Array.from(characters.y),
    energy: Float32Array.from(characters.energy),
    isActive: Uint8Array.from(characters.isActive, Number),
    isRemoved: new Uint8Array(characters.characterId.length),
    from: Int32Array.from(relationships.from),
    to: Int32Array.from(relationships.to),
    bond: Float32Array.from(relationships.bond),
    trust: Float32Array.from(relationships.trust),
    contact: Float32Array.from(relationships.contact),
    stage: Uint8Array.from(relationships.stage, (stage) => STAGE_NUMBER.get(stage) ?? 0),
  };
}

/** Finds indexes by id and by pair. It belongs to one set of columns and grows with it. */
export class NodeIndex {
  private readonly characters = new Map<string, number>();
  private readonly ties = new Map<number, number>();

  constructor(columns: Columns) {
    for (const [index, id] of columns.ids.entries()) this.characters.set(id, index);
    for (let tie = 0; tie < columns.from.length; tie++) this.ties.set(pairKey(columns.from[tie]!, columns.to[tie]!), tie);
  }

  characterIndex(id: string): number {
    return this.characters.get(id) ?? -1;
  }

  tieIndex(from: number, to: number): number {
    return this.ties.get(pairKey(from, to)) ?? -1;
  }

  addCharacter(id: string, index: number): void {
    this.characters.set(id, index);
  }

  addTie(from: number, to: number, index: number): void {
    this.ties.set(pairKey(from, to), index);
  }
}

/** Two character indexes as one number; a network has at most 10,000 characters. */
function pairKey(from: number, to: number): number {
  return from * 1_048_576 + to;
}

export interface AppliedDelta {
  columns: Columns;
  /** Indexes of new and changed characters and ties. */
  characters: number[];
  ties: number[];
}

/** Applies a delta. Arrays are changed in place unless something is added; indexes never change. */
export function applyDelta(columns: Columns, nodeIndex: NodeIndex, delta: Delta): AppliedDelta {
  const positions = new Map(delta.places.map((place) => [place.characterId, place]));
  const added = delta.characters.filter(({ id }) => nodeIndex.characterIndex(id) < 0 && positions.has(id));
  let next = added.length ? appendCharacters(columns, nodeIndex, added, positions) : columns;

  for (const { id, name, energy, isActive } of delta.characters) {
    const index = nodeIndex.characterIndex(id);
    if (index < 0) continue;
    next.names[index] = name;
    next.energy[index] = energy;
    next.isActive[index] = Number(isActive);
  }
  for (const id of delta.removedCharacterIds) {
    const index = nodeIndex.characterIndex(id);
    if (index >= 0) next.isRemoved[index] = 1;
  }

  const known = delta.relationships
    .map((tie) => ({ tie, from: nodeIndex.characterIndex(tie.from.id), to: nodeIndex.characterIndex(tie.to.id) }))
    .filter(({ from, to }) => from >= 0 && to >= 0);
  const addedTies = known.filter(({ from, to }) => nodeIndex.tieIndex(from, to) < 0);
  if (addedTies.length) next = appendTies(next, nodeIndex, addedTies);
  const ties = known.map(({ tie, from, to }) => {
    const index = nodeIndex.tieIndex(from, to);
    next.bond[index] = tie.bond;
    next.trust[index] = tie.trust;
    next.contact[index] = tie.contact;
    next.stage[index] = STAGE_NUMBER.get(tie.stage) ?? 0;
    return index;
  });
  return {
    columns: next,
    characters: delta.characters.map(({ id }) => nodeIndex.characterIndex(id)).filter((index) => index >= 0),
    ties,
  };
}

function appendCharacters(
  columns: Columns,
  nodeIndex: NodeIndex,
  added: Delta["characters"],
  positions: Map<string, { x: number; y: number }>,
): Columns {
  const first = columns.ids.length;
  const size = first + added.length;
  const next: Columns = {
    ...columns,
    ids: [...columns.ids, ...added.map(({ id }) => id)],
    names: [...columns.names, ...added.map(({ name }) => name)],
    x: enlarge(columns.x, size),
    y: enlarge(columns.y, size),
    energy: enlarge(columns.energy, size),
    isActive: enlarge(columns.isActive, size),
    isRemoved: enlarge(columns.isRemoved, size),
  };
  added.forEach(({ id }, offset) => {
    next.x[first + offset] = positions.get(id)!.x;
    next.y[first + offset] = positions.get(id)!.y;
    nodeIndex.addCharacter(id, first + offset);
  });
  return next;
}

function appendTies(columns: Columns, nodeIndex: NodeIndex, added: readonly { from: number; to: number }[]): Columns {
  const unique = [...new Map(added.map((tie) => [pairKey(tie.from, tie.to), tie])).values()];
  const first = columns.from.length;
  const size = first + unique.length;
  const next: Columns = {
    ...columns,
    from: enlarge(columns.from, size),
    to: enlarge(columns.to, size),
    bond: enlarge(columns.bond, size),
    trust: enlarge(columns.trust, size),
    contact: enlarge(columns.contact, size),
    stage: enlarge(columns.stage, size),
  };
  unique.forEach(({ from, to }, offset) => {
    next.from[first + offset] = from;
    next.to[first + offset] = to;
    nodeIndex.addTie(from, to, first + offset);
  });
  return next;
}

function enlarge<Column extends Float32Array | Int32Array | Uint8Array>(column: Column, size: number): Column {
  const next = new (column.constructor as new (size: number) => Column)(size);
  next.set(column);
  return next;
}

/** Of each tie, the bond of its reverse; 0 if there is none. */
export function reverseBonds(columns: Columns, nodeIndex: NodeIndex): Floats {
  const bonds = new Float32Array(columns.from.length);
  for (let tie = 0; tie < bonds.length; tie++) {
    const reverse = nodeIndex.tieIndex(columns.to[tie]!, columns.from[tie]!);
    if (reverse >= 0) bonds[tie] = columns.bond[reverse]!;
  }
  return bonds;
}

/** Of each character, the sum of contact over its ties in both directions. */
export function contactSums(columns: Columns): Floats {
  const sums = new Float32Array(columns.ids.length);
  for (let tie = 0; tie < columns.from.length; tie++) {
    sums[columns.from[tie]!]! += columns.contact[tie]!;
    sums[columns.to[tie]!]! += columns.contact[tie]!;
  }
  return sums;
}

/** Indexes by descending value; equal values keep their order. */
export function rankDescending(values: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: values.length }, (_, index) => index);
  return order.sort((a, b) => values[b]! - values[a]! || a - b);
}
