"""A person who does not exist, with exactly what a role has at one challenge.

A stand-in is no row and cannot become one. Its id and its company's id belong to no one. So queries for a person's
own things (proposals, assignments, questions) find nothing.
"""

from dataclasses import dataclass
from typing import cast

from civtech.challenges.models import Challenge, Tie
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, Reach, Scope, Scoped, ScopeKind, Visitor
from civtech.viewing.models.role import SeenRole

NOBODYS_ID = -1
OF_A_COMPANY = frozenset({SeenRole.COMPANY, SeenRole.TEAM})
ASSUMED: dict[SeenRole, frozenset[str]] = {
    SeenRole.APPROVER: frozenset({Tie.SPONSOR}),
    SeenRole.JUDGE: frozenset({Tie.PANEL}),
}


@dataclass(frozen=True)
class UnnamedCompany:
    """The company of a stand-in: what forms need from a company, without a row."""

    name: str
    id: int = NOBODYS_ID
    reference: str = ""
    kind: OrganisationKind = OrganisationKind.COMPANY


class StandIn(Visitor):
    """A confirmed person of one kind, for one challenge."""

    is_authenticated = True
    is_confirmed = True
    is_active = True
    is_anonymous = False
    id = NOBODYS_ID  # type: ignore[assignment]
    reference = ""  # type: ignore[assignment]
    email = ""

    def __init__(self, role: SeenRole, challenge: Challenge, *, company: str) -> None:
        self.role = role
        self.challenge = challenge
        self.company = UnnamedCompany(company)
        self.assumed_ties = ASSUMED.get(role, frozenset())

    @property
    def granted_roles(self) -> list[ProgrammeRole]:
        """The programme role it has, if any."""
        return [self.role.granted] if self.role.granted else []

    @property
    def works_for_the_programme(self) -> bool:  # type: ignore[override]
        """Every programme role except judge counts, as it does for a person."""
        return self.role.granted not in {None, ProgrammeRole.JUDGE}

    def reach(self, *roles: ProgrammeRole) -> Reach:
        """Return this challenge if the role is one of `roles`; never a round, never everything."""
        if self.role.granted not in roles:
            return Reach()
        return Reach(frozenset({Scope(ScopeKind.CHALLENGE, self.challenge.reference)}))

    def has_for(self, thing: Scoped, *roles: ProgrammeRole) -> bool:
        return self.reach(*roles).covers(thing)

    def acts_for(self, organisation: object, *roles: MemberRole) -> bool:
        wanted = organisation if isinstance(organisation, int) else getattr(organisation, "id", None)
        return wanted in self.organisation_ids(*roles)

    def organisations(self, *kinds: OrganisationKind) -> list[Organisation]:
        sponsors = [self.challenge.sponsor] if self.role is SeenRole.APPROVER else []
        companies = [cast("Organisation", self.company)] if self.role in OF_A_COMPANY else []
        return [organisation for organisation in sponsors + companies if not kinds or organisation.kind in kinds]

    def organisation_ids(self, *roles: MemberRole) -> list[int]:
        if self.role is SeenRole.APPROVER and (not roles or MemberRole.APPROVER in roles):
            return [self.challenge.sponsor_id]
        if self.role in OF_A_COMPANY and (not roles or MemberRole.OWNER in roles):
            return [NOBODYS_ID]
        return []


def stand_in(role: SeenRole, challenge: Challenge, *, company: str) -> Visitor:
    """Return the stand-in for `role`; `company` names its company, if the role has one."""
    return Visitor() if role is SeenRole.PUBLIC else StandIn(role, challenge, company=company)
