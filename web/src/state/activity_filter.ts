/** Which facts a feed shows, and which characters a fact is about. */
import type { ActivityType } from "../gql/graphql";
import type { Fact } from "../words/activity";

/** Empty `types` and an empty `characterId` match every fact. */
export interface FeedFilter {
  types: readonly ActivityType[];
  characterId: string;
}

export function matches(fact: Fact, { types, characterId }: FeedFilter): boolean {
  if (types.length && !types.includes(fact.type)) return false;
  return !characterId || charactersOf(fact).includes(characterId);
}

/** The filter as an argument of the field `activity`; null matches every fact. */
export function filterArgument({ types, characterId }: FeedFilter) {
  if (!types.length && !characterId) return null;
  return { types: types.length ? [...types] : null, characterIds: characterId ? [characterId] : null };
}

/** Ids of the characters that a fact names and that the viewer may see. */
export function charactersOf(fact: Fact): string[] {
  return idsIn(fact).filter((id): id is string => Boolean(id));
}

function idsIn(fact: Fact): (string | undefined)[] {
  switch (fact.__typename) {
    case "Interacted":
      return [fact.interaction?.initiator?.id, fact.interaction?.responder?.id];
    case "StageChanged":
      return [fact.relationship?.from.id, fact.relationship?.to.id];
    case "MessageSaid":
      return [
        ...(fact.message?.speakers.map(({ id }) => id) ?? []),
        ...(fact.message?.interactions.edges.map(({ node }) => node.responder?.id) ?? []),
      ];
    case "CharacterCreated":
    case "CharacterChanged":
      return [fact.character?.id];
    case "CharacterDeleted":
      return [fact.characterId];
    default:
      return [];
  }
}
