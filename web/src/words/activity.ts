/** A fact as a short sentence, with the names in it as links to those whom it is about. */
import type { HappeningFragment } from "../gql/graphql";
import { kindWords, stageWithArticle } from "./kinds";
import { signed } from "./numbers";
import { rateWords } from "./time";

export type Happening = HappeningFragment;
export type Word = string | { name: string; id: string | undefined };

interface Sentence {
  words: Word[];
  /** What came of it: "Declined. −0.31 trust." */
  outcome: string;
  tone: "warm" | "cold" | "even";
}

type Fact<Name extends HappeningFragment["__typename"]> = Extract<HappeningFragment, { __typename?: Name }>;

export function sentence(happening: HappeningFragment): Sentence {
  switch (happening.__typename) {
    case "Interacted":
      return interacted(happening);
    case "StageChanged":
      return stageChanged(happening);
    case "MessageSaid":
      return messageSaid(happening);
    case "CharacterCreated":
      return plain([named(happening.characterName, happening.character?.id), " comes into the world."]);
    case "CharacterChanged":
      return plain([
        named(happening.characterName, happening.character?.id),
        ` changes: ${happening.changed.map(spaced).join(", ")}.`,
      ]);
    case "CharacterDeleted":
      return plain([happening.characterName, " leaves the world."]);
    case "ConversationOpened":
      return plain([`“${happening.conversation.title}” opens.`]);
    case "ConversationClosed":
      return plain([`“${happening.conversation.title}” closes.`]);
    case "ClockSet":
      return plain([happening.rate === 0 ? "The clock stops." : `The clock now runs ${rateWords(happening.rate)}.`]);
    case "MemberGranted":
      return plain([`${happening.userName} becomes ${happening.role.toLowerCase()}.`]);
    case "MemberRevoked":
      return plain([`${happening.userName} is no longer a member.`]);
    case "EcosystemChanged":
      return plain([`The world changes: ${happening.changed.map(spaced).join(", ")}.`]);
    case "EcosystemCreated":
      return plain(["The world begins."]);
    default:
      return plain(["Something new happens."]);
  }
}

function interacted(fact: Fact<"Interacted">): Sentence {
  const act = fact.interaction;
  if (!act) return plain(["Two of them met."]);
  const words = weave(
    kindWords(act.kind).did("{first}", "{second}"),
    named(act.initiatorName, act.initiator?.id),
    named(act.responderName, act.responder?.id),
  );
  return {
    words: [...words, "."],
    outcome: `${act.accepted ? "Accepted" : "Declined"}. ${greatestChange(act.effects)}`.trim(),
    tone: toneOf(act.responderValence),
  };
}

function stageChanged(fact: Fact<"StageChanged">): Sentence {
  const from = named(fact.fromName, fact.relationship?.from.id);
  const to = named(fact.toName, fact.relationship?.to.id);
  const warmer = fact.after === "FRIEND" || fact.after === "CLOSE_FRIEND";
  const colder = fact.after === "RIVAL" || fact.after === "ENEMY";
  const words: Word[] = ["For ", from, ", ", to, ` is now ${stageWithArticle(fact.after)}.`];
  return { words, outcome: `Was ${stageWithArticle(fact.before)}.`, tone: warmer ? "warm" : colder ? "cold" : "even" };
}

function messageSaid(fact: Fact<"MessageSaid">): Sentence {
  const message = fact.message;
  if (!message) return plain(["Somebody spoke."]);
  const words: Word[] = message.speakerNames.flatMap((name, index): Word[] => [
    ...(index ? [" and "] : []),
    named(name, message.speakers[index]?.id),
  ]);
  const effects = message.interactions.edges.flatMap((edge) => edge.node.effects);
  return { words: [...words, ": ", `“${shortened(message.text)}”`], outcome: greatestChange(effects), tone: "even" };
}

interface EffectLike {
  before: { affinity: number; trust: number };
  after: { affinity: number; trust: number };
}

/** The one change that tells most: of either tie, in affinity or trust. */
export function greatestChange(effects: readonly EffectLike[]): string {
  const changes = effects.flatMap(({ before, after }) => [
    { by: after.affinity - before.affinity, of: "affinity" },
    { by: after.trust - before.trust, of: "trust" },
  ]);
  const greatest = changes.sort((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
  return greatest && Math.abs(greatest.by) >= 0.005 ? `${signed(greatest.by)} ${greatest.of}.` : "";
}

function weave(pattern: string, first: Word, second: Word): Word[] {
  return pattern
    .split(/(\{first\}|\{second\})/)
    .filter(Boolean)
    .map((part) => (part === "{first}" ? first : part === "{second}" ? second : part));
}

function toneOf(valence: number): Sentence["tone"] {
  return valence > 0.05 ? "warm" : valence < -0.05 ? "cold" : "even";
}

function plain(words: Word[]): Sentence {
  return { words, outcome: "", tone: "even" };
}

function named(name: string, id: string | undefined): Word {
  return { name, id };
}

function spaced(name: string): string {
  return name
    .replace(/([A-Z])/g, " $1")
    .replaceAll("_", " ")
    .toLowerCase();
}

function shortened(text: string): string {
  return text.length > 140 ? `${text.slice(0, 139).trimEnd()}…` : text;
}

export function asText(words: readonly Word[]): string {
  return words.map((word) => (typeof word === "string" ? word : word.name)).join("");
}
