"""The rows that resolvers answer with, gathered for whoever shows them."""

from db.activity import FactRow as FactRow
from db.cache import CachedCharacter as CachedCharacter
from db.cache import CachedRelationship as CachedRelationship
from db.characters import CharacterRow as CharacterRow
from db.conversations import ConversationRow as ConversationRow
from db.conversations import MessageRow as MessageRow
from db.ecosystems import EcosystemRow as EcosystemRow
from db.ecosystems import MemberRow as MemberRow
from db.interactions import InteractionRow as InteractionRow
from db.relationships import RelationshipRow as RelationshipRow
from db.users import UserRow as UserRow
