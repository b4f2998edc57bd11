"""A visitor: a user who is not signed in."""

from typing import TYPE_CHECKING

from civtech.people.models.programme_role import ProgrammeRole
from civtech.people.models.scope import Reach, Scoped

if TYPE_CHECKING:
    from civtech.organisations.models import MemberRole, Organisation, OrganisationKind


class Visitor:
    """A user who is not signed in: no identity and no role anywhere."""

    is_authenticated = False
    is_confirmed = False
    is_active = False
    is_anonymous = True
    is_staff = False
    is_auditor = False
    works_for_the_programme = False
    reference = None
    name = ""
    id = None
    assumed_ties: frozenset[str] | None = frozenset()
    """The ties to a challenge of an actor with no row in the database; see `challenges.models.involvement`."""

    def get_id(self) -> None:
        return None

    def has_role(self, _role: object) -> bool:
        return False

    def reach(self, *_roles: ProgrammeRole) -> Reach:
        return Reach()

    def has(self, *_roles: ProgrammeRole) -> bool:
        return False

    def has_for(self, _thing: Scoped, *_roles: ProgrammeRole) -> bool:
        return False

    def is_staff_of(self, _thing: Scoped) -> bool:
        return False

    def acts_for(self, _organisation: object, *_roles: "MemberRole") -> bool:
        return False

    def organisations(self, *_kinds: "OrganisationKind") -> "list[Organisation]":
        return []

    def organisation_ids(self, *_roles: "MemberRole") -> list[int]:
        return []
