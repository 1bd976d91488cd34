"""Documents that many tests send. Documents of a single test file are in that file."""

REFUSAL = """
fragment refusal on Refusal {
  __typename
  explanation
  ... on NotAllowed { neededRole }
  ... on NotFound { missingId }
  ... on Invalid { problems { path explanation } }
  ... on Conflict { currentVersion }
  ... on TooTired { character { name energy } restedWorldSeconds }
  ... on Inactive { character { name } }
  ... on ConversationIsClosed { conversation { title isOpen } }
  ... on TooManyTries { retryAfterSeconds }
}
"""

FACT = """
fragment fact on Activity {
  __typename id cursor position type worldSeconds actor { name }
  ... on EcosystemChanged { changed }
  ... on ClockSet { rate }
  ... on MemberGranted { userName role user { id } }
  ... on MemberRevoked { userName user { id } }
  ... on CharacterCreated { characterName character { id } }
  ... on CharacterChanged { characterName changed character { id } }
  ... on CharacterDeleted { characterName characterId }
  ... on Interacted { interaction { id kind accepted } }
  ... on StageChanged { fromName toName before after relationship { id } }
  ... on ConversationOpened { conversation { id title } }
  ... on MessageSaid { message { id text number } }
  ... on ConversationClosed { conversation { id isOpen } }
}
"""

HEAD = "query($id: ID!) { ecosystem(id: $id) { head } }"
CLOCK = "query($id: ID!) { ecosystem(id: $id) { clock { worldSeconds rate } } }"
ACTIVITY = (
    """
query($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: ActivityFilter) {
  ecosystem(id: $id) {
    activity(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      edges { cursor node { ...fact } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}
"""
    + FACT
)

SIGNED_IN = "fragment payload on SignedIn { __typename token expiresAt me { id name createdAt } }"
DELETED = "fragment payload on DeletePayload { __typename deletedId cursor }"
ECOSYSTEM = """
fragment payload on EcosystemPayload {
  __typename cursor
  ecosystem {
    id name description visibility seed version head viewerRole createdAt updatedAt
    ruleSet { name } clock { worldSeconds rate } members(first: 100) { edges { node { name } role } }
  }
}
"""
CHARACTER = """
fragment payload on CharacterPayload {
  __typename cursor
  character {
    id name description energy mood isActive version viewerCanAct viewerCanEdit owner { name }
    traits { openness conscientiousness extraversion agreeableness neuroticism }
  }
}
"""
EFFECT = """
fragment feelings on Feelings { affinity bond trust familiarity contact stage }
fragment effect on RelationshipEffect {
  fromName toName from { id } to { id } relationship { id stage version } before { ...feelings } after { ...feelings }
}
"""
INTERACTED = (
    """
fragment payload on InteractPayload {
  __typename cursor
  initiator { id energy mood }
  responder { id energy mood }
  interaction {
    id kind content accepted chance drawn worldSeconds initiatorName responderName initiatorValence responderValence
    initiator { id } responder { id } reasons { rule description weight } effects { ...effect }
  }
}
"""
    + EFFECT
)
CONVERSATION = """
fragment payload on ConversationPayload {
  __typename cursor
  conversation {
    id title isOpen openedWorldSeconds closedWorldSeconds
    participants(first: 100) { totalCount edges { node { id name } } }
    messages(first: 100) { totalCount edges { node { number text speakerNames } } }
  }
}
"""
SAID = (
    """
fragment payload on SayPayload {
  __typename cursor
  message {
    id number text worldSeconds speakerNames speakers { id name } conversation { id }
    interactions(first: 10) {
      edges { node { id kind accepted chance drawn initiatorName responderName effects { ...effect } } }
    }
  }
}
"""
    + EFFECT
)


def _mutation(field: str, payload: str) -> str:
    """Returns the mutation `field`. The name of its input type is derived from `field`."""
    input_ = f"{field[0].upper()}{field[1:]}Input"
    return f"mutation($input: {input_}!) {{ {field}(input: $input) {{ ...payload ...refusal }} }}{payload}{REFUSAL}"


SIGN_UP = _mutation("signUp", SIGNED_IN)
SIGN_IN = _mutation("signIn", SIGNED_IN)
CREATE_ECOSYSTEM = _mutation("createEcosystem", ECOSYSTEM)
UPDATE_ECOSYSTEM = _mutation("updateEcosystem", ECOSYSTEM)
DELETE_ECOSYSTEM = _mutation("deleteEcosystem", DELETED)
SET_CLOCK = _mutation("setClock", ECOSYSTEM)
GRANT_ROLE = _mutation("grantRole", ECOSYSTEM)
REVOKE_ROLE = _mutation("revokeRole", ECOSYSTEM)
CREATE_CHARACTER = _mutation("createCharacter", CHARACTER)
UPDATE_CHARACTER = _mutation("updateCharacter", CHARACTER)
DELETE_CHARACTER = _mutation("deleteCharacter", DELETED)
INTERACT = _mutation("interact", INTERACTED)
OPEN_CONVERSATION = _mutation("openConversation", CONVERSATION)
CLOSE_CONVERSATION = _mutation("closeConversation", CONVERSATION)
SAY = _mutation("say", SAID)
