/** Configures urql's normalised cache: types without an id are embedded in their parent, pages are appended to lists, and
 * mutations invalidate the lists that they change. */
import type { Cache, CacheExchangeOpts, Resolver } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";

const EMBEDDED_TYPES = [
  "Clock",
  "RuleSet",
  "InteractionRule",
  "VolitionRule",
  "EcosystemSummary",
  "KindCount",
  "StageCount",
  "Traits",
  "CharacterSummary",
  "Feelings",
  "Reason",
  "RelationshipEffect",
  "Forecast",
  "NetworkMeasures",
  "CharacterMeasures",
  "Path",
  "Problem",
  "SignedIn",
  "EcosystemEdge",
  "MemberEdge",
  "CharacterEdge",
  "RelationshipEdge",
  "InteractionEdge",
  "ConversationEdge",
  "MessageEdge",
  "ActivityEdge",
  "EcosystemConnection",
  "MemberConnection",
  "CharacterConnection",
  "RelationshipConnection",
  "InteractionConnection",
  "ConversationConnection",
  "MessageConnection",
  "ActivityConnection",
  "PageInfo",
  "EcosystemPayload",
  "CharacterPayload",
  "InteractPayload",
  "ConversationPayload",
  "SayPayload",
  "DeletePayload",
  "NotSignedIn",
  "BadCredentials",
  "TooManyTries",
  "NotAllowed",
  "NotFound",
  "Invalid",
  "Conflict",
  "TooTired",
  "Inactive",
  "ConversationIsClosed",
  "CursorLost",
  "CaughtUp",
  "CharacterAltered",
  "MessageAppended",
];

export const keys: CacheExchangeOpts["keys"] = Object.fromEntries(EMBEDDED_TYPES.map((type) => [type, () => null]));

/** The types of each abstract type that a fragment is on. Without them the cache matches fragments by heuristics. */
export const possibleTypes: CacheExchangeOpts["possibleTypes"] = {
  Activity: [
    "EcosystemCreated",
    "EcosystemChanged",
    "ClockSet",
    "MemberGranted",
    "MemberRevoked",
    "CharacterCreated",
    "CharacterChanged",
    "CharacterDeleted",
    "Interacted",
    "StageChanged",
    "ConversationOpened",
    "MessageSaid",
    "ConversationClosed",
  ],
  EcosystemResult: ["EcosystemPayload", "Conflict", "Invalid", "NotAllowed", "NotFound", "NotSignedIn"],
  CharacterResult: ["CharacterPayload", "Conflict", "Invalid", "NotAllowed", "NotFound", "NotSignedIn"],
  ConversationResult: ["ConversationPayload", "Inactive", "Invalid", "NotAllowed", "NotFound", "NotSignedIn"],
  DeleteResult: ["DeletePayload", "NotAllowed", "NotFound", "NotSignedIn"],
};

const forwardPagination = relayPagination({ mergeMode: "inwards" });

/** Reads an entity from the cache by its id, though another query loaded it. A null that the server returned stays null. */
function resolveById(type: string, field: string): Resolver {
  return (_parent, args, cache) => {
    const known = cache.resolve("Query", field, args) as string | null | undefined;
    return known === undefined ? { __typename: type, id: args.id as string } : known;
  };
}

export const resolvers: CacheExchangeOpts["resolvers"] = {
  Query: {
    ecosystems: forwardPagination,
    ecosystem: resolveById("Ecosystem", "ecosystem"),
    character: resolveById("Character", "character"),
    conversation: resolveById("Conversation", "conversation"),
  },
  Ecosystem: { characters: forwardPagination, conversations: forwardPagination },
  Character: { relationships: forwardPagination, activity: forwardPagination, conversations: forwardPagination },
};

export const updates: CacheExchangeOpts["updates"] = {
  Mutation: {
    createEcosystem: (_result, _variables, cache) => invalidateFields(cache, "Query", ["ecosystems"]),
    deleteEcosystem: (result, _variables, cache) => {
      const id = deletedId(result.deleteEcosystem);
      if (id) cache.invalidate({ __typename: "Ecosystem", id });
      invalidateFields(cache, "Query", ["ecosystems"]);
    },
    grantRole: (_result, variables, cache) => invalidateOfEcosystem(cache, variables, ["members"]),
    revokeRole: (_result, variables, cache) => invalidateOfEcosystem(cache, variables, ["members"]),
    createCharacter: (_result, variables, cache) => invalidateOfEcosystem(cache, variables, ["characters", "summary"]),
    deleteCharacter: (result, _variables, cache) => {
      const id = deletedId(result.deleteCharacter);
      if (id) cache.invalidate({ __typename: "Character", id });
    },
    openConversation: (_result, variables, cache) => invalidateOfEcosystem(cache, variables, ["conversations", "summary"]),
  },
};

function invalidateOfEcosystem(cache: Cache, variables: unknown, fields: string[]): void {
  const { input } = variables as { input: { ecosystemId: string } };
  const key = cache.keyOfEntity({ __typename: "Ecosystem", id: input.ecosystemId });
  if (key) invalidateFields(cache, key, fields);
}

function invalidateFields(cache: Cache, entity: string, fields: string[]): void {
  for (const field of cache.inspectFields(entity))
    if (fields.includes(field.fieldName)) cache.invalidate(entity, field.fieldKey);
}

function deletedId(answer: unknown): string | undefined {
  return (answer as { deletedId?: string } | null)?.deletedId;
}
