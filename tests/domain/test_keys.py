"""All keys but a user's begin with the ecosystem."""

from uuid import UUID

import pytest

from domain import keys
from domain.keys import CharacterKey, ConversationKey, FactKey, InteractionKey, RelationshipKey, UserKey

WORLD = UUID(int=7)
OTHERS = [keys.EcosystemKey, CharacterKey, RelationshipKey, keys.ActivityKey, InteractionKey, ConversationKey, keys.MessageKey]


@pytest.mark.parametrize("key", OTHERS, ids=lambda key: key.__name__)
def test_a_key_begins_with_the_ecosystem(key: type[tuple[object, ...]]) -> None:
    assert key._fields[0] == "ecosystem_id"
    assert UserKey._fields == ("user_id",)


def test_what_came_to_be_by_a_fact_is_named_by_its_position() -> None:
    assert InteractionKey(WORLD, 5) == (WORLD, 5)
    assert isinstance(ConversationKey(WORLD, 5), FactKey)
    assert not hasattr(InteractionKey(WORLD, 5), "__dict__")
