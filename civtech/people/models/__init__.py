"""People, how they sign in, and the vocabulary in which rules refer to their roles."""

from civtech.people.models import addresses, identity_guards
from civtech.people.models.address_change import AddressChange, Mailbox
from civtech.people.models.browser_session import BrowserSession
from civtech.people.models.external_identity import ExternalIdentity
from civtech.people.models.passkey import Passkey
from civtech.people.models.person import User, confirmed_person, people, rights
from civtech.people.models.programme_role import ProgrammeRole
from civtech.people.models.scope import EVERYWHERE, Reach, Scope, Scoped, ScopeKind
from civtech.people.models.visitor import Visitor

__all__ = [
    "EVERYWHERE",
    "AddressChange",
    "BrowserSession",
    "ExternalIdentity",
    "Mailbox",
    "Passkey",
    "ProgrammeRole",
    "Reach",
    "Scope",
    "ScopeKind",
    "Scoped",
    "User",
    "Visitor",
    "addresses",
    "confirmed_person",
    "identity_guards",
    "people",
    "rights",
]
