"""The people and things in a world, and what can happen in it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from civtech.challenges.models import Challenge
from civtech.demo.figures import vat_number
from civtech.judging.models import Panel
from civtech.organisations.models import IdentifierScheme, MemberRole, Organisation
from civtech.people.models import User
from civtech.programmes.models import Round, Stage
from civtech.proposals.models import Proposal
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.verbs import DAY
from tests.world.answering import Answering
from tests.world.asking import Asking
from tests.world.judging import Judging
from tests.world.working import Working

TEAMS = ("company", "rival", "third", "fourth", "fifth")
NAMES = ("Tidewater Signals Ltd", "Peat and Pixels Ltd", "Heather Robotics Ltd", "Skerry Data Ltd", "Machair Maps Ltd")


@dataclass
class World(Asking, Answering, Judging, Working):
    """One public body, its round and challenge, and the teams around it, at the instant `at`.

    People and organisations are attributes by their key: `staff`, `approver`, `company`, `company_owner`.
    """

    at: datetime
    since: datetime
    """When everyone joined."""
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    round: Round = None  # type: ignore[assignment]
    challenge: Challenge = None  # type: ignore[assignment]
    proposals: list[Proposal] = field(default_factory=list)
    """Of the company, the rival, the third … in this order."""
    judges: list[User] = field(default_factory=list)
    panel: Panel = None  # type: ignore[assignment]

    def __getattr__(self, key: str) -> Any:
        for kind in ("people", "organisations"):
            if key in self.__dict__.get(kind, ()):
                return self.__dict__[kind][key]
        raise AttributeError(key)

    def beside(self, challenge: Challenge, *, at: datetime | None = None) -> "World":
        """The same people around another challenge."""
        return replace(self, challenge=challenge, at=at or self.at, proposals=[], judges=list(self.judges), panel=None)

    # ---- People and organisations ----

    def person(self, key: str, *, name: str | None = None, **details: Any) -> User:
        """Add a person, known as `key` from now on. `details` are those of `UserFactory`, such as `staff=True`."""
        said = {"at": self.since, "email": f"{key}@people.example", **details}
        self.people[key] = UserFactory(name=name or key.replace("_", " ").title(), **said)
        return self.people[key]

    def team(self, key: str, name: str | None = None, **details: Any) -> Organisation:
        """A company with an owner, an editor and a viewer: `key_owner`, `key_editor`, `key_viewer`.

        It is registered for VAT, so that an agreement can be offered to it.
        """
        at = self.since + 30 * DAY
        if not details.get("individual"):
            number = vat_number(self.since.toordinal() + len(self.organisations))
            details = {"identifier_scheme": IdentifierScheme.VAT, "identifier_number": number, **details}
        made = OrganisationFactory(
            legal_name=name or f"{key.title()} Ltd", by=self.person(f"{key}_owner"), at=at, **details
        )
        for role in (MemberRole.EDITOR, MemberRole.VIEWER):
            MembershipFactory(organisation=made, person=self.person(f"{key}_{role.value}"), role=role, at=at)
        self.organisations[key] = made
        return made

    def teams(self, number: int) -> list[Organisation]:
        """The first `number` companies, created if they are missing."""
        names = [*NAMES, *(f"Team {place} Ltd" for place in range(len(NAMES) + 1, number + 1))]
        keys = [*TEAMS, *(f"team{place}" for place in range(len(TEAMS) + 1, number + 1))]
        return [
            self.organisations.get(key) or self.team(key, name)
            for key, name in zip(keys[:number], names[:number], strict=True)
        ]

    def owner(self, proposal: Proposal) -> User:
        """The owner of the team with this proposal, who started it."""
        return next(one for one in self.people.values() if one.id == proposal.started_by_id)

    # ---- When and where ----

    def stage(self, key: str = "exploration") -> Stage:
        return next(stage for stage in self.round.stages if stage.key == key)

    @property
    def closes_at(self) -> datetime:
        return self.challenge.closes_at  # type: ignore[return-value]

    @property
    def before(self) -> datetime:
        """The last instant at which the challenge takes proposals."""
        return self.closes_at - timedelta(microseconds=1)
