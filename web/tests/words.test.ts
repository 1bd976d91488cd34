import { describe, expect, test } from "vitest";
import type { HappeningFragment } from "../src/gql/graphql";
import { describeFact, greatestChange, toText } from "../src/words/activity";
import { insertNames, KINDS, stageTone, stageWithArticle } from "../src/words/kinds";
import { describeChance, describeEnergy, describeMood, formatMeasure, formatSigned, pluralize } from "../src/words/numbers";
import { describeClock, formatSpan, formatWorldTime, formatWorldTimeSince } from "../src/words/time";

const feelings = { affinity: 0, bond: 0, trust: 0.3, familiarity: 0, contact: 0, stage: "STRANGER" as const };
const shared = { id: "f", cursor: "c", position: 7, worldSeconds: 0, createdAt: "2026-01-01T00:00:00Z", actor: null };

function act(accepted: boolean): HappeningFragment {
  return {
    ...shared,
    __typename: "Interacted",
    type: "INTERACTED",
    interaction: {
      id: "i",
      kind: "CONFLICT",
      initiatorName: "Javert",
      responderName: "Valjean",
      initiator: { id: "j", energy: 1, mood: 0 },
      responder: { id: "v", energy: 1, mood: 0 },
      content: "",
      accepted,
      initiatorValence: -0.5,
      responderValence: -0.8,
      chance: 0.4,
      drawn: 0.6,
      reasons: [],
      worldSeconds: 0,
      createdAt: "",
      effects: [
        {
          fromName: "Valjean",
          toName: "Javert",
          from: { id: "v" },
          to: { id: "j" },
          before: feelings,
          after: { ...feelings, trust: -0.01, affinity: -0.1 },
        },
      ],
    },
  };
}

describe("world time", () => {
  test("is formatted as a day and an hour", () => {
    expect(formatWorldTime(0)).toBe("Day 1, 00:00");
    expect(formatWorldTime(11 * 86_400 + 18 * 3600 + 40 * 60)).toBe("Day 12, 18:40");
  });

  test("is formatted without the day on the same day", () => {
    expect(formatWorldTimeSince(3600, 7200)).toBe("01:00");
    expect(formatWorldTimeSince(3600, 90_000)).toBe("Day 1, 01:00");
    expect(formatWorldTimeSince(3600, null)).toBe("Day 1, 01:00");
  });

  test("is formatted as a duration in one unit", () => {
    expect([formatSpan(5), formatSpan(600), formatSpan(-7200), formatSpan(3 * 86_400)]).toEqual([
      "now",
      "in 10 min",
      "2 h ago",
      "in 3 d",
    ]);
  });

  test("describes the rate of the clock", () => {
    expect([0, 1, 60].map(describeClock)).toEqual([
      "The clock is stopped.",
      "The clock runs as fast as real time.",
      "The clock runs 60× as fast as real time.",
    ]);
  });
});

describe("numbers as words", () => {
  test("have a sign unless they are zero", () => {
    expect([formatSigned(0.314), formatSigned(-0.07), formatSigned(-0.001)]).toEqual(["+0.31", "−0.07", "0.00"]);
  });

  test("use the singular and the plural", () => {
    expect([pluralize(1, "message"), pluralize(2, "message"), pluralize(1200, "person", "people")]).toEqual([
      "1 message",
      "2 messages",
      "1,200 people",
    ]);
  });

  test("show undefined as a dash", () => {
    expect([formatMeasure(null), formatMeasure(3), formatMeasure(0.25), formatMeasure(0.00123)]).toEqual([
      "–",
      "3",
      "0.250",
      "0.0012",
    ]);
  });

  test("describe energy, mood and chance over their whole range", () => {
    expect([0, 0.3, 0.6, 1].map(describeEnergy)).toEqual(["exhausted", "tired", "well", "rested"]);
    expect([-1, -0.3, 0, 0.3, 1].map(describeMood)).toEqual(["miserable", "low", "even", "good", "elated"]);
    expect(new Set([0, 0.2, 0.5, 0.8, 1].map(describeChance)).size).toBe(5);
  });
});

describe("kinds and stages", () => {
  test("have distinct shapes and letters", () => {
    expect(new Set(KINDS.map(({ shape }) => shape)).size).toBe(KINDS.length);
    expect(new Set(KINDS.map(({ letter }) => letter)).size).toBe(KINDS.length);
  });

  test("have an article and a tone", () => {
    expect([stageWithArticle("ENEMY"), stageWithArticle("CLOSE_FRIEND")]).toEqual(["an enemy", "a close friend"]);
    expect([stageTone("FRIEND"), stageTone("RIVAL"), stageTone("STRANGER")]).toEqual(["warm", "cold", "even"]);
  });
});

describe("a fact as a sentence", () => {
  test("names initiator, kind and responder, and the result", () => {
    const { words, outcome, tone } = describeFact(act(false));
    expect(toText(words)).toBe("Javert confronts Valjean.");
    expect(outcome).toBe("Declined. −0.31 trust.");
    expect(tone).toBe("cold");
  });

  test("links the names of characters that exist", () => {
    expect(describeFact(act(true)).words.filter((word) => typeof word !== "string")).toEqual([
      { name: "Javert", id: "j" },
      { name: "Valjean", id: "v" },
    ]);
  });

  test("describes a change of stage from the side that feels it", () => {
    const fact: HappeningFragment = {
      ...shared,
      __typename: "StageChanged",
      type: "STAGE_CHANGED",
      fromName: "Cosette",
      toName: "Marius",
      before: "FRIEND",
      after: "CLOSE_FRIEND",
      relationship: null,
    };
    expect(toText(describeFact(fact).words)).toBe("For Cosette, Marius is now a close friend.");
    expect(describeFact(fact).tone).toBe("warm");
  });

  test("truncates a long message", () => {
    const fact: HappeningFragment = {
      ...shared,
      __typename: "MessageSaid",
      type: "MESSAGE_SAID",
      message: {
        id: "m",
        number: 1,
        text: "word ".repeat(100),
        speakerNames: ["A", "B"],
        speakers: [{ id: "a" }, { id: "b" }],
        conversation: { id: "t", title: "T" },
        interactions: { edges: [] },
      },
    };
    const text = toText(describeFact(fact).words);
    expect(text.startsWith("A and B: “word")).toBe(true);
    expect(text.endsWith("…”")).toBe(true);
    expect(text.length).toBeLessThan(160);
  });

  test("leaves out a change that rounds to zero", () => {
    expect(greatestChange([{ before: { affinity: 0.1, trust: 0.2 }, after: { affinity: 0.102, trust: 0.2 } }])).toBe("");
  });

  test("has a text for every type of fact, also for an unknown one", () => {
    const later = { ...shared, __typename: "SomethingNew", type: "SOMETHING_NEW" } as unknown as HappeningFragment;
    expect(toText(describeFact(later).words)).toBe("Something new happened.");
  });
});

describe("a rule's reason", () => {
  test("names the two characters", () => {
    expect(insertNames("Javert", "Valjean", "The responder dislikes the initiator just now.")).toBe(
      "Valjean dislikes Javert just now.",
    );
    expect(insertNames("$1", "$&", "The initiator began a conflict with the responder.")).toBe("$1 began a conflict with $&.");
    expect(insertNames("Javert", "Valjean", "They are alike in openness.")).toBe("They are alike in openness.");
  });
});
