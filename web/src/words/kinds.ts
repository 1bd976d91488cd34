/** The kinds of interaction and the stages of relationships. A kind has a letter and a shape, so that it is recognised
 * without colour. */
import type { InteractionKind, Stage } from "../gql/graphql";

export interface KindWords {
  kind: InteractionKind;
  label: string;
  letter: string;
  shape: "circle" | "square" | "diamond" | "triangle" | "hexagon" | "drop" | "cross";
  phrase: (initiator: string, responder: string) => string;
}

const GREETING: KindWords = {
  kind: "GREETING",
  label: "Greeting",
  letter: "g",
  shape: "circle",
  phrase: (a, b) => `${a} greets ${b}`,
};

export const KINDS: readonly KindWords[] = [
  GREETING,
  { kind: "CHAT", label: "Chat", letter: "c", shape: "square", phrase: (a, b) => `${a} chats with ${b}` },
  { kind: "DISCUSSION", label: "Discussion", letter: "d", shape: "diamond", phrase: (a, b) => `${a} discusses with ${b}` },
  { kind: "DEBATE", label: "Debate", letter: "b", shape: "triangle", phrase: (a, b) => `${a} debates ${b}` },
  { kind: "COLLABORATION", label: "Collaboration", letter: "w", shape: "hexagon", phrase: (a, b) => `${a} works with ${b}` },
  { kind: "EMOTIONAL_SUPPORT", label: "Support", letter: "s", shape: "drop", phrase: (a, b) => `${a} comforts ${b}` },
  { kind: "CONFLICT", label: "Conflict", letter: "x", shape: "cross", phrase: (a, b) => `${a} confronts ${b}` },
];

const BY_KIND = new Map(KINDS.map((words) => [words.kind, words]));

export function kindWords(kind: InteractionKind): KindWords {
  return BY_KIND.get(kind) ?? GREETING;
}

/** Replaces "the initiator" and "the responder" in the text of a rule by two names. */
export function insertNames(initiator: string, responder: string, text: string): string {
  return text.replace(/\b[Tt]he (initiator|responder)\b/g, (_, role) => (role === "initiator" ? initiator : responder));
}

export const STAGES: readonly Stage[] = ["CLOSE_FRIEND", "FRIEND", "ACQUAINTANCE", "STRANGER", "RIVAL", "ENEMY"];

const STAGE_WORDS: Record<Stage, string> = {
  CLOSE_FRIEND: "close friend",
  FRIEND: "friend",
  ACQUAINTANCE: "acquaintance",
  STRANGER: "stranger",
  RIVAL: "rival",
  ENEMY: "enemy",
};

export function stageLabel(stage: Stage): string {
  return STAGE_WORDS[stage];
}

export function stageWithArticle(stage: Stage): string {
  return `${/^[aeiou]/.test(STAGE_WORDS[stage]) ? "an" : "a"} ${STAGE_WORDS[stage]}`;
}

export function stagePlural(stage: Stage): string {
  return stage === "ENEMY" ? "enemies" : `${STAGE_WORDS[stage]}s`;
}

/** The tone that a stage is coloured with. */
export function stageTone(stage: Stage): "warm" | "cold" | "even" {
  if (stage === "CLOSE_FRIEND" || stage === "FRIEND") return "warm";
  return stage === "RIVAL" || stage === "ENEMY" ? "cold" : "even";
}
