/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Selects facts. A field that is left out or null selects everything. */
export type ActivityFilter = {
  /** Facts about any of these characters, at most 100 IDs; an empty list selects nothing. */
  characterIds?: Array<string | number> | null | undefined;
  /** Facts of any of these types; an empty list selects nothing. */
  types?: Array<ActivityType> | null | undefined;
};

/** The type of a fact. */
export type ActivityType =
  /** A character was edited. */
  | 'CHARACTER_CHANGED'
  /** A character was created. */
  | 'CHARACTER_CREATED'
  /** A character was deleted, and its relationships with it. */
  | 'CHARACTER_DELETED'
  /** The rate of the ecosystem's clock was changed. */
  | 'CLOCK_SET'
  /** A conversation was closed. */
  | 'CONVERSATION_CLOSED'
  /** A conversation was opened. */
  | 'CONVERSATION_OPENED'
  /** The name, description or visibility of the ecosystem was changed. */
  | 'ECOSYSTEM_CHANGED'
  /** The ecosystem was created. */
  | 'ECOSYSTEM_CREATED'
  /** A character interacted with another character. */
  | 'INTERACTED'
  /** A user was given a role. Visible to owners and editors only. */
  | 'MEMBER_GRANTED'
  /** A user's role was revoked. Visible to owners and editors only. */
  | 'MEMBER_REVOKED'
  /** A message was added to a conversation. */
  | 'MESSAGE_SAID'
  /** A relationship entered another stage. */
  | 'STAGE_CHANGED';

/** Selects characters. A field that is left out or null selects everything. */
export type CharacterFilter = {
  /** True: active characters only. False: inactive ones only. */
  isActive?: boolean | null | undefined;
  /** True: only characters that the viewer owns. */
  mine?: boolean | null | undefined;
  /** Part of the name, ignoring case and accents; at most 200 characters are used. */
  query?: string | null | undefined;
};

/** The order of a list of characters. */
export type CharacterOrder =
  /** Most interactions first. */
  | 'MOST_ACTIVE'
  /** By name, ignoring case and accents. */
  | 'NAME'
  /** Most recently created first. */
  | 'NEWEST';

/** The conversation to close. */
export type CloseConversationInput = {
  /** The ID of the conversation. */
  id: string | number;
};

/** Selects conversations. A field that is left out or null selects everything. */
export type ConversationFilter = {
  /** Conversations in which any of these characters takes part, at most 100 IDs; an empty list selects nothing. */
  characterIds?: Array<string | number> | null | undefined;
  /** True: open conversations only. False: closed ones only. */
  isOpen?: boolean | null | undefined;
};

/** A new character. The viewer becomes its owner. */
export type CreateCharacterInput = {
  /** A description for people, at most 10,000 characters. */
  description?: string;
  /** The ID of the ecosystem in which the character will live. */
  ecosystemId: string | number;
  /** At most 200 characters. A repetition by the same user within 24 hours with the same key and input changes nothing and returns the first result; with another input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** The name, 1 to 200 characters on one line. Several characters may have the same name. */
  name: string;
  /** The personality; a trait that is left out is 0.5. */
  traits?: TraitsInput;
};

/** A new ecosystem. The viewer becomes its owner. */
export type CreateEcosystemInput = {
  /** A description for people, at most 10,000 characters. */
  description?: string;
  /** At most 200 characters. A repetition by the same user within 24 hours with the same key and input changes nothing and returns the first result; with another input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** The name, 1 to 200 characters on one line. */
  name: string;
  /** World seconds per real second, 0 to 1,000,000; 0 means stopped. */
  rate?: number;
  /** The name of one of `Query.ruleSets`. It cannot be changed later. */
  ruleSet?: string;
  /** The seed of all random draws, 1 to 200 characters; when left out, a random one. It cannot be changed later. */
  seed?: string | null | undefined;
  /** Which users can read it. */
  visibility?: Visibility;
};

/** The character to delete. */
export type DeleteCharacterInput = {
  /** The ID of the character. */
  id: string | number;
};

/** The ecosystem to delete. */
export type DeleteEcosystemInput = {
  /** The ID of the ecosystem. */
  id: string | number;
};

/** Which of the two directed relationships between a character and the others. */
export type Direction =
  /** What others feel for the character. */
  | 'INCOMING'
  /** What the character feels for others. */
  | 'OUTGOING';

/** Selects ecosystems. A field that is left out or null selects everything. */
export type EcosystemFilter = {
  /** True: only ecosystems of which the viewer is a member. */
  mine?: boolean | null | undefined;
  /** Part of the name, ignoring case and accents; at most 200 characters are used. */
  query?: string | null | undefined;
  /** Only public ecosystems, or only private ones. */
  visibility?: Visibility | null | undefined;
};

/** The order of a list of ecosystems. */
export type EcosystemOrder =
  /** By name, ignoring case and accents. */
  | 'NAME'
  /** Most recently created first. */
  | 'NEWEST'
  /** The ecosystem with the newest fact first. */
  | 'RECENTLY_ACTIVE';

/** An interaction to forecast. */
export type ForecastInput = {
  /** The ID of the character that would begin; the viewer must be allowed to act as it. */
  initiatorId: string | number;
  /** The kind of interaction. */
  kind: InteractionKind;
  /** The ID of the other character, which must live in the same ecosystem. */
  responderId: string | number;
};

/** A role for a user. */
export type GrantRoleInput = {
  /** The ID of the ecosystem. */
  ecosystemId: string | number;
  /** The new role, which replaces the user's present role. The last owner cannot become anything else. */
  role: Role;
  /** The name of the user's account, ignoring case and accents. */
  userName: string;
};

/** An interaction to carry out. */
export type InteractInput = {
  /** What is said or done, for people to read, at most 10,000 characters. */
  content?: string;
  /** At most 200 characters. A repetition by the same user within 24 hours with the same key and input changes nothing and returns the first result; with another input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** The ID of the character that begins; the viewer must be allowed to act as it. */
  initiatorId: string | number;
  /** The kind of interaction. */
  kind: InteractionKind;
  /** The ID of the other character, which must live in the same ecosystem. */
  responderId: string | number;
};

/** The kind of an interaction. The rule set gives each kind its cost and its rates. */
export type InteractionKind =
  /** Small talk. A message that follows another character's message in a conversation is a CHAT. */
  | 'CHAT'
  /** Work on a common task. */
  | 'COLLABORATION'
  /** A quarrel or worse. Characters that dislike each other are more likely to accept it. */
  | 'CONFLICT'
  /** A dispute about a subject; it strains a relationship more than it improves it. */
  | 'DEBATE'
  /** A talk about a subject that matters to both. */
  | 'DISCUSSION'
  /** Comfort for a character in need. */
  | 'EMOTIONAL_SUPPORT'
  /** A few words in passing. Lowest cost and smallest effect. */
  | 'GREETING';

/** What the edges of a network mean. */
export type NetworkKind =
  /** Undirected: both spoke in the same conversation. The weight is the number of such conversations. */
  | 'CO_PRESENCE'
  /** Directed: one spoke directly after the other in a conversation. The weight is how often. */
  | 'EXCHANGES'
  /** Undirected: a relationship exists in at least one direction. Every weight is 1. */
  | 'RELATIONSHIPS';

/** A new conversation. */
export type OpenConversationInput = {
  /** The ID of the ecosystem in which the conversation takes place. */
  ecosystemId: string | number;
  /** At most 200 characters. A repetition by the same user within 24 hours with the same key and input changes nothing and returns the first result; with another input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** The IDs of the invited characters, at most 100, all active and of the same ecosystem. A character that speaks joins as well. */
  participantIds: Array<string | number>;
  /** The title, 1 to 500 characters on one line. */
  title: string;
};

/** How the cost of a path is computed. */
export type PathCost =
  /** The number of relationships. */
  | 'FEWEST'
  /** The sum of 1 - |bond| over the relationships, as of now. */
  | 'STRONGEST';

/** Selects relationships. A field that is left out or null selects everything. */
export type RelationshipFilter = {
  /** Relationships with at most this bond as of now, in [-1,1]. */
  maxBond?: number | null | undefined;
  /** Relationships with at least this bond as of now, in [-1,1]. */
  minBond?: number | null | undefined;
  /** Relationships at any of these stages; an empty list selects nothing. */
  stages?: Array<Stage> | null | undefined;
};

/** The order of a list of relationships, by the values at the moment of the first page. */
export type RelationshipOrder =
  /** Lowest bond first. */
  | 'COLDEST'
  /** Most recently created first. */
  | 'NEWEST'
  /** Largest |bond| first. */
  | 'STRONGEST'
  /** Highest bond first. */
  | 'WARMEST';

/** The user whose role to revoke. Every member may revoke their own role. */
export type RevokeRoleInput = {
  /** The ID of the ecosystem. */
  ecosystemId: string | number;
  /** The ID of the user. The role of the last owner cannot be revoked. */
  userId: string | number;
};

/** The permissions of a user in an ecosystem. Each role includes the permissions of the roles after it. */
export type Role =
  /** May also create characters and conversations, and act as and edit characters without an owner. */
  | 'EDITOR'
  /** May read the ecosystem, subscribe to it, and act as and edit the characters that the user owns. */
  | 'OBSERVER'
  /** May also change and delete the ecosystem, set its clock, and grant and revoke roles. */
  | 'OWNER';

/** A new message. */
export type SayInput = {
  /** The ID of the conversation. */
  conversationId: string | number;
  /** At most 200 characters. A repetition by the same user within 24 hours with the same key and input changes nothing and returns the first result; with another input it is Invalid. */
  idempotencyKey?: string | null | undefined;
  /** The ID of the speaking character; the viewer must be allowed to act as it. */
  speakerId: string | number;
  /** The text, 1 to 50,000 characters. */
  text: string;
};

/** How the client sends a session. */
export type SessionKind =
  /** For other programs: a token to send as `Authorization: Bearer`, or in the payload of `connection_init` over WebSocket. */
  | 'BEARER'
  /** For browsers: an httpOnly cookie that the response sets. Over HTTP only. */
  | 'COOKIE';

/** A new clock rate. */
export type SetClockInput = {
  /** The ID of the ecosystem. */
  ecosystemId: string | number;
  /** World seconds per real second, 0 to 1,000,000; 0 means stopped. */
  rate: number;
};

/** The credentials of an account. */
export type SignInInput = {
  /** The account's name, ignoring case and accents. */
  name: string;
  /** The account's password. */
  password: string;
  /** How the client sends the session with later requests. */
  session?: SessionKind;
};

/** A new account. */
export type SignUpInput = {
  /** The account's name, 1 to 200 characters; unique, ignoring case and accents. */
  name: string;
  /** The password, 8 to 200 characters. */
  password: string;
  /** How the client sends the session with later requests. */
  session?: SessionKind;
};

/** The stage of a relationship. It can change with each interaction; a stage is lost only when its thresholds are missed by a margin. */
export type Stage =
  /** They know each other: a familiarity of at least 0.10. */
  | 'ACQUAINTANCE'
  /** Bond, trust and familiarity of at least 0.60 each. */
  | 'CLOSE_FRIEND'
  /** A bond of -0.60 or less. */
  | 'ENEMY'
  /** A bond of at least 0.30, trust of at least 0.40 and familiarity of at least 0.35. */
  | 'FRIEND'
  /** A bond of -0.25 or less. */
  | 'RIVAL'
  /** They hardly know each other. */
  | 'STRANGER';

/** New values for some traits, each in [0,1]. A trait that is left out or null keeps its value. */
export type TraitsChangeInput = {
  /** In [0,1]; null or left out: no change. */
  agreeableness?: number | null | undefined;
  /** In [0,1]; null or left out: no change. */
  conscientiousness?: number | null | undefined;
  /** In [0,1]; null or left out: no change. */
  extraversion?: number | null | undefined;
  /** In [0,1]; null or left out: no change. */
  neuroticism?: number | null | undefined;
  /** In [0,1]; null or left out: no change. */
  openness?: number | null | undefined;
};

/** The Big Five personality traits of a new character, each in [0,1]. */
export type TraitsInput = {
  /** In [0,1]; 0.5 is the average. */
  agreeableness?: number;
  /** In [0,1]; 0.5 is the average. */
  conscientiousness?: number;
  /** In [0,1]; 0.5 is the average. */
  extraversion?: number;
  /** In [0,1]; 0.5 is the average. */
  neuroticism?: number;
  /** In [0,1]; 0.5 is the average. */
  openness?: number;
};

/** Changes to a character. */
export type UpdateCharacterInput = {
  /** The new description, at most 10,000 characters. Null or left out: no change. */
  description?: string | null | undefined;
  /** The ID of the character. */
  id: string | number;
  /** Whether the character takes part. Null or left out: no change. */
  isActive?: boolean | null | undefined;
  /** The new name, 1 to 200 characters on one line. Null or left out: no change. */
  name?: string | null | undefined;
  /** New traits; energy and mood keep their present values and develop by the new traits from now on. Null or left out: no change. */
  traits?: TraitsChangeInput | null | undefined;
  /** The version that was read; when it is not the current version, the result is a Conflict. */
  version: number;
};

/** Changes to an ecosystem. */
export type UpdateEcosystemInput = {
  /** The new description, at most 10,000 characters. Null or left out: no change. */
  description?: string | null | undefined;
  /** The ID of the ecosystem. */
  id: string | number;
  /** The new name, 1 to 200 characters on one line. Null or left out: no change. */
  name?: string | null | undefined;
  /** The version that was read; when it is not the current version, the result is a Conflict. */
  version: number;
  /** Which users can read it. Null or left out: no change. */
  visibility?: Visibility | null | undefined;
};

/** Which users can read an ecosystem. */
export type Visibility =
  /** Members only. For all other users the ecosystem does not exist. */
  | 'PRIVATE'
  /** All users, signed in or not, as observers. */
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