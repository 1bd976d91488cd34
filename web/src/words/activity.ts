/** A fact as a short sentence; names in it carry the ids that links need. */
import type { HappeningFragment } from "../gql/graphql";
import { kindWords, stageWithArticle } from "./kinds";
import { formatSigned } from "./numbers";
import { describeClock } from "./time";

export type Fact = HappeningFragment;
export type SentencePart = string | { name: string; id: string | undefined };

interface Sentence {
  words: SentencePart[];
  /** The result of an interaction, such as "Declined. −0.31 trust."; empty for other facts. */
  outcome: string;
  tone: "warm" | "cold" | "even";
}

type FactOf<Name extends HappeningFragment["__typename"]> = Extract<HappeningFragment, { __typename?: Name }>;

export function describeFact(fact: HappeningFragment): Sentence {
  switch (fact.__typename) {
    case "Interacted":
      return interacted(fact);
    case "StageChanged":
      return stageChanged(fact);
    case "MessageSaid":
      return messageSaid(fact);
    case "CharacterCreated":
      return sentenceOf([nameOf(fact.characterName, fact.character?.id), " is created."]);
    case "CharacterChanged":
      return sentenceOf([
        nameOf(fact.characterName, fact.character?.id),
        ` is edited: ${fact.changed.map(spaceWords).join(", ")}.`,
      ]);
    case "CharacterDeleted":
      return sentenceOf([fact.characterName, " is deleted."]);
    case "ConversationOpened":
      return sentenceOf([`Conversation “${fact.conversation.title}” opens.`]);
    case "ConversationClosed":
      return sentenceOf([`Conversation “${fact.conversation.title}” ends.`]);
    case "ClockSet":
      return sentenceOf([describeClock(fact.rate)]);
    case "MemberGranted":
      return sentenceOf([`${fact.userName} becomes ${fact.role.toLowerCase()}.`]);
    case "MemberRevoked":
      return sentenceOf([`${fact.userName} is no longer a member.`]);
    case "EcosystemChanged":
      return sentenceOf([`The world is edited: ${fact.changed.map(spaceWords).join(", ")}.`]);
    case "EcosystemCreated":
      return sentenceOf(["The world begins."]);
    default:
      return sentenceOf(["Something new happened."]);
  }
}

function interacted(fact: FactOf<"Interacted">): Sentence {
  const act = fact.interaction;
  if (!act) return sentenceOf(["Two characters interacted."]);
  const words = fillTemplate(
    kindWords(act.kind).phrase("{first}", "{second}"),
    nameOf(act.initiatorName, act.initiator?.id),
    nameOf(act.responderName, act.responder?.id),
  );
  return {
    words: [...words, "."],
    outcome: `${act.accepted ? "Accepted" : "Declined"}. ${greatestChange(act.effects)}`.trim(),
    tone: toneOf(act.responderValence),
  };
}

function stageChanged(fact: FactOf<"StageChanged">): Sentence {
  const from = nameOf(fact.fromName, fact.relationship?.from.id);
  const to = nameOf(fact.toName, fact.relationship?.to.id);
  const warmer = fact.after === "FRIEND" || fact.after === "CLOSE_FRIEND";
  const colder = fact.after === "RIVAL" || fact.after === "ENEMY";
  const words: SentencePart[] = ["For ", from, ", ", to, ` is now ${stageWithArticle(fact.after)}.`];
  return { words, outcome: `Was ${stageWithArticle(fact.before)}.`, tone: warmer ? "warm" : colder ? "cold" : "even" };
}

function messageSaid(fact: FactOf<"MessageSaid">): Sentence {
  const message = fact.message;
  if (!message) return sentenceOf(["A message was sent."]);
  const words: SentencePart[] = message.speakerNames.flatMap((name, index): SentencePart[] => [
    ...(index ? [" and "] : []),
    nameOf(name, message.speakers[index]?.id),
  ]);
  const effects = message.interactions.edges.flatMap((edge) => edge.node.effects);
  return { words: [...words, ": ", `“${truncate(message.text)}”`], outcome: greatestChange(effects), tone: "even" };
}

interface EffectLike {
  before: { affinity: number; trust: number };
  after: { affinity: number; trust: number };
}

/** The greatest change of affinity or trust among the effects; empty if none is above 0.005. */
export function greatestChange(effects: readonly EffectLike[]): string {
  const changes = effects.flatMap(({ before, after }) => [
    { by: after.affinity - before.affinity, of: "affinity" },
    { by: after.trust - before.trust, of: "trust" },
  ]);
  const greatest = changes.sort((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
  return greatest && Math.abs(greatest.by) >= 0.005 ? `${formatSigned(greatest.by)} ${greatest.of}.` : "";
}

function fillTemplate(pattern: string, first: SentencePart, second: SentencePart): SentencePart[] {
  return pattern
    .split(/(\{first\}|\{second\})/)
    .filter(Boolean)
    .map((part) => (part === "{first}" ? first : part === "{second}" ? second : part));
}

function toneOf(valence: number): Sentence["tone"] {
  return valence > 0.05 ? "warm" : valence < -0.05 ? "cold" : "even";
}

function sentenceOf(words: SentencePart[]): Sentence {
  return { words, outcome: "", tone: "even" };
}

function nameOf(name: string, id: string | undefined): SentencePart {
  return { name, id };
}

function spaceWords(name: string): string {
  return name
    .replace(/([A-Z])/g, " $1")
    .replaceAll("_", " ")
    .toLowerCase();
}

function truncate(text: string): string {
  return text.length > 140 ? `${text.slice(0, 139).trimEnd()}…` : text;
}

export function toText(words: readonly SentencePart[]): string {
  return words.map((word) => (typeof word === "string" ? word : word.name)).join("");
}
