"""Somebody who is not signed in."""

from civtech.accounts.models.kinds import MemberRole, OrganisationKind
from civtech.accounts.models.organisation import Organisation
from civtech.accounts.models.person import ProgrammeRole


class Visitor:
    """Somebody who is not signed in: nobody in particular, with no role anywhere."""

    is_authenticated = False
    is_confirmed = False
    is_active = False
    is_anonymous = True
    is_staff = False
    is_finance = False
    is_auditor = False
    reference = None
    name = ""
    id = None

    def get_id(self) -> None:
        return None

    def has_role(self, _role: object) -> bool:
        return False

    def has(self, *_roles: ProgrammeRole) -> bool:
        return False

    def acts_for(self, _organisation: object, *_roles: MemberRole) -> bool:
        return False

    def organisations(self, *_kinds: OrganisationKind) -> list[Organisation]:
        return []

    def organisation_ids(self, *_roles: MemberRole) -> list[int]:
        return []
