"""A key is a permanent identifier; its ID is opaque and has exactly one spelling."""

import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import keys
from domain.keys import (
    ActivityKey,
    CharacterKey,
    ConversationKey,
    EcosystemKey,
    FactKey,
    InteractionKey,
    Key,
    MessageKey,
    RelationshipKey,
    UserKey,
    encode_id,
)

ECOSYSTEM = UUID("12345678-1234-5678-1234-567812345678")
OF_A_WORLD = [EcosystemKey, CharacterKey, RelationshipKey, ActivityKey, InteractionKey, ConversationKey, MessageKey]
NUMBER_MAX, POSITION_MAX = 2**31 - 1, 2**63 - 1


@pytest.mark.parametrize("key", OF_A_WORLD, ids=lambda key: key.__name__)
def test_all_keys_but_those_of_users_begin_with_the_ecosystem(key: type[tuple[object, ...]]) -> None:
    assert key._fields[0] == "ecosystem_id"
    assert UserKey._fields == ("user_id",)


def test_what_a_fact_creates_is_identified_by_its_position() -> None:
    assert InteractionKey(ECOSYSTEM, 5) == (ECOSYSTEM, 5)
    assert isinstance(ConversationKey(ECOSYSTEM, 5), FactKey)
    assert not hasattr(InteractionKey(ECOSYSTEM, 5), "__dict__")


ecosystems = st.uuids()
numbers, positions = st.integers(0, NUMBER_MAX), st.integers(0, POSITION_MAX)
any_key: st.SearchStrategy[Key] = st.one_of(
    st.builds(UserKey, ecosystems),
    st.builds(EcosystemKey, ecosystems),
    st.builds(CharacterKey, ecosystems, numbers),
    st.builds(RelationshipKey, ecosystems, numbers, numbers),
    *(st.builds(key, ecosystems, positions) for key in (ActivityKey, InteractionKey, ConversationKey, MessageKey)),
)


@given(any_key)
def test_an_id_decodes_to_the_same_key_of_the_same_type(key: Key) -> None:
    read = keys.decode_id(encode_id(key))
    assert (read, type(read)) == (key, type(key))


@given(any_key)
def test_an_id_is_url_safe_and_short(key: Key) -> None:
    assert set(encode_id(key)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert 23 <= len(encode_id(key)) <= 34


@pytest.mark.parametrize(
    ("key", "identifier"),
    [
        (UserKey(ECOSYSTEM), "ARI0VngSNFZ4EjRWeBI0Vng"),
        (EcosystemKey(ECOSYSTEM), "AhI0VngSNFZ4EjRWeBI0Vng"),
        (CharacterKey(ECOSYSTEM, 7), "AxI0VngSNFZ4EjRWeBI0VngAAAAH"),
        (CharacterKey(ECOSYSTEM, 23), "AxI0VngSNFZ4EjRWeBI0VngAAAAX"),
        (RelationshipKey(ECOSYSTEM, 7, 8), "BBI0VngSNFZ4EjRWeBI0VngAAAAHAAAACA"),
        (ActivityKey(ECOSYSTEM, 9), "BRI0VngSNFZ4EjRWeBI0VngAAAAAAAAACQ"),
        (InteractionKey(ECOSYSTEM, 9), "BhI0VngSNFZ4EjRWeBI0VngAAAAAAAAACQ"),
        (ConversationKey(ECOSYSTEM, 9), "BxI0VngSNFZ4EjRWeBI0VngAAAAAAAAACQ"),
        (MessageKey(ECOSYSTEM, 9), "CBI0VngSNFZ4EjRWeBI0VngAAAAAAAAACQ"),
    ],
)
def test_ids_of_earlier_releases_stay_valid(key: Key, identifier: str) -> None:
    assert encode_id(key) == identifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "AhI0VngSNFZ4EjRWeBI0Vn",
        "AhI0VngSNFZ4EjRWeBI0Vng=",
        "AhI0VngSNFZ4EjRWeBI0VngAAAAH",
        "AxI0VngSNFZ4EjRWeBI0Vng",
        "AAI0VngSNFZ4EjRWeBI0Vng",
        "CRI0VngSNFZ4EjRWeBI0Vng",
        "AhI0VngSNFZ4EjRWeBI0Vnh",
        "AhI0VngSNFZ4!EjRWeBI0Vng",
        "AhI0VngSNFZ4EjRWeBI0Vn+",
        "é" * 23,
        "not an id",
        "🎭",
        "A" * 10_000,
    ],
)
def test_text_that_is_not_an_id_decodes_to_none(text: str) -> None:
    assert keys.decode_id(text) is None


@given(st.text(max_size=40) | st.binary(max_size=30).map(lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")))
def test_any_text_is_an_id_or_decodes_to_none(text: str) -> None:
    key = keys.decode_id(text)
    assert key is None or encode_id(key) == text


@pytest.mark.parametrize(
    ("key", "is_kept"),
    [
        (CharacterKey(ECOSYSTEM, NUMBER_MAX), True),
        (CharacterKey(ECOSYSTEM, NUMBER_MAX + 1), False),
        (RelationshipKey(ECOSYSTEM, 1, NUMBER_MAX), True),
        (RelationshipKey(ECOSYSTEM, 1, NUMBER_MAX + 1), False),
        (RelationshipKey(ECOSYSTEM, NUMBER_MAX + 1, 1), False),
        (MessageKey(ECOSYSTEM, POSITION_MAX), True),
        (MessageKey(ECOSYSTEM, POSITION_MAX + 1), False),
    ],
)
def test_numbers_out_of_the_range_of_their_column_decode_to_none(key: Key, is_kept: bool) -> None:
    assert keys.decode_id(encode_id(key)) == (key if is_kept else None)
