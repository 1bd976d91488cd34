/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which facts are wanted. What is left out lets everything through. */
export type ActivityFilter = {
  /** About any of these characters, at most 100; an empty list wants nothing. */
  characterIds?: Array<string | number> | null | undefined;
  /** Any of these types; an empty list wants nothing. */
  types?: Array<ActivityType> | null | undefined;
};

/** What a fact tells of. */
export type ActivityType =
  /** A character was edited. */
  | 'CHARACTER_CHANGED'
  /** A character came to live in it. */
  | 'CHARACTER_CREATED'
  /** A character is gone, and its relationships with it. */
  | 'CHARACTER_DELETED'
  /** Its clock was set to run at another rate. */
  | 'CLOCK_SET'
  /** A conversation ended. */
  | 'CONVERSATION_CLOSED'
  /** A conversation began. */
  | 'CONVERSATION_OPENED'
  /** Its name, description or visibility was changed. */
  | 'ECOSYSTEM_CHANGED'
  /** The world came to be. */
  | 'ECOSYSTEM_CREATED'
  /** One character did something to another. */
  | 'INTERACTED'
  /** Somebody was given a role. Seen by owners and editors only. */
  | 'MEMBER_GRANTED'
  /** Somebody's role was taken. Seen by owners and editors only. */
  | 'MEMBER_REVOKED'
  /** Something was said in a conversation. */
  | 'MESSAGE_SAID'
  /** A relationship has come to another stage. */
  | 'STAGE_CHANGED';

/** Which characters are wanted. What is left out lets everything through. */
export type CharacterFilter = {
  /** Only those that take part, or only those that do not. */
  isActive?: boolean | null | undefined;
  /** True: only those that the viewer owns. */
  mine?: boolean | null | undefined;
  /** A part of the name, whatever its case and accents; at most 200 characters. */
  query?: string | null | undefined;
};

/** How characters are ordered. */
export type CharacterOrder =
  /** The one with the most interactions comes first. */
  | 'MOST_ACTIVE'
  /** By name, whatever its case and accents. */
  | 'NAME'
  /** The one that was created last comes first. */
  | 'NEWEST';

/** Which conversation shall end. */
export type CloseConversationInput = {
  /** The conversation's. */
  id: string | number;
};

/** Which conversations are wanted. What is left out lets everything through. */
export type ConversationFilter = {
  /** With any of these characters; an empty list wants nothing. */
  characterIds?: Array<string | number> | null | undefined;
  /** Only open ones, or only closed ones. */
  isOpen?: boolean | null | undefined;
};

/** A new character. The viewer will own it. */
export type CreateCharacterInput = {
  /** At most 10,000 characters. */
  description?: string;
  /** Where it shall live. */
  ecosystemId: string | number;
  /** At most 200 characters. The same key from the same user within a day gives the first answer again and does nothing twice; with other input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** 1 to 200 characters, on one line. Not unique. */
  name: string;
  /** Its personality; what is left out is .5. */
  traits?: TraitsInput;
};

/** A new world. The viewer will own it. */
export type CreateEcosystemInput = {
  /** At most 10,000 characters. */
  description?: string;
  /** At most 200 characters. The same key from the same user within a day gives the first answer again and does nothing twice; with other input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** 1 to 200 characters, on one line. */
  name: string;
  /** World seconds per second of the wall, 0 to 1,000,000. */
  rate?: number;
  /** Name of one of `Query.ruleSets`. It cannot be changed later. */
  ruleSet?: string;
  /** 1 to 200 characters; decides every chance. Left out: a random one. It cannot be changed later. */
  seed?: string | null | undefined;
  /** Who may see it. */
  visibility?: Visibility;
};

/** The character that shall go. */
export type DeleteCharacterInput = {
  /** The character's. */
  id: string | number;
};

/** The world that shall go. */
export type DeleteEcosystemInput = {
  /** The ecosystem's. */
  id: string | number;
};

/** Which way relationships go, seen from a character. */
export type Direction =
  /** What others feel for it. */
  | 'INCOMING'
  /** What it feels for others. */
  | 'OUTGOING';

/** Which ecosystems are wanted. What is left out lets everything through. */
export type EcosystemFilter = {
  /** True: only those that the viewer is a member of. */
  mine?: boolean | null | undefined;
  /** A part of the name, whatever its case and accents; at most 200 characters. */
  query?: string | null | undefined;
  /** Only public ones, or only private ones. */
  visibility?: Visibility | null | undefined;
};

/** How ecosystems are ordered. */
export type EcosystemOrder =
  /** By name, whatever its case and accents. */
  | 'NAME'
  /** The one that was created last comes first. */
  | 'NEWEST'
  /** The one with the newest fact comes first. */
  | 'RECENTLY_ACTIVE';

/** Who would do what to whom. */
export type ForecastInput = {
  /** Who would begin; the viewer must be allowed to act as this character. */
  initiatorId: string | number;
  /** What it would be. */
  kind: InteractionKind;
  /** With whom; of the same ecosystem. */
  responderId: string | number;
};

/** Who shall have which role. */
export type GrantRoleInput = {
  /** The ecosystem's. */
  ecosystemId: string | number;
  /** It replaces the one that they had. The last owner stays an owner. */
  role: Role;
  /** The name of their account, whatever its case and accents. */
  userName: string;
};

/** Who does what to whom. */
export type InteractInput = {
  /** What is said or done, for people to read: at most 10,000 characters. */
  content?: string;
  /** At most 200 characters. The same key from the same user within a day gives the first answer again and does nothing twice; with other input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** Who begins; the viewer must be allowed to act as this character. */
  initiatorId: string | number;
  /** What is done. */
  kind: InteractionKind;
  /** With whom; of the same ecosystem, and not the same one. */
  responderId: string | number;
};

/** What one character can do to another. Each kind has its cost and its rates in the world's rule set. */
export type InteractionKind =
  /** Talk of this and that. A message after another's in a conversation is one. */
  | 'CHAT'
  /** Doing something together. */
  | 'COLLABORATION'
  /** A quarrel or worse. Taken up by those who dislike. */
  | 'CONFLICT'
  /** A dispute about something; it strains more than it warms. */
  | 'DEBATE'
  /** Talk about something that matters to them. */
  | 'DISCUSSION'
  /** Standing by somebody in need. */
  | 'EMOTIONAL_SUPPORT'
  /** A few words in passing. Costs least, changes least. */
  | 'GREETING';

/** Which ties make the network. */
export type NetworkKind =
  /** Undirected: both spoke in the same conversation; weight is the number of conversations. */
  | 'CO_PRESENCE'
  /** Directed: spoke right after the other in a conversation; weight is how often. */
  | 'EXCHANGES'
  /** Undirected: a relationship exists in either direction; weight 1. */
  | 'RELATIONSHIPS';

/** A new conversation. */
export type OpenConversationInput = {
  /** Where it takes place. */
  ecosystemId: string | number;
  /** At most 200 characters. The same key from the same user within a day gives the first answer again and does nothing twice; with other input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** Who is asked in, at most 100 active characters of the ecosystem; whoever speaks joins by that. */
  participantIds: Array<string | number>;
  /** 1 to 500 characters, on one line. */
  title: string;
};

/** What makes a way the best one. */
export type PathCost =
  /** The fewest relationships. */
  | 'FEWEST'
  /** The least sum of 1 - |bond| of each, as of now. */
  | 'STRONGEST';

/** Which relationships are wanted. What is left out lets everything through. */
export type RelationshipFilter = {
  /** At most this bond, as shown now, in [-1,1]. */
  maxBond?: number | null | undefined;
  /** At least this bond, as shown now, in [-1,1]. */
  minBond?: number | null | undefined;
  /** Any of these stages; an empty list wants nothing. */
  stages?: Array<Stage> | null | undefined;
};

/** How relationships are ordered, by the values shown at the moment of the first page. */
export type RelationshipOrder =
  /** The least bond first. */
  | 'COLDEST'
  /** The one that came to be last comes first. */
  | 'NEWEST'
  /** The greatest |bond| first. */
  | 'STRONGEST'
  /** The greatest bond first. */
  | 'WARMEST';

/** Whose role shall be taken. Everybody may take their own. */
export type RevokeRoleInput = {
  /** The ecosystem's. */
  ecosystemId: string | number;
  /** The user's. The last owner cannot be taken. */
  userId: string | number;
};

/** What somebody may do in an ecosystem. Each may do what those after it may. */
export type Role =
  /** Also create characters and conversations, and act as and edit those characters that have no owner. */
  | 'EDITOR'
  /** See it, follow it, and act as and edit the characters that they own. */
  | 'OBSERVER'
  /** Everything: also change and delete the world, set its clock, grant and revoke roles. */
  | 'OWNER';

/** What shall be said. */
export type SayInput = {
  /** Where. */
  conversationId: string | number;
  /** At most 200 characters. The same key from the same user within a day gives the first answer again and does nothing twice; with other input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** By whom; the viewer must be allowed to act as this character. */
  speakerId: string | number;
  /** 1 to 50,000 characters. */
  text: string;
};

/** How a session is carried. */
export type SessionKind =
  /** For other programs: a token for `Authorization: Bearer`, and for `connection_init` of a socket. */
  | 'BEARER'
  /** For browsers: an httpOnly cookie, set by the answer. Over HTTP only. */
  | 'COOKIE';

/** How fast a world's clock shall run. */
export type SetClockInput = {
  /** The ecosystem's. */
  ecosystemId: string | number;
  /** World seconds per second of the wall, 0 (stopped) to 1,000,000. */
  rate: number;
};

/** Who signs in. */
export type SignInInput = {
  /** As it was signed up, whatever its case and accents. */
  name: string;
  /** Of that account. */
  password: string;
  /** How the session is carried from now on. */
  session?: SessionKind;
};

/** A new account. */
export type SignUpInput = {
  /** 1 to 200 characters; nobody else may have it, whatever its case and accents. */
  name: string;
  /** 8 to 200 characters. */
  password: string;
  /** How the session is carried from now on. */
  session?: SessionKind;
};

/** What a relationship has come to. A step is taken at a fact, and lost only when it no longer holds by a margin. */
export type Stage =
  /** They know each other: a familiarity of .10 or more. */
  | 'ACQUAINTANCE'
  /** Bond, trust and familiarity of .60 or more. */
  | 'CLOSE_FRIEND'
  /** A bond of -.60 or less. */
  | 'ENEMY'
  /** A bond of .30, trust of .40 and familiarity of .35 or more. */
  | 'FRIEND'
  /** A bond of -.25 or less. */
  | 'RIVAL'
  /** They hardly know each other. */
  | 'STRANGER';

/** New values of some traits, each in [0,1]. What is left out stays as it is. */
export type TraitsChangeInput = {
  /** In [0,1]. */
  agreeableness?: number | null | undefined;
  /** In [0,1]. */
  conscientiousness?: number | null | undefined;
  /** In [0,1]. */
  extraversion?: number | null | undefined;
  /** In [0,1]. */
  neuroticism?: number | null | undefined;
  /** In [0,1]. */
  openness?: number | null | undefined;
};

/** The Big Five of a new character, each in [0,1]. */
export type TraitsInput = {
  /** In [0,1]. */
  agreeableness?: number;
  /** In [0,1]. */
  conscientiousness?: number;
  /** In [0,1]. */
  extraversion?: number;
  /** In [0,1]. */
  neuroticism?: number;
  /** In [0,1]. */
  openness?: number;
};

/** Changes of a character. */
export type UpdateCharacterInput = {
  /** At most 10,000 characters. Null or left out: it stays as it is. */
  description?: string | null | undefined;
  /** The character's. */
  id: string | number;
  /** Whether it takes part. Null or left out: it stays as it is. */
  isActive?: boolean | null | undefined;
  /** 1 to 200 characters, on one line. Null or left out: it stays as it is. */
  name?: string | null | undefined;
  /** Its energy and mood go on from where they are. Null or left out: it stays as it is. */
  traits?: TraitsChangeInput | null | undefined;
  /** The version that was read; when it is not the current one any more, the answer is a Conflict. */
  version: number;
};

/** Changes of a world itself. */
export type UpdateEcosystemInput = {
  /** At most 10,000 characters. Null or left out: it stays as it is. */
  description?: string | null | undefined;
  /** The ecosystem's. */
  id: string | number;
  /** 1 to 200 characters, on one line. Null or left out: it stays as it is. */
  name?: string | null | undefined;
  /** The version that was read; when it is not the current one any more, the answer is a Conflict. */
  version: number;
  /** Who may see it. Null or left out: it stays as it is. */
  visibility?: Visibility | null | undefined;
};

/** Who may see an ecosystem. */
export type Visibility =
  /** Its members only; to all others it does not exist. */
  | 'PRIVATE'
  /** Everybody, signed in or not, as observers. */
  | 'PUBLIC';

type Happening_CharacterChanged_Fragment = { __typename: 'CharacterChanged', characterName: string, changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string, energy: number, mood: number, isActive: boolean } | null, actor: { id: string, name: string } | null };

type Happening_CharacterCreated_Fragment = { __typename: 'CharacterCreated', characterName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string } | null, actor: { id: string, name: string } | null };

type Happening_CharacterDeleted_Fragment = { __typename: 'CharacterDeleted', characterName: string, characterId: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null };

type Happening_ClockSet_Fragment = { __typename: 'ClockSet', rate: number, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null };

type Happening_ConversationClosed_Fragment = { __typename: 'ConversationClosed', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null };

type Happening_ConversationOpened_Fragment = { __typename: 'ConversationOpened', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null };

type Happening_EcosystemChanged_Fragment = { __typename: 'EcosystemChanged', changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null };

type Happening_EcosystemCreated_Fragment = { __typename: 'EcosystemCreated', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null };

type Happening_Interacted_Fragment = { __typename: 'Interacted', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, interaction: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } | null, actor: { id: string, name: string } | null };

type Happening_MemberGranted_Fragment = { __typename: 'MemberGranted', userName: string, role: Role, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null };

type Happening_MemberRevoked_Fragment = { __typename: 'MemberRevoked', userName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null };

type Happening_MessageSaid_Fragment = { __typename: 'MessageSaid', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, message: { id: string, number: number, text: string, speakerNames: Array<string>, speakers: Array<{ id: string }>, conversation: { id: string, title: string }, interactions: { edges: Array<{ node: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } | null, actor: { id: string, name: string } | null };

type Happening_StageChanged_Fragment = { __typename: 'StageChanged', fromName: string, toName: string, before: Stage, after: Stage, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, relationship: { id: string, from: { id: string }, to: { id: string } } | null, actor: { id: string, name: string } | null };

export type HappeningFragment =
  | Happening_CharacterChanged_Fragment
  | Happening_CharacterCreated_Fragment
  | Happening_CharacterDeleted_Fragment
  | Happening_ClockSet_Fragment
  | Happening_ConversationClosed_Fragment
  | Happening_ConversationOpened_Fragment
  | Happening_EcosystemChanged_Fragment
  | Happening_EcosystemCreated_Fragment
  | Happening_Interacted_Fragment
  | Happening_MemberGranted_Fragment
  | Happening_MemberRevoked_Fragment
  | Happening_MessageSaid_Fragment
  | Happening_StageChanged_Fragment
;

export type FeedPageQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
  filter?: ActivityFilter | null | undefined;
}>;


export type FeedPageQuery = { ecosystem: { id: string, head: string, clock: { worldSeconds: number, rate: number }, activity: { edges: Array<{ node:
          | { __typename: 'CharacterChanged', characterName: string, changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string, energy: number, mood: number, isActive: boolean } | null, actor: { id: string, name: string } | null }
          | { __typename: 'CharacterCreated', characterName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string } | null, actor: { id: string, name: string } | null }
          | { __typename: 'CharacterDeleted', characterName: string, characterId: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'ClockSet', rate: number, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'ConversationClosed', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
          | { __typename: 'ConversationOpened', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
          | { __typename: 'EcosystemChanged', changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'EcosystemCreated', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'Interacted', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, interaction: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } | null, actor: { id: string, name: string } | null }
          | { __typename: 'MemberGranted', userName: string, role: Role, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'MemberRevoked', userName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'MessageSaid', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, message: { id: string, number: number, text: string, speakerNames: Array<string>, speakers: Array<{ id: string }>, conversation: { id: string, title: string }, interactions: { edges: Array<{ node: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } | null, actor: { id: string, name: string } | null }
          | { __typename: 'StageChanged', fromName: string, toName: string, before: Stage, after: Stage, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, relationship: { id: string, from: { id: string }, to: { id: string } } | null, actor: { id: string, name: string } | null }
         }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type FactQueryVariables = Exact<{
  id: string | number;
}>;


export type FactQuery = { node:
    | { __typename: 'Character' }
    | { __typename: 'CharacterChanged', characterName: string, changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string, energy: number, mood: number, isActive: boolean } | null, actor: { id: string, name: string } | null }
    | { __typename: 'CharacterCreated', characterName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string } | null, actor: { id: string, name: string } | null }
    | { __typename: 'CharacterDeleted', characterName: string, characterId: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
    | { __typename: 'ClockSet', rate: number, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
    | { __typename: 'Conversation' }
    | { __typename: 'ConversationClosed', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
    | { __typename: 'ConversationOpened', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
    | { __typename: 'Ecosystem' }
    | { __typename: 'EcosystemChanged', changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
    | { __typename: 'EcosystemCreated', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
    | { __typename: 'Interacted', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, interaction: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } | null, actor: { id: string, name: string } | null }
    | { __typename: 'Interaction' }
    | { __typename: 'MemberGranted', userName: string, role: Role, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
    | { __typename: 'MemberRevoked', userName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
    | { __typename: 'Message' }
    | { __typename: 'MessageSaid', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, message: { id: string, number: number, text: string, speakerNames: Array<string>, speakers: Array<{ id: string }>, conversation: { id: string, title: string }, interactions: { edges: Array<{ node: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } | null, actor: { id: string, name: string } | null }
    | { __typename: 'Relationship' }
    | { __typename: 'StageChanged', fromName: string, toName: string, before: Stage, after: Stage, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, relationship: { id: string, from: { id: string }, to: { id: string } } | null, actor: { id: string, name: string } | null }
    | { __typename: 'User' }
   | null };

export type FollowActivitySubscriptionVariables = Exact<{
  ecosystem: string | number;
  after?: string | null | undefined;
  filter?: ActivityFilter | null | undefined;
}>;


export type FollowActivitySubscription = { activity:
    | { __typename: 'ActivityAppended', cursor: string, activity:
        | { __typename: 'CharacterChanged', characterName: string, changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string, energy: number, mood: number, isActive: boolean } | null, actor: { id: string, name: string } | null }
        | { __typename: 'CharacterCreated', characterName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string } | null, actor: { id: string, name: string } | null }
        | { __typename: 'CharacterDeleted', characterName: string, characterId: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
        | { __typename: 'ClockSet', rate: number, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
        | { __typename: 'ConversationClosed', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
        | { __typename: 'ConversationOpened', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
        | { __typename: 'EcosystemChanged', changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
        | { __typename: 'EcosystemCreated', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
        | { __typename: 'Interacted', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, interaction: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } | null, actor: { id: string, name: string } | null }
        | { __typename: 'MemberGranted', userName: string, role: Role, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
        | { __typename: 'MemberRevoked', userName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
        | { __typename: 'MessageSaid', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, message: { id: string, number: number, text: string, speakerNames: Array<string>, speakers: Array<{ id: string }>, conversation: { id: string, title: string }, interactions: { edges: Array<{ node: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } | null, actor: { id: string, name: string } | null }
        | { __typename: 'StageChanged', fromName: string, toName: string, before: Stage, after: Stage, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, relationship: { id: string, from: { id: string }, to: { id: string } } | null, actor: { id: string, name: string } | null }
       }
    | { __typename: 'CaughtUp', cursor: string, sent: number }
    | { __typename: 'CursorLost', explanation: string, head: string }
    | { __typename: 'NotAllowed', explanation: string }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type PersonRowFragment = { id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string } | null };

export type PeopleQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  filter?: CharacterFilter | null | undefined;
  orderBy: CharacterOrder;
}>;


export type PeopleQuery = { ecosystem: { id: string, characters: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type StagesTowardsQueryVariables = Exact<{
  id: string | number;
}>;


export type StagesTowardsQuery = { character: { id: string, relationships: { edges: Array<{ node: { id: string, stage: Stage, from: { id: string } } }> } } | null };

export type CharacterQueryVariables = Exact<{
  id: string | number;
}>;


export type CharacterQuery = { character: { description: string, version: number, viewerCanEdit: boolean, createdAt: string, id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, restForGreeting: number | null, restForChat: number | null, restForConflict: number | null, owner: { id: string, name: string } | null, traits: { openness: number, conscientiousness: number, extraversion: number, agreeableness: number, neuroticism: number }, summary: { countedAt: string, relationships: number, regardedBy: number, friends: number, rivals: number, averageBond: number | null, interactions: number, messages: number } } | null };

export type TieFragment = { id: string, affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage, mutualStage: Stage };

export type TiesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  direction: Direction;
  filter?: RelationshipFilter | null | undefined;
  orderBy: RelationshipOrder;
}>;


export type TiesQuery = { character: { id: string, name: string, relationships: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage, mutualStage: Stage, from: { id: string, name: string }, to: { id: string, name: string }, reverse: { id: string, affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage, mutualStage: Stage } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CharacterHistoryQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
}>;


export type CharacterHistoryQuery = { character: { id: string, name: string, activity: { edges: Array<{ cursor: string, node:
          | { __typename: 'CharacterChanged', characterName: string, changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string, energy: number, mood: number, isActive: boolean } | null, actor: { id: string, name: string } | null }
          | { __typename: 'CharacterCreated', characterName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, character: { id: string } | null, actor: { id: string, name: string } | null }
          | { __typename: 'CharacterDeleted', characterName: string, characterId: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'ClockSet', rate: number, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'ConversationClosed', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
          | { __typename: 'ConversationOpened', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, conversation: { id: string, title: string }, actor: { id: string, name: string } | null }
          | { __typename: 'EcosystemChanged', changed: Array<string>, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'EcosystemCreated', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'Interacted', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, interaction: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } | null, actor: { id: string, name: string } | null }
          | { __typename: 'MemberGranted', userName: string, role: Role, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'MemberRevoked', userName: string, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, actor: { id: string, name: string } | null }
          | { __typename: 'MessageSaid', id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, message: { id: string, number: number, text: string, speakerNames: Array<string>, speakers: Array<{ id: string }>, conversation: { id: string, title: string }, interactions: { edges: Array<{ node: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } | null, actor: { id: string, name: string } | null }
          | { __typename: 'StageChanged', fromName: string, toName: string, before: Stage, after: Stage, id: string, cursor: string, position: number, type: ActivityType, worldSeconds: number, createdAt: string, relationship: { id: string, from: { id: string }, to: { id: string } } | null, actor: { id: string, name: string } | null }
         }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type CharacterConversationsQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
}>;


export type CharacterConversationsQuery = { character: { id: string, name: string, conversations: { edges: Array<{ cursor: string, node: { id: string, title: string, isOpen: boolean, openedWorldSeconds: number, closedWorldSeconds: number | null, createdAt: string, participants: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> }, messages: { totalCount: number, edges: Array<{ node: { id: string, text: string, speakerNames: Array<string> } }> } } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type CharacterMeasuresQueryVariables = Exact<{
  id: string | number;
  of: NetworkKind;
}>;


export type CharacterMeasuresQuery = { character: { id: string, measures: { asOf: string, degree: number, weightedDegree: number, closeness: number | null, betweenness: number | null, eigenvector: number | null, numOfSpeechActs: number, numOfWords: number } | null } | null };

export type CreateCharacterMutationVariables = Exact<{
  input: CreateCharacterInput;
}>;


export type CreateCharacterMutation = { createCharacter:
    | { __typename: 'CharacterPayload', cursor: string, character: { description: string, version: number, viewerCanEdit: boolean, id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string, name: string } | null, traits: { openness: number, conscientiousness: number, extraversion: number, agreeableness: number, neuroticism: number } } }
    | { __typename: 'Conflict', explanation: string, currentVersion: number }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type UpdateCharacterMutationVariables = Exact<{
  input: UpdateCharacterInput;
}>;


export type UpdateCharacterMutation = { updateCharacter:
    | { __typename: 'CharacterPayload', cursor: string, character: { description: string, version: number, viewerCanEdit: boolean, id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string, name: string } | null, traits: { openness: number, conscientiousness: number, extraversion: number, agreeableness: number, neuroticism: number } } }
    | { __typename: 'Conflict', explanation: string, currentVersion: number }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type DeleteCharacterMutationVariables = Exact<{
  input: DeleteCharacterInput;
}>;


export type DeleteCharacterMutation = { deleteCharacter:
    | { __typename: 'DeletePayload', deletedId: string, cursor: string | null }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

type CharacterAnswer_CharacterPayload_Fragment = { cursor: string, character: { description: string, version: number, viewerCanEdit: boolean, id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string, name: string } | null, traits: { openness: number, conscientiousness: number, extraversion: number, agreeableness: number, neuroticism: number } } };

type CharacterAnswer_Conflict_Fragment = { explanation: string, currentVersion: number };

type CharacterAnswer_Invalid_Fragment = { explanation: string, problems: Array<{ path: Array<string>, explanation: string }> };

type CharacterAnswer_NotAllowed_Fragment = { explanation: string, neededRole: Role | null };

type CharacterAnswer_NotFound_Fragment = { explanation: string };

type CharacterAnswer_NotSignedIn_Fragment = { explanation: string };

export type CharacterAnswerFragment =
  | CharacterAnswer_CharacterPayload_Fragment
  | CharacterAnswer_Conflict_Fragment
  | CharacterAnswer_Invalid_Fragment
  | CharacterAnswer_NotAllowed_Fragment
  | CharacterAnswer_NotFound_Fragment
  | CharacterAnswer_NotSignedIn_Fragment
;

export type FollowCharacterSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type FollowCharacterSubscription = { character:
    | { __typename: 'CaughtUp', cursor: string, sent: number }
    | { __typename: 'CharacterAltered', cursor: string, character: { description: string, version: number, id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, traits: { openness: number, conscientiousness: number, extraversion: number, agreeableness: number, neuroticism: number }, owner: { id: string } | null } }
    | { __typename: 'CursorLost', explanation: string, head: string }
    | { __typename: 'NotAllowed', explanation: string }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type ConversationRowFragment = { id: string, title: string, isOpen: boolean, openedWorldSeconds: number, closedWorldSeconds: number | null, createdAt: string, participants: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> }, messages: { totalCount: number, edges: Array<{ node: { id: string, text: string, speakerNames: Array<string> } }> } };

export type LineFragment = { id: string, number: number, text: string, speakerNames: Array<string>, worldSeconds: number, createdAt: string, speakers: Array<{ id: string }>, interactions: { edges: Array<{ node: { id: string, initiatorName: string, responderName: string, initiatorValence: number, responderValence: number, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } };

export type ConversationsQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
  filter?: ConversationFilter | null | undefined;
}>;


export type ConversationsQuery = { ecosystem: { id: string, viewerRole: Role, conversations: { edges: Array<{ cursor: string, node: { id: string, title: string, isOpen: boolean, openedWorldSeconds: number, closedWorldSeconds: number | null, createdAt: string, participants: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> }, messages: { totalCount: number, edges: Array<{ node: { id: string, text: string, speakerNames: Array<string> } }> } } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type ConversationQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
}>;


export type ConversationQuery = { conversation: { id: string, title: string, isOpen: boolean, openedWorldSeconds: number, closedWorldSeconds: number | null, ecosystem: { id: string, head: string, viewerRole: Role }, participants: { totalCount: number, edges: Array<{ node: { id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string } | null } }> }, messages: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, number: number, text: string, speakerNames: Array<string>, worldSeconds: number, createdAt: string, speakers: Array<{ id: string }>, interactions: { edges: Array<{ node: { id: string, initiatorName: string, responderName: string, initiatorValence: number, responderValence: number, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type SpeakersQueryVariables = Exact<{
  id: string | number;
  query?: string | null | undefined;
}>;


export type SpeakersQuery = { ecosystem: { id: string, characters: { edges: Array<{ node: { id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string } | null } }> } } | null };

export type OpenConversationMutationVariables = Exact<{
  input: OpenConversationInput;
}>;


export type OpenConversationMutation = { openConversation:
    | { __typename: 'ConversationPayload', cursor: string, conversation: { id: string, title: string, isOpen: boolean, openedWorldSeconds: number, closedWorldSeconds: number | null } }
    | { __typename: 'Inactive', explanation: string }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type CloseConversationMutationVariables = Exact<{
  input: CloseConversationInput;
}>;


export type CloseConversationMutation = { closeConversation:
    | { __typename: 'ConversationPayload', cursor: string, conversation: { id: string, title: string, isOpen: boolean, openedWorldSeconds: number, closedWorldSeconds: number | null } }
    | { __typename: 'Inactive', explanation: string }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

type ConversationAnswer_ConversationPayload_Fragment = { cursor: string, conversation: { id: string, title: string, isOpen: boolean, openedWorldSeconds: number, closedWorldSeconds: number | null } };

type ConversationAnswer_Inactive_Fragment = { explanation: string };

type ConversationAnswer_Invalid_Fragment = { explanation: string, problems: Array<{ path: Array<string>, explanation: string }> };

type ConversationAnswer_NotAllowed_Fragment = { explanation: string, neededRole: Role | null };

type ConversationAnswer_NotFound_Fragment = { explanation: string };

type ConversationAnswer_NotSignedIn_Fragment = { explanation: string };

export type ConversationAnswerFragment =
  | ConversationAnswer_ConversationPayload_Fragment
  | ConversationAnswer_Inactive_Fragment
  | ConversationAnswer_Invalid_Fragment
  | ConversationAnswer_NotAllowed_Fragment
  | ConversationAnswer_NotFound_Fragment
  | ConversationAnswer_NotSignedIn_Fragment
;

export type SayMutationVariables = Exact<{
  input: SayInput;
}>;


export type SayMutation = { say:
    | { __typename: 'ConversationIsClosed', explanation: string, conversation: { id: string, isOpen: boolean, closedWorldSeconds: number | null } }
    | { __typename: 'Inactive', explanation: string }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
    | { __typename: 'SayPayload', cursor: string, message: { id: string, number: number, text: string, speakerNames: Array<string>, worldSeconds: number, createdAt: string, speakers: Array<{ id: string }>, interactions: { edges: Array<{ node: { id: string, initiatorName: string, responderName: string, initiatorValence: number, responderValence: number, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } }
    | { __typename: 'TooTired', explanation: string, restedWorldSeconds: number, character: { id: string, name: string, energy: number } }
   };

export type FollowConversationSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type FollowConversationSubscription = { conversation:
    | { __typename: 'CaughtUp', cursor: string, sent: number }
    | { __typename: 'CursorLost', explanation: string, head: string }
    | { __typename: 'MessageAppended', cursor: string, message: { id: string, number: number, text: string, speakerNames: Array<string>, worldSeconds: number, createdAt: string, speakers: Array<{ id: string }>, interactions: { edges: Array<{ node: { id: string, initiatorName: string, responderName: string, initiatorValence: number, responderValence: number, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } }
    | { __typename: 'NotAllowed', explanation: string }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type WorldCardFragment = { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, createdAt: string, clock: { worldSeconds: number, rate: number }, summary: { countedAt: string, characters: number, activeCharacters: number, relationships: number, interactions: number, conversations: number, messages: number, lastActivityAt: string | null, relationshipsByStage: Array<{ stage: Stage, count: number }> } };

export type WorldsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: EcosystemFilter | null | undefined;
  orderBy?: EcosystemOrder;
}>;


export type WorldsQuery = { ecosystems: { edges: Array<{ cursor: string, node: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, createdAt: string, clock: { worldSeconds: number, rate: number }, summary: { countedAt: string, characters: number, activeCharacters: number, relationships: number, interactions: number, conversations: number, messages: number, lastActivityAt: string | null, relationshipsByStage: Array<{ stage: Stage, count: number }> } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WorldQueryVariables = Exact<{
  id: string | number;
}>;


export type WorldQuery = { ecosystem: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, seed: string | null, createdAt: string, head: string, clock: { worldSeconds: number, rate: number }, ruleSet: { name: string, version: number, description: string, kinds: Array<{ kind: InteractionKind, cost: number, affinityRate: number, trustRate: number, familiarityRate: number, baseValence: number }>, volitions: Array<{ name: string, description: string, weight: number }> } } | null };

export type WorldNumbersQueryVariables = Exact<{
  id: string | number;
  of: NetworkKind;
}>;


export type WorldNumbersQuery = { ecosystem: { id: string, summary: { countedAt: string, characters: number, activeCharacters: number, relationships: number, interactions: number, conversations: number, messages: number, lastActivityAt: string | null, interactionsByKind: Array<{ kind: InteractionKind, count: number }>, relationshipsByStage: Array<{ stage: Stage, count: number }> }, measures: { asOf: string, size: number, numEdges: number, density: number | null, averageDegree: number | null, maxDegree: number | null, averageClustering: number | null, averagePathLength: number | null, diameter: number | null, numConnectedComponents: number } | null } | null };

export type CharacterNumbersQueryVariables = Exact<{
  id: string | number;
  of: NetworkKind;
}>;


export type CharacterNumbersQuery = { ecosystem: { id: string, characters: { edges: Array<{ node: { id: string, name: string, measures: { asOf: string, degree: number, weightedDegree: number, closeness: number | null, betweenness: number | null, eigenvector: number | null, numOfSpeechActs: number, numOfWords: number } | null } }> } } | null };

export type MembersQueryVariables = Exact<{
  id: string | number;
}>;


export type MembersQuery = { ecosystem: { id: string, version: number, viewerRole: Role, members: { edges: Array<{ cursor: string, role: Role, since: string, node: { id: string, name: string } }> } | null } | null };

export type RuleSetsQueryVariables = Exact<{ [key: string]: never; }>;


export type RuleSetsQuery = { ruleSets: Array<{ name: string, version: number, description: string }> };

export type CreateEcosystemMutationVariables = Exact<{
  input: CreateEcosystemInput;
}>;


export type CreateEcosystemMutation = { createEcosystem:
    | { __typename: 'Conflict', explanation: string, currentVersion: number }
    | { __typename: 'EcosystemPayload', cursor: string, ecosystem: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, clock: { worldSeconds: number, rate: number } } }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type UpdateEcosystemMutationVariables = Exact<{
  input: UpdateEcosystemInput;
}>;


export type UpdateEcosystemMutation = { updateEcosystem:
    | { __typename: 'Conflict', explanation: string, currentVersion: number }
    | { __typename: 'EcosystemPayload', cursor: string, ecosystem: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, clock: { worldSeconds: number, rate: number } } }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type SetClockMutationVariables = Exact<{
  input: SetClockInput;
}>;


export type SetClockMutation = { setClock:
    | { __typename: 'Conflict', explanation: string, currentVersion: number }
    | { __typename: 'EcosystemPayload', cursor: string, ecosystem: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, clock: { worldSeconds: number, rate: number } } }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type GrantRoleMutationVariables = Exact<{
  input: GrantRoleInput;
}>;


export type GrantRoleMutation = { grantRole:
    | { __typename: 'Conflict', explanation: string, currentVersion: number }
    | { __typename: 'EcosystemPayload', cursor: string, ecosystem: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, clock: { worldSeconds: number, rate: number } } }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type RevokeRoleMutationVariables = Exact<{
  input: RevokeRoleInput;
}>;


export type RevokeRoleMutation = { revokeRole:
    | { __typename: 'Conflict', explanation: string, currentVersion: number }
    | { __typename: 'EcosystemPayload', cursor: string, ecosystem: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, clock: { worldSeconds: number, rate: number } } }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type DeleteEcosystemMutationVariables = Exact<{
  input: DeleteEcosystemInput;
}>;


export type DeleteEcosystemMutation = { deleteEcosystem:
    | { __typename: 'DeletePayload', deletedId: string, cursor: string | null }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

type EcosystemAnswer_Conflict_Fragment = { explanation: string, currentVersion: number };

type EcosystemAnswer_EcosystemPayload_Fragment = { cursor: string, ecosystem: { id: string, name: string, description: string, visibility: Visibility, viewerRole: Role, version: number, clock: { worldSeconds: number, rate: number } } };

type EcosystemAnswer_Invalid_Fragment = { explanation: string, problems: Array<{ path: Array<string>, explanation: string }> };

type EcosystemAnswer_NotAllowed_Fragment = { explanation: string, neededRole: Role | null };

type EcosystemAnswer_NotFound_Fragment = { explanation: string };

type EcosystemAnswer_NotSignedIn_Fragment = { explanation: string };

export type EcosystemAnswerFragment =
  | EcosystemAnswer_Conflict_Fragment
  | EcosystemAnswer_EcosystemPayload_Fragment
  | EcosystemAnswer_Invalid_Fragment
  | EcosystemAnswer_NotAllowed_Fragment
  | EcosystemAnswer_NotFound_Fragment
  | EcosystemAnswer_NotSignedIn_Fragment
;

type DeleteAnswer_DeletePayload_Fragment = { deletedId: string, cursor: string | null };

type DeleteAnswer_NotAllowed_Fragment = { explanation: string, neededRole: Role | null };

type DeleteAnswer_NotFound_Fragment = { explanation: string };

type DeleteAnswer_NotSignedIn_Fragment = { explanation: string };

export type DeleteAnswerFragment =
  | DeleteAnswer_DeletePayload_Fragment
  | DeleteAnswer_NotAllowed_Fragment
  | DeleteAnswer_NotFound_Fragment
  | DeleteAnswer_NotSignedIn_Fragment
;

export type FeltFragment = { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage };

export type EffectFragment = { fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } };

export type ActFragment = { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> };

export type ForecastQueryVariables = Exact<{
  input: ForecastInput;
}>;


export type ForecastQuery = { forecast:
    | { __typename: 'Forecast', kind: InteractionKind, cost: number, restedWorldSeconds: number | null, chance: number, reasons: Array<{ rule: string, description: string, weight: number }>, ifAccepted: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }>, ifDeclined: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }>, initiator: { id: string, name: string, energy: number }, responder: { id: string, name: string, energy: number } }
    | { __typename: 'Inactive', explanation: string }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type InteractMutationVariables = Exact<{
  input: InteractInput;
}>;


export type InteractMutation = { interact:
    | { __typename: 'Inactive', explanation: string, character: { id: string, isActive: boolean } }
    | { __typename: 'InteractPayload', cursor: string, interaction: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> }, initiator: { id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string } | null }, responder: { id: string, name: string, energy: number, mood: number, isActive: boolean, viewerCanAct: boolean, owner: { id: string } | null } }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'NotAllowed', explanation: string, neededRole: Role | null }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
    | { __typename: 'TooTired', explanation: string, restedWorldSeconds: number, character: { id: string, name: string, energy: number } }
   };

export type NetworkQueryVariables = Exact<{
  id: string | number;
  characters: number;
  relationships: number;
}>;


export type NetworkQuery = { ecosystem: { network: { asOf: string, characters: { characterId: Array<string>, name: Array<string>, x: Array<number>, y: Array<number>, energy: Array<number>, isActive: Array<boolean> }, relationships: { from: Array<number>, to: Array<number>, bond: Array<number>, trust: Array<number>, contact: Array<number>, stage: Array<Stage> } } } | null };

export type FollowNetworkSubscriptionVariables = Exact<{
  ecosystem: string | number;
  after?: string | null | undefined;
}>;


export type FollowNetworkSubscription = { network:
    | { __typename: 'CaughtUp', cursor: string, sent: number }
    | { __typename: 'CursorLost', explanation: string, head: string }
    | { __typename: 'NetworkAltered', cursor: string, removedCharacterIds: Array<string>, places: Array<{ characterId: string, x: number, y: number }>, characters: Array<{ id: string, name: string, energy: number, isActive: boolean }>, relationships: Array<{ bond: number, trust: number, contact: number, stage: Stage, from: { id: string }, to: { id: string } }> }
    | { __typename: 'NotAllowed', explanation: string }
    | { __typename: 'NotFound', explanation: string }
    | { __typename: 'NotSignedIn', explanation: string }
   };

export type TieBetweenQueryVariables = Exact<{
  from: string | number;
  to: string | number;
}>;


export type TieBetweenQuery = { there: { id: string, name: string, viewerCanAct: boolean, energy: number, relationshipWith: { version: number, updatedAt: string, createdAt: string, id: string, affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage, mutualStage: Stage, interactions: { edges: Array<{ node: { id: string, kind: InteractionKind, initiatorName: string, responderName: string, content: string, accepted: boolean, initiatorValence: number, responderValence: number, chance: number, drawn: number | null, worldSeconds: number, createdAt: string, initiator: { id: string, energy: number, mood: number } | null, responder: { id: string, energy: number, mood: number } | null, reasons: Array<{ rule: string, description: string, weight: number }>, effects: Array<{ fromName: string, toName: string, from: { id: string } | null, to: { id: string } | null, before: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage }, after: { affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage } }> } }> } } | null } | null, back: { id: string, name: string, viewerCanAct: boolean, energy: number, relationshipWith: { version: number, updatedAt: string, createdAt: string, id: string, affinity: number, bond: number, trust: number, familiarity: number, contact: number, stage: Stage, mutualStage: Stage } | null } | null };

export type CommonNeighboursQueryVariables = Exact<{
  id: string | number;
  other: string | number;
}>;


export type CommonNeighboursQuery = { character: { id: string, commonNeighbours: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> } } | null };

export type PathBetweenQueryVariables = Exact<{
  ecosystem: string | number;
  from: string | number;
  to: string | number;
  by: PathCost;
}>;


export type PathBetweenQuery = { ecosystem: { id: string, path: { asOf: string, cost: number, characters: Array<{ id: string, name: string }>, relationships: Array<{ id: string, bond: number, stage: Stage, from: { id: string }, to: { id: string } }> } | null } | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, name: string, createdAt: string } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'BadCredentials', explanation: string }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'SignedIn', expiresAt: string, me: { id: string, name: string, createdAt: string } }
    | { __typename: 'TooManyTries', explanation: string, retryAfterSeconds: number }
   };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { signUp:
    | { __typename: 'BadCredentials', explanation: string }
    | { __typename: 'Invalid', explanation: string, problems: Array<{ path: Array<string>, explanation: string }> }
    | { __typename: 'SignedIn', expiresAt: string, me: { id: string, name: string, createdAt: string } }
    | { __typename: 'TooManyTries', explanation: string, retryAfterSeconds: number }
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FeltFragmentDoc = new TypedDocumentString(`
    fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
    `, {"fragmentName":"Felt"}) as unknown as TypedDocumentString<FeltFragment, unknown>;
export const EffectFragmentDoc = new TypedDocumentString(`
    fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
    fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}`, {"fragmentName":"Effect"}) as unknown as TypedDocumentString<EffectFragment, unknown>;
export const ActFragmentDoc = new TypedDocumentString(`
    fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}
    fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}`, {"fragmentName":"Act"}) as unknown as TypedDocumentString<ActFragment, unknown>;
export const HappeningFragmentDoc = new TypedDocumentString(`
    fragment Happening on Activity {
  __typename
  id
  cursor
  position
  type
  worldSeconds
  createdAt
  actor {
    id
    name
  }
  ... on EcosystemChanged {
    changed
  }
  ... on ClockSet {
    rate
  }
  ... on MemberGranted {
    userName
    role
  }
  ... on MemberRevoked {
    userName
  }
  ... on CharacterCreated {
    characterName
    character {
      id
    }
  }
  ... on CharacterChanged {
    characterName
    character {
      id
      energy
      mood
      isActive
    }
    changed
  }
  ... on CharacterDeleted {
    characterName
    characterId
  }
  ... on Interacted {
    interaction {
      ...Act
    }
  }
  ... on StageChanged {
    fromName
    toName
    before
    after
    relationship {
      id
      from {
        id
      }
      to {
        id
      }
    }
  }
  ... on ConversationOpened {
    conversation {
      id
      title
    }
  }
  ... on MessageSaid {
    message {
      id
      number
      text
      speakerNames
      speakers {
        id
      }
      conversation {
        id
        title
      }
      interactions(first: 8) {
        edges {
          node {
            ...Act
          }
        }
      }
    }
  }
  ... on ConversationClosed {
    conversation {
      id
      title
    }
  }
}
    fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}`, {"fragmentName":"Happening"}) as unknown as TypedDocumentString<HappeningFragment, unknown>;
export const TieFragmentDoc = new TypedDocumentString(`
    fragment Tie on Relationship {
  id
  affinity
  bond
  trust
  familiarity
  contact
  stage
  mutualStage
}
    `, {"fragmentName":"Tie"}) as unknown as TypedDocumentString<TieFragment, unknown>;
export const PersonRowFragmentDoc = new TypedDocumentString(`
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}
    `, {"fragmentName":"PersonRow"}) as unknown as TypedDocumentString<PersonRowFragment, unknown>;
export const CharacterAnswerFragmentDoc = new TypedDocumentString(`
    fragment CharacterAnswer on CharacterResult {
  ... on CharacterPayload {
    cursor
    character {
      ...PersonRow
      description
      version
      viewerCanEdit
      owner {
        id
        name
      }
      traits {
        openness
        conscientiousness
        extraversion
        agreeableness
        neuroticism
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}`, {"fragmentName":"CharacterAnswer"}) as unknown as TypedDocumentString<CharacterAnswerFragment, unknown>;
export const ConversationRowFragmentDoc = new TypedDocumentString(`
    fragment ConversationRow on Conversation {
  id
  title
  isOpen
  openedWorldSeconds
  closedWorldSeconds
  createdAt
  participants(first: 8) {
    totalCount
    edges {
      node {
        id
        name
      }
    }
  }
  messages(last: 1) {
    totalCount
    edges {
      node {
        id
        text
        speakerNames
      }
    }
  }
}
    `, {"fragmentName":"ConversationRow"}) as unknown as TypedDocumentString<ConversationRowFragment, unknown>;
export const LineFragmentDoc = new TypedDocumentString(`
    fragment Line on Message {
  id
  number
  text
  speakerNames
  speakers {
    id
  }
  worldSeconds
  createdAt
  interactions(first: 8) {
    edges {
      node {
        id
        initiatorName
        responderName
        initiatorValence
        responderValence
        effects {
          ...Effect
        }
      }
    }
  }
}
    fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}`, {"fragmentName":"Line"}) as unknown as TypedDocumentString<LineFragment, unknown>;
export const ConversationAnswerFragmentDoc = new TypedDocumentString(`
    fragment ConversationAnswer on ConversationResult {
  ... on ConversationPayload {
    cursor
    conversation {
      id
      title
      isOpen
      openedWorldSeconds
      closedWorldSeconds
    }
  }
  ... on Inactive {
    explanation
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}
    `, {"fragmentName":"ConversationAnswer"}) as unknown as TypedDocumentString<ConversationAnswerFragment, unknown>;
export const WorldCardFragmentDoc = new TypedDocumentString(`
    fragment WorldCard on Ecosystem {
  id
  name
  description
  visibility
  viewerRole
  version
  createdAt
  clock {
    worldSeconds
    rate
  }
  summary {
    countedAt
    characters
    activeCharacters
    relationships
    interactions
    conversations
    messages
    lastActivityAt
    relationshipsByStage {
      stage
      count
    }
  }
}
    `, {"fragmentName":"WorldCard"}) as unknown as TypedDocumentString<WorldCardFragment, unknown>;
export const EcosystemAnswerFragmentDoc = new TypedDocumentString(`
    fragment EcosystemAnswer on EcosystemResult {
  ... on EcosystemPayload {
    cursor
    ecosystem {
      id
      name
      description
      visibility
      viewerRole
      version
      clock {
        worldSeconds
        rate
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}
    `, {"fragmentName":"EcosystemAnswer"}) as unknown as TypedDocumentString<EcosystemAnswerFragment, unknown>;
export const DeleteAnswerFragmentDoc = new TypedDocumentString(`
    fragment DeleteAnswer on DeleteResult {
  ... on DeletePayload {
    deletedId
    cursor
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}
    `, {"fragmentName":"DeleteAnswer"}) as unknown as TypedDocumentString<DeleteAnswerFragment, unknown>;
export const FeedPageDocument = new TypedDocumentString(`
    query FeedPage($id: ID!, $last: Int!, $before: String, $filter: ActivityFilter) {
  ecosystem(id: $id) {
    id
    head
    clock {
      worldSeconds
      rate
    }
    activity(last: $last, before: $before, filter: $filter) {
      edges {
        node {
          __typename
          ...Happening
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}
    fragment Happening on Activity {
  __typename
  id
  cursor
  position
  type
  worldSeconds
  createdAt
  actor {
    id
    name
  }
  ... on EcosystemChanged {
    changed
  }
  ... on ClockSet {
    rate
  }
  ... on MemberGranted {
    userName
    role
  }
  ... on MemberRevoked {
    userName
  }
  ... on CharacterCreated {
    characterName
    character {
      id
    }
  }
  ... on CharacterChanged {
    characterName
    character {
      id
      energy
      mood
      isActive
    }
    changed
  }
  ... on CharacterDeleted {
    characterName
    characterId
  }
  ... on Interacted {
    interaction {
      ...Act
    }
  }
  ... on StageChanged {
    fromName
    toName
    before
    after
    relationship {
      id
      from {
        id
      }
      to {
        id
      }
    }
  }
  ... on ConversationOpened {
    conversation {
      id
      title
    }
  }
  ... on MessageSaid {
    message {
      id
      number
      text
      speakerNames
      speakers {
        id
      }
      conversation {
        id
        title
      }
      interactions(first: 8) {
        edges {
          node {
            ...Act
          }
        }
      }
    }
  }
  ... on ConversationClosed {
    conversation {
      id
      title
    }
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}`) as unknown as TypedDocumentString<FeedPageQuery, FeedPageQueryVariables>;
export const FactDocument = new TypedDocumentString(`
    query Fact($id: ID!) {
  node(id: $id) {
    __typename
    ...Happening
  }
}
    fragment Happening on Activity {
  __typename
  id
  cursor
  position
  type
  worldSeconds
  createdAt
  actor {
    id
    name
  }
  ... on EcosystemChanged {
    changed
  }
  ... on ClockSet {
    rate
  }
  ... on MemberGranted {
    userName
    role
  }
  ... on MemberRevoked {
    userName
  }
  ... on CharacterCreated {
    characterName
    character {
      id
    }
  }
  ... on CharacterChanged {
    characterName
    character {
      id
      energy
      mood
      isActive
    }
    changed
  }
  ... on CharacterDeleted {
    characterName
    characterId
  }
  ... on Interacted {
    interaction {
      ...Act
    }
  }
  ... on StageChanged {
    fromName
    toName
    before
    after
    relationship {
      id
      from {
        id
      }
      to {
        id
      }
    }
  }
  ... on ConversationOpened {
    conversation {
      id
      title
    }
  }
  ... on MessageSaid {
    message {
      id
      number
      text
      speakerNames
      speakers {
        id
      }
      conversation {
        id
        title
      }
      interactions(first: 8) {
        edges {
          node {
            ...Act
          }
        }
      }
    }
  }
  ... on ConversationClosed {
    conversation {
      id
      title
    }
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}`) as unknown as TypedDocumentString<FactQuery, FactQueryVariables>;
export const FollowActivityDocument = new TypedDocumentString(`
    subscription FollowActivity($ecosystem: ID!, $after: String, $filter: ActivityFilter) {
  activity(ecosystemId: $ecosystem, after: $after, filter: $filter) {
    __typename
    ... on ActivityAppended {
      cursor
      activity {
        __typename
        ...Happening
      }
    }
    ... on CaughtUp {
      cursor
      sent
    }
    ... on CursorLost {
      explanation
      head
    }
    ... on NotFound {
      explanation
    }
    ... on NotAllowed {
      explanation
    }
    ... on NotSignedIn {
      explanation
    }
  }
}
    fragment Happening on Activity {
  __typename
  id
  cursor
  position
  type
  worldSeconds
  createdAt
  actor {
    id
    name
  }
  ... on EcosystemChanged {
    changed
  }
  ... on ClockSet {
    rate
  }
  ... on MemberGranted {
    userName
    role
  }
  ... on MemberRevoked {
    userName
  }
  ... on CharacterCreated {
    characterName
    character {
      id
    }
  }
  ... on CharacterChanged {
    characterName
    character {
      id
      energy
      mood
      isActive
    }
    changed
  }
  ... on CharacterDeleted {
    characterName
    characterId
  }
  ... on Interacted {
    interaction {
      ...Act
    }
  }
  ... on StageChanged {
    fromName
    toName
    before
    after
    relationship {
      id
      from {
        id
      }
      to {
        id
      }
    }
  }
  ... on ConversationOpened {
    conversation {
      id
      title
    }
  }
  ... on MessageSaid {
    message {
      id
      number
      text
      speakerNames
      speakers {
        id
      }
      conversation {
        id
        title
      }
      interactions(first: 8) {
        edges {
          node {
            ...Act
          }
        }
      }
    }
  }
  ... on ConversationClosed {
    conversation {
      id
      title
    }
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}`) as unknown as TypedDocumentString<FollowActivitySubscription, FollowActivitySubscriptionVariables>;
export const PeopleDocument = new TypedDocumentString(`
    query People($id: ID!, $first: Int!, $after: String, $filter: CharacterFilter, $orderBy: CharacterOrder!) {
  ecosystem(id: $id) {
    id
    characters(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      edges {
        cursor
        node {
          ...PersonRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}`) as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
export const StagesTowardsDocument = new TypedDocumentString(`
    query StagesTowards($id: ID!) {
  character(id: $id) {
    id
    relationships(direction: INCOMING, first: 100) {
      edges {
        node {
          id
          stage
          from {
            id
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StagesTowardsQuery, StagesTowardsQueryVariables>;
export const CharacterDocument = new TypedDocumentString(`
    query Character($id: ID!) {
  character(id: $id) {
    ...PersonRow
    description
    version
    viewerCanEdit
    createdAt
    owner {
      id
      name
    }
    traits {
      openness
      conscientiousness
      extraversion
      agreeableness
      neuroticism
    }
    restForGreeting: restedWorldSeconds(kind: GREETING)
    restForChat: restedWorldSeconds(kind: CHAT)
    restForConflict: restedWorldSeconds(kind: CONFLICT)
    summary {
      countedAt
      relationships
      regardedBy
      friends
      rivals
      averageBond
      interactions
      messages
    }
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}`) as unknown as TypedDocumentString<CharacterQuery, CharacterQueryVariables>;
export const TiesDocument = new TypedDocumentString(`
    query Ties($id: ID!, $first: Int!, $after: String, $direction: Direction!, $filter: RelationshipFilter, $orderBy: RelationshipOrder!) {
  character(id: $id) {
    id
    name
    relationships(
      direction: $direction
      first: $first
      after: $after
      filter: $filter
      orderBy: $orderBy
    ) {
      totalCount
      edges {
        cursor
        node {
          ...Tie
          from {
            id
            name
          }
          to {
            id
            name
          }
          reverse {
            ...Tie
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment Tie on Relationship {
  id
  affinity
  bond
  trust
  familiarity
  contact
  stage
  mutualStage
}`) as unknown as TypedDocumentString<TiesQuery, TiesQueryVariables>;
export const CharacterHistoryDocument = new TypedDocumentString(`
    query CharacterHistory($id: ID!, $last: Int!, $before: String) {
  character(id: $id) {
    id
    name
    activity(last: $last, before: $before) {
      edges {
        cursor
        node {
          __typename
          ...Happening
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}
    fragment Happening on Activity {
  __typename
  id
  cursor
  position
  type
  worldSeconds
  createdAt
  actor {
    id
    name
  }
  ... on EcosystemChanged {
    changed
  }
  ... on ClockSet {
    rate
  }
  ... on MemberGranted {
    userName
    role
  }
  ... on MemberRevoked {
    userName
  }
  ... on CharacterCreated {
    characterName
    character {
      id
    }
  }
  ... on CharacterChanged {
    characterName
    character {
      id
      energy
      mood
      isActive
    }
    changed
  }
  ... on CharacterDeleted {
    characterName
    characterId
  }
  ... on Interacted {
    interaction {
      ...Act
    }
  }
  ... on StageChanged {
    fromName
    toName
    before
    after
    relationship {
      id
      from {
        id
      }
      to {
        id
      }
    }
  }
  ... on ConversationOpened {
    conversation {
      id
      title
    }
  }
  ... on MessageSaid {
    message {
      id
      number
      text
      speakerNames
      speakers {
        id
      }
      conversation {
        id
        title
      }
      interactions(first: 8) {
        edges {
          node {
            ...Act
          }
        }
      }
    }
  }
  ... on ConversationClosed {
    conversation {
      id
      title
    }
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}`) as unknown as TypedDocumentString<CharacterHistoryQuery, CharacterHistoryQueryVariables>;
export const CharacterConversationsDocument = new TypedDocumentString(`
    query CharacterConversations($id: ID!, $last: Int!, $before: String) {
  character(id: $id) {
    id
    name
    conversations(last: $last, before: $before) {
      edges {
        cursor
        node {
          ...ConversationRow
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}
    fragment ConversationRow on Conversation {
  id
  title
  isOpen
  openedWorldSeconds
  closedWorldSeconds
  createdAt
  participants(first: 8) {
    totalCount
    edges {
      node {
        id
        name
      }
    }
  }
  messages(last: 1) {
    totalCount
    edges {
      node {
        id
        text
        speakerNames
      }
    }
  }
}`) as unknown as TypedDocumentString<CharacterConversationsQuery, CharacterConversationsQueryVariables>;
export const CharacterMeasuresDocument = new TypedDocumentString(`
    query CharacterMeasures($id: ID!, $of: NetworkKind!) {
  character(id: $id) {
    id
    measures(of: $of) {
      asOf
      degree
      weightedDegree
      closeness
      betweenness
      eigenvector
      numOfSpeechActs
      numOfWords
    }
  }
}
    `) as unknown as TypedDocumentString<CharacterMeasuresQuery, CharacterMeasuresQueryVariables>;
export const CreateCharacterDocument = new TypedDocumentString(`
    mutation CreateCharacter($input: CreateCharacterInput!) {
  createCharacter(input: $input) {
    __typename
    ...CharacterAnswer
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}
fragment CharacterAnswer on CharacterResult {
  ... on CharacterPayload {
    cursor
    character {
      ...PersonRow
      description
      version
      viewerCanEdit
      owner {
        id
        name
      }
      traits {
        openness
        conscientiousness
        extraversion
        agreeableness
        neuroticism
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<CreateCharacterMutation, CreateCharacterMutationVariables>;
export const UpdateCharacterDocument = new TypedDocumentString(`
    mutation UpdateCharacter($input: UpdateCharacterInput!) {
  updateCharacter(input: $input) {
    __typename
    ...CharacterAnswer
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}
fragment CharacterAnswer on CharacterResult {
  ... on CharacterPayload {
    cursor
    character {
      ...PersonRow
      description
      version
      viewerCanEdit
      owner {
        id
        name
      }
      traits {
        openness
        conscientiousness
        extraversion
        agreeableness
        neuroticism
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<UpdateCharacterMutation, UpdateCharacterMutationVariables>;
export const DeleteCharacterDocument = new TypedDocumentString(`
    mutation DeleteCharacter($input: DeleteCharacterInput!) {
  deleteCharacter(input: $input) {
    __typename
    ...DeleteAnswer
  }
}
    fragment DeleteAnswer on DeleteResult {
  ... on DeletePayload {
    deletedId
    cursor
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<DeleteCharacterMutation, DeleteCharacterMutationVariables>;
export const FollowCharacterDocument = new TypedDocumentString(`
    subscription FollowCharacter($id: ID!, $after: String) {
  character(id: $id, after: $after) {
    __typename
    ... on CharacterAltered {
      cursor
      character {
        ...PersonRow
        description
        version
        traits {
          openness
          conscientiousness
          extraversion
          agreeableness
          neuroticism
        }
      }
    }
    ... on CaughtUp {
      cursor
      sent
    }
    ... on CursorLost {
      explanation
      head
    }
    ... on NotFound {
      explanation
    }
    ... on NotAllowed {
      explanation
    }
    ... on NotSignedIn {
      explanation
    }
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}`) as unknown as TypedDocumentString<FollowCharacterSubscription, FollowCharacterSubscriptionVariables>;
export const ConversationsDocument = new TypedDocumentString(`
    query Conversations($id: ID!, $last: Int!, $before: String, $filter: ConversationFilter) {
  ecosystem(id: $id) {
    id
    viewerRole
    conversations(last: $last, before: $before, filter: $filter) {
      edges {
        cursor
        node {
          ...ConversationRow
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}
    fragment ConversationRow on Conversation {
  id
  title
  isOpen
  openedWorldSeconds
  closedWorldSeconds
  createdAt
  participants(first: 8) {
    totalCount
    edges {
      node {
        id
        name
      }
    }
  }
  messages(last: 1) {
    totalCount
    edges {
      node {
        id
        text
        speakerNames
      }
    }
  }
}`) as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const ConversationDocument = new TypedDocumentString(`
    query Conversation($id: ID!, $last: Int!, $before: String) {
  conversation(id: $id) {
    id
    title
    isOpen
    openedWorldSeconds
    closedWorldSeconds
    ecosystem {
      id
      head
      viewerRole
    }
    participants(first: 100) {
      totalCount
      edges {
        node {
          ...PersonRow
        }
      }
    }
    messages(last: $last, before: $before) {
      totalCount
      edges {
        cursor
        node {
          ...Line
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}
fragment Line on Message {
  id
  number
  text
  speakerNames
  speakers {
    id
  }
  worldSeconds
  createdAt
  interactions(first: 8) {
    edges {
      node {
        id
        initiatorName
        responderName
        initiatorValence
        responderValence
        effects {
          ...Effect
        }
      }
    }
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}`) as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const SpeakersDocument = new TypedDocumentString(`
    query Speakers($id: ID!, $query: String) {
  ecosystem(id: $id) {
    id
    characters(first: 50, filter: {query: $query, isActive: true}) {
      edges {
        node {
          ...PersonRow
        }
      }
    }
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}`) as unknown as TypedDocumentString<SpeakersQuery, SpeakersQueryVariables>;
export const OpenConversationDocument = new TypedDocumentString(`
    mutation OpenConversation($input: OpenConversationInput!) {
  openConversation(input: $input) {
    __typename
    ...ConversationAnswer
  }
}
    fragment ConversationAnswer on ConversationResult {
  ... on ConversationPayload {
    cursor
    conversation {
      id
      title
      isOpen
      openedWorldSeconds
      closedWorldSeconds
    }
  }
  ... on Inactive {
    explanation
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<OpenConversationMutation, OpenConversationMutationVariables>;
export const CloseConversationDocument = new TypedDocumentString(`
    mutation CloseConversation($input: CloseConversationInput!) {
  closeConversation(input: $input) {
    __typename
    ...ConversationAnswer
  }
}
    fragment ConversationAnswer on ConversationResult {
  ... on ConversationPayload {
    cursor
    conversation {
      id
      title
      isOpen
      openedWorldSeconds
      closedWorldSeconds
    }
  }
  ... on Inactive {
    explanation
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<CloseConversationMutation, CloseConversationMutationVariables>;
export const SayDocument = new TypedDocumentString(`
    mutation Say($input: SayInput!) {
  say(input: $input) {
    __typename
    ... on SayPayload {
      cursor
      message {
        ...Line
      }
    }
    ... on ConversationIsClosed {
      explanation
      conversation {
        id
        isOpen
        closedWorldSeconds
      }
    }
    ... on TooTired {
      explanation
      restedWorldSeconds
      character {
        id
        name
        energy
      }
    }
    ... on Inactive {
      explanation
    }
    ... on Invalid {
      explanation
      problems {
        path
        explanation
      }
    }
    ... on NotAllowed {
      explanation
      neededRole
    }
    ... on NotFound {
      explanation
    }
    ... on NotSignedIn {
      explanation
    }
  }
}
    fragment Line on Message {
  id
  number
  text
  speakerNames
  speakers {
    id
  }
  worldSeconds
  createdAt
  interactions(first: 8) {
    edges {
      node {
        id
        initiatorName
        responderName
        initiatorValence
        responderValence
        effects {
          ...Effect
        }
      }
    }
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}`) as unknown as TypedDocumentString<SayMutation, SayMutationVariables>;
export const FollowConversationDocument = new TypedDocumentString(`
    subscription FollowConversation($id: ID!, $after: String) {
  conversation(id: $id, after: $after) {
    __typename
    ... on MessageAppended {
      cursor
      message {
        ...Line
      }
    }
    ... on CaughtUp {
      cursor
      sent
    }
    ... on CursorLost {
      explanation
      head
    }
    ... on NotFound {
      explanation
    }
    ... on NotAllowed {
      explanation
    }
    ... on NotSignedIn {
      explanation
    }
  }
}
    fragment Line on Message {
  id
  number
  text
  speakerNames
  speakers {
    id
  }
  worldSeconds
  createdAt
  interactions(first: 8) {
    edges {
      node {
        id
        initiatorName
        responderName
        initiatorValence
        responderValence
        effects {
          ...Effect
        }
      }
    }
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}`) as unknown as TypedDocumentString<FollowConversationSubscription, FollowConversationSubscriptionVariables>;
export const WorldsDocument = new TypedDocumentString(`
    query Worlds($first: Int!, $after: String, $filter: EcosystemFilter, $orderBy: EcosystemOrder! = RECENTLY_ACTIVE) {
  ecosystems(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges {
      cursor
      node {
        ...WorldCard
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment WorldCard on Ecosystem {
  id
  name
  description
  visibility
  viewerRole
  version
  createdAt
  clock {
    worldSeconds
    rate
  }
  summary {
    countedAt
    characters
    activeCharacters
    relationships
    interactions
    conversations
    messages
    lastActivityAt
    relationshipsByStage {
      stage
      count
    }
  }
}`) as unknown as TypedDocumentString<WorldsQuery, WorldsQueryVariables>;
export const WorldDocument = new TypedDocumentString(`
    query World($id: ID!) {
  ecosystem(id: $id) {
    id
    name
    description
    visibility
    viewerRole
    version
    seed
    createdAt
    head
    clock {
      worldSeconds
      rate
    }
    ruleSet {
      name
      version
      description
      kinds {
        kind
        cost
        affinityRate
        trustRate
        familiarityRate
        baseValence
      }
      volitions {
        name
        description
        weight
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WorldQuery, WorldQueryVariables>;
export const WorldNumbersDocument = new TypedDocumentString(`
    query WorldNumbers($id: ID!, $of: NetworkKind!) {
  ecosystem(id: $id) {
    id
    summary {
      countedAt
      characters
      activeCharacters
      relationships
      interactions
      conversations
      messages
      lastActivityAt
      interactionsByKind {
        kind
        count
      }
      relationshipsByStage {
        stage
        count
      }
    }
    measures(of: $of) {
      asOf
      size
      numEdges
      density
      averageDegree
      maxDegree
      averageClustering
      averagePathLength
      diameter
      numConnectedComponents
    }
  }
}
    `) as unknown as TypedDocumentString<WorldNumbersQuery, WorldNumbersQueryVariables>;
export const CharacterNumbersDocument = new TypedDocumentString(`
    query CharacterNumbers($id: ID!, $of: NetworkKind!) {
  ecosystem(id: $id) {
    id
    characters(first: 40, orderBy: MOST_ACTIVE) {
      edges {
        node {
          id
          name
          measures(of: $of) {
            asOf
            degree
            weightedDegree
            closeness
            betweenness
            eigenvector
            numOfSpeechActs
            numOfWords
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CharacterNumbersQuery, CharacterNumbersQueryVariables>;
export const MembersDocument = new TypedDocumentString(`
    query Members($id: ID!) {
  ecosystem(id: $id) {
    id
    version
    viewerRole
    members(first: 100) {
      edges {
        cursor
        role
        since
        node {
          id
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const RuleSetsDocument = new TypedDocumentString(`
    query RuleSets {
  ruleSets {
    name
    version
    description
  }
}
    `) as unknown as TypedDocumentString<RuleSetsQuery, RuleSetsQueryVariables>;
export const CreateEcosystemDocument = new TypedDocumentString(`
    mutation CreateEcosystem($input: CreateEcosystemInput!) {
  createEcosystem(input: $input) {
    __typename
    ...EcosystemAnswer
  }
}
    fragment EcosystemAnswer on EcosystemResult {
  ... on EcosystemPayload {
    cursor
    ecosystem {
      id
      name
      description
      visibility
      viewerRole
      version
      clock {
        worldSeconds
        rate
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<CreateEcosystemMutation, CreateEcosystemMutationVariables>;
export const UpdateEcosystemDocument = new TypedDocumentString(`
    mutation UpdateEcosystem($input: UpdateEcosystemInput!) {
  updateEcosystem(input: $input) {
    __typename
    ...EcosystemAnswer
  }
}
    fragment EcosystemAnswer on EcosystemResult {
  ... on EcosystemPayload {
    cursor
    ecosystem {
      id
      name
      description
      visibility
      viewerRole
      version
      clock {
        worldSeconds
        rate
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<UpdateEcosystemMutation, UpdateEcosystemMutationVariables>;
export const SetClockDocument = new TypedDocumentString(`
    mutation SetClock($input: SetClockInput!) {
  setClock(input: $input) {
    __typename
    ...EcosystemAnswer
  }
}
    fragment EcosystemAnswer on EcosystemResult {
  ... on EcosystemPayload {
    cursor
    ecosystem {
      id
      name
      description
      visibility
      viewerRole
      version
      clock {
        worldSeconds
        rate
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<SetClockMutation, SetClockMutationVariables>;
export const GrantRoleDocument = new TypedDocumentString(`
    mutation GrantRole($input: GrantRoleInput!) {
  grantRole(input: $input) {
    __typename
    ...EcosystemAnswer
  }
}
    fragment EcosystemAnswer on EcosystemResult {
  ... on EcosystemPayload {
    cursor
    ecosystem {
      id
      name
      description
      visibility
      viewerRole
      version
      clock {
        worldSeconds
        rate
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<GrantRoleMutation, GrantRoleMutationVariables>;
export const RevokeRoleDocument = new TypedDocumentString(`
    mutation RevokeRole($input: RevokeRoleInput!) {
  revokeRole(input: $input) {
    __typename
    ...EcosystemAnswer
  }
}
    fragment EcosystemAnswer on EcosystemResult {
  ... on EcosystemPayload {
    cursor
    ecosystem {
      id
      name
      description
      visibility
      viewerRole
      version
      clock {
        worldSeconds
        rate
      }
    }
  }
  ... on Conflict {
    explanation
    currentVersion
  }
  ... on Invalid {
    explanation
    problems {
      path
      explanation
    }
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<RevokeRoleMutation, RevokeRoleMutationVariables>;
export const DeleteEcosystemDocument = new TypedDocumentString(`
    mutation DeleteEcosystem($input: DeleteEcosystemInput!) {
  deleteEcosystem(input: $input) {
    __typename
    ...DeleteAnswer
  }
}
    fragment DeleteAnswer on DeleteResult {
  ... on DeletePayload {
    deletedId
    cursor
  }
  ... on NotAllowed {
    explanation
    neededRole
  }
  ... on NotFound {
    explanation
  }
  ... on NotSignedIn {
    explanation
  }
}`) as unknown as TypedDocumentString<DeleteEcosystemMutation, DeleteEcosystemMutationVariables>;
export const ForecastDocument = new TypedDocumentString(`
    query Forecast($input: ForecastInput!) {
  forecast(input: $input) {
    __typename
    ... on Forecast {
      kind
      cost
      restedWorldSeconds
      chance
      reasons {
        rule
        description
        weight
      }
      ifAccepted {
        ...Effect
      }
      ifDeclined {
        ...Effect
      }
      initiator {
        id
        name
        energy
      }
      responder {
        id
        name
        energy
      }
    }
    ... on Inactive {
      explanation
    }
    ... on Invalid {
      explanation
      problems {
        path
        explanation
      }
    }
    ... on NotAllowed {
      explanation
      neededRole
    }
    ... on NotFound {
      explanation
    }
    ... on NotSignedIn {
      explanation
    }
  }
}
    fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}`) as unknown as TypedDocumentString<ForecastQuery, ForecastQueryVariables>;
export const InteractDocument = new TypedDocumentString(`
    mutation Interact($input: InteractInput!) {
  interact(input: $input) {
    __typename
    ... on InteractPayload {
      cursor
      interaction {
        ...Act
      }
      initiator {
        ...PersonRow
      }
      responder {
        ...PersonRow
      }
    }
    ... on TooTired {
      explanation
      restedWorldSeconds
      character {
        id
        name
        energy
      }
    }
    ... on Inactive {
      explanation
      character {
        id
        isActive
      }
    }
    ... on Invalid {
      explanation
      problems {
        path
        explanation
      }
    }
    ... on NotAllowed {
      explanation
      neededRole
    }
    ... on NotFound {
      explanation
    }
    ... on NotSignedIn {
      explanation
    }
  }
}
    fragment PersonRow on Character {
  id
  name
  energy
  mood
  isActive
  viewerCanAct
  owner {
    id
  }
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}`) as unknown as TypedDocumentString<InteractMutation, InteractMutationVariables>;
export const NetworkDocument = new TypedDocumentString(`
    query Network($id: ID!, $characters: Int!, $relationships: Int!) {
  ecosystem(id: $id) {
    network(characters: $characters, relationships: $relationships) {
      asOf
      characters {
        characterId
        name
        x
        y
        energy
        isActive
      }
      relationships {
        from
        to
        bond
        trust
        contact
        stage
      }
    }
  }
}
    `) as unknown as TypedDocumentString<NetworkQuery, NetworkQueryVariables>;
export const FollowNetworkDocument = new TypedDocumentString(`
    subscription FollowNetwork($ecosystem: ID!, $after: String) {
  network(ecosystemId: $ecosystem, after: $after) {
    __typename
    ... on NetworkAltered {
      cursor
      places {
        characterId
        x
        y
      }
      characters {
        id
        name
        energy
        isActive
      }
      relationships {
        bond
        trust
        contact
        stage
        from {
          id
        }
        to {
          id
        }
      }
      removedCharacterIds
    }
    ... on CaughtUp {
      cursor
      sent
    }
    ... on CursorLost {
      explanation
      head
    }
    ... on NotFound {
      explanation
    }
    ... on NotAllowed {
      explanation
    }
    ... on NotSignedIn {
      explanation
    }
  }
}
    `) as unknown as TypedDocumentString<FollowNetworkSubscription, FollowNetworkSubscriptionVariables>;
export const TieBetweenDocument = new TypedDocumentString(`
    query TieBetween($from: ID!, $to: ID!) {
  there: character(id: $from) {
    id
    name
    viewerCanAct
    energy
    relationshipWith(characterId: $to) {
      ...Tie
      version
      updatedAt
      createdAt
      interactions(last: 60) {
        edges {
          node {
            ...Act
          }
        }
      }
    }
  }
  back: character(id: $to) {
    id
    name
    viewerCanAct
    energy
    relationshipWith(characterId: $from) {
      ...Tie
      version
      updatedAt
      createdAt
    }
  }
}
    fragment Tie on Relationship {
  id
  affinity
  bond
  trust
  familiarity
  contact
  stage
  mutualStage
}
fragment Felt on Feelings {
  affinity
  bond
  trust
  familiarity
  contact
  stage
}
fragment Effect on RelationshipEffect {
  fromName
  toName
  from {
    id
  }
  to {
    id
  }
  before {
    ...Felt
  }
  after {
    ...Felt
  }
}
fragment Act on Interaction {
  id
  kind
  initiatorName
  responderName
  initiator {
    id
    energy
    mood
  }
  responder {
    id
    energy
    mood
  }
  content
  accepted
  initiatorValence
  responderValence
  chance
  drawn
  reasons {
    rule
    description
    weight
  }
  effects {
    ...Effect
  }
  worldSeconds
  createdAt
}`) as unknown as TypedDocumentString<TieBetweenQuery, TieBetweenQueryVariables>;
export const CommonNeighboursDocument = new TypedDocumentString(`
    query CommonNeighbours($id: ID!, $other: ID!) {
  character(id: $id) {
    id
    commonNeighbours(characterId: $other, first: 12) {
      totalCount
      edges {
        node {
          id
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CommonNeighboursQuery, CommonNeighboursQueryVariables>;
export const PathBetweenDocument = new TypedDocumentString(`
    query PathBetween($ecosystem: ID!, $from: ID!, $to: ID!, $by: PathCost!) {
  ecosystem(id: $ecosystem) {
    id
    path(from: $from, to: $to, by: $by) {
      asOf
      cost
      characters {
        id
        name
      }
      relationships {
        id
        bond
        stage
        from {
          id
        }
        to {
          id
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PathBetweenQuery, PathBetweenQueryVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    name
    createdAt
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignedIn {
      me {
        id
        name
        createdAt
      }
      expiresAt
    }
    ... on BadCredentials {
      explanation
    }
    ... on Invalid {
      explanation
      problems {
        path
        explanation
      }
    }
    ... on TooManyTries {
      explanation
      retryAfterSeconds
    }
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignUpDocument = new TypedDocumentString(`
    mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    __typename
    ... on SignedIn {
      me {
        id
        name
        createdAt
      }
      expiresAt
    }
    ... on BadCredentials {
      explanation
    }
    ... on Invalid {
      explanation
      problems {
        path
        explanation
      }
    }
    ... on TooManyTries {
      explanation
      retryAfterSeconds
    }
  }
}
    `) as unknown as TypedDocumentString<SignUpMutation, SignUpMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;