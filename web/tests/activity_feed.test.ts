import { describe, expect, test } from "vitest";
import type { HappeningFragment, LineFragment } from "../src/gql/graphql";
import { charactersOf, matches } from "../src/state/activity_filter";
import { mergeLines } from "../src/state/conversation_store";
import { clearVitals, updateVitals, vitals } from "../src/state/vitals";

const shared = { id: "f", cursor: "c", position: 1, worldSeconds: 0, createdAt: "", actor: null };
const met = (energy: number): HappeningFragment => ({
  ...shared,
  __typename: "Interacted",
  type: "INTERACTED",
  interaction: {
    id: "i",
    kind: "CHAT",
    initiatorName: "A",
    responderName: "B",
    initiator: { id: "a", energy, mood: 0.1 },
    responder: { id: "b", energy: 0.9, mood: 0 },
    content: "",
    accepted: true,
    initiatorValence: 0,
    responderValence: 0,
    chance: 1,
    drawn: 0,
    reasons: [],
    effects: [],
    worldSeconds: 0,
    createdAt: "",
  },
});
const deleted: HappeningFragment = {
  ...shared,
  __typename: "CharacterDeleted",
  type: "CHARACTER_DELETED",
  characterId: "a",
  characterName: "A",
};
const line = (number: number, text: string): LineFragment => ({
  id: `m${number}`,
  number,
  text,
  speakerNames: [],
  speakers: [],
  worldSeconds: 0,
  createdAt: "",
  interactions: { edges: [] },
});

describe("the feed's filter", () => {
  test("matches every fact when nothing is chosen", () => {
    expect(matches(met(1), { types: [], characterId: "" })).toBe(true);
  });

  test("matches by type and by the characters of a fact", () => {
    expect(matches(met(1), { types: ["MESSAGE_SAID"], characterId: "" })).toBe(false);
    expect(matches(met(1), { types: ["INTERACTED"], characterId: "b" })).toBe(true);
    expect(matches(met(1), { types: [], characterId: "c" })).toBe(false);
    expect(matches(deleted, { types: [], characterId: "a" })).toBe(true);
  });

  test("finds the characters that a fact names", () => {
    expect(charactersOf(met(1))).toEqual(["a", "b"]);
  });
});

describe("the vitals of characters", () => {
  test("take the energy of the newest fact", () => {
    clearVitals();
    updateVitals([met(0.5), met(0.2)]);
    expect(vitals.value.get("a")?.energy).toBe(0.2);
    expect(vitals.value.get("b")?.energy).toBe(0.9);
  });
});

describe("the lines of a conversation", () => {
  test("are ordered by number, each once", () => {
    const lines = mergeLines([line(2, "two")], [line(3, "three"), line(1, "one"), line(2, "two")]);
    expect(lines.map(({ text }) => text)).toEqual(["one", "two", "three"]);
  });
});
