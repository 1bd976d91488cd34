/** A world's network as columns: one typed array per property, in the worker and on the page alike, changed by the same deltas. */
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
  /** Those who left stay in the columns, so that no index moves; they are not drawn. */
  isGone: Uint8Array<ArrayBuffer>;
  from: Int32Array<ArrayBuffer>;
  to: Int32Array<ArrayBuffer>;
  bond: Floats;
  trust: Floats;
  contact: Floats;
  stage: Uint8Array<ArrayBuffer>;
}

export interface Served {
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

export function columnsOf({ characters, relationships }: Served): Columns {
  return {
    ids: characters.characterId,
    names: characters.name,
    x: Float32Array.from(characters.x),
    y: Float32Array.from(characters.y),
    energy: Float32Array.from(characters.energy),
    isActive: Uint8Array.from(characters.isActive, Number),
    isGone: new Uint8Array(characters.characterId.length),
    from: Int32Array.from(relationships.from),
    to: Int32Array.from(relationships.to),
    bond: Float32Array.from(relationships.bond),
    trust: Float32Array.from(relationships.trust),
    contact: Float32Array.from(relationships.contact),
    stage: Uint8Array.from(relationships.stage, (stage) => STAGE_NUMBER.get(stage) ?? 0),
  };
}

/** Finds indexes by id and by pair; one per set of columns, kept up as they grow. */
export class Places {
  private readonly characters = new Map<string, number>();
  private readonly ties = new Map<number, number>();

  constructor(columns: Columns) {
    for (const [index, id] of columns.ids.entries()) this.characters.set(id, index);
    for (let tie = 0; tie < columns.from.length; tie++) this.ties.set(pair(columns.from[tie]!, columns.to[tie]!), tie);
  }

  character(id: string): number {
    return this.characters.get(id) ?? -1;
  }

  tie(from: number, to: number): number {
    return this.ties.get(pair(from, to)) ?? -1;
  }

  addCharacter(id: string, index: number): void {
    this.characters.set(id, index);
  }

  addTie(from: number, to: number, index: number): void {
    this.ties.set(pair(from, to), index);
  }
}

/** Two character indexes as one number; a network has at most 10,000 characters. */
function pair(from: number, to: number): number {
  return from * 1_048_576 + to;
}

export interface Altered {
  columns: Columns;
  /** Indexes of the characters and ties that are new or changed. */
  characters: number[];
  ties: number[];
}

/** What was, with the delta in it. Arrays are changed in place where nothing is added; nobody who stays moves. */
export function altered(columns: Columns, places: Places, delta: Delta): Altered {
  const seats = new Map(delta.places.map((place) => [place.characterId, place]));
  const newcomers = delta.characters.filter(({ id }) => places.character(id) < 0 && seats.has(id));
  let next = newcomers.length ? withCharacters(columns, places, newcomers, seats) : columns;

  for (const { id, name, energy, isActive } of delta.characters) {
    const index = places.character(id);
    if (index < 0) continue;
    next.names[index] = name;
    next.energy[index] = energy;
    next.isActive[index] = Number(isActive);
  }
  for (const id of delta.removedCharacterIds) {
    const index = places.character(id);
    if (index >= 0) next.isGone[index] = 1;
  }

  const known = delta.relationships
    .map((tie) => ({ tie, from: places.character(tie.from.id), to: places.character(tie.to.id) }))
    .filter(({ from, to }) => from >= 0 && to >= 0);
  const added = known.filter(({ from, to }) => places.tie(from, to) < 0);
  if (added.length) next = withTies(next, places, added);
  const ties = known.map(({ tie, from, to }) => {
    const index = places.tie(from, to);
    next.bond[index] = tie.bond;
    next.trust[index] = tie.trust;
    next.contact[index] = tie.contact;
    next.stage[index] = STAGE_NUMBER.get(tie.stage) ?? 0;
    return index;
  });
  return {
    columns: next,
    characters: delta.characters.map(({ id }) => places.character(id)).filter((index) => index >= 0),
    ties,
  };
}

function withCharacters(
  columns: Columns,
  places: Places,
  newcomers: Delta["characters"],
  seats: Map<string, { x: number; y: number }>,
): Columns {
  const first = columns.ids.length;
  const size = first + newcomers.length;
  const next: Columns = {
    ...columns,
    ids: [...columns.ids, ...newcomers.map(({ id }) => id)],
    names: [...columns.names, ...newcomers.map(({ name }) => name)],
    x: grown(columns.x, size),
    y: grown(columns.y, size),
    energy: grown(columns.energy, size),
    isActive: grown(columns.isActive, size),
    isGone: grown(columns.isGone, size),
  };
  newcomers.forEach(({ id }, offset) => {
    next.x[first + offset] = seats.get(id)!.x;
    next.y[first + offset] = seats.get(id)!.y;
    places.addCharacter(id, first + offset);
  });
  return next;
}

function withTies(columns: Columns, places: Places, added: readonly { from: number; to: number }[]): Columns {
  const unique = [...new Map(added.map((tie) => [pair(tie.from, tie.to), tie])).values()];
  const first = columns.from.length;
  const size = first + unique.length;
  const next: Columns = {
    ...columns,
    from: grown(columns.from, size),
    to: grown(columns.to, size),
    bond: grown(columns.bond, size),
    trust: grown(columns.trust, size),
    contact: grown(columns.contact, size),
    stage: grown(columns.stage, size),
  };
  unique.forEach(({ from, to }, offset) => {
    next.from[first + offset] = from;
    next.to[first + offset] = to;
    places.addTie(from, to, first + offset);
  });
  return next;
}

function grown<Column extends Float32Array | Int32Array | Uint8Array>(column: Column, size: number): Column {
  const next = new (column.constructor as new (size: number) => Column)(size);
  next.set(column);
  return next;
}

/** Of each tie, the bond of the way back; 0 where there is none. */
export function bondsBack(columns: Columns, places: Places): Floats {
  const back = new Float32Array(columns.from.length);
  for (let tie = 0; tie < back.length; tie++) {
    const reverse = places.tie(columns.to[tie]!, columns.from[tie]!);
    if (reverse >= 0) back[tie] = columns.bond[reverse]!;
  }
  return back;
}

/** How much each character met others lately: the sum of contact over its ties, both ways. */
export function contacts(columns: Columns): Floats {
  const sums = new Float32Array(columns.ids.length);
  for (let tie = 0; tie < columns.from.length; tie++) {
    sums[columns.from[tie]!]! += columns.contact[tie]!;
    sums[columns.to[tie]!]! += columns.contact[tie]!;
  }
  return sums;
}

/** Indexes by falling value: who is named first, which tie is drawn first. */
export function ranked(values: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: values.length }, (_, index) => index);
  return order.sort((a, b) => values[b]! - values[a]! || a - b);
}
