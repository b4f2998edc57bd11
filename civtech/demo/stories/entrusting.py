"""Administrators give two roles for one round: to a member of staff and a panel secretary. A third waits today."""

from datetime import datetime, timedelta

from civtech.core import clock
from civtech.demo.cast import Cast
from civtech.demo.director import Director, Story
from civtech.people.models import EVERYWHERE, ProgrammeRole, Scope, ScopeKind, User
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant

TERM = timedelta(days=365)


def entrust(cast: Cast, director: Director, round: Round, *, now: datetime) -> Story:  # noqa: A002
    """Let one ask and the other approve an hour later. Both see that a third administrator would help."""
    first, second = cast.administrators
    scope = Scope(ScopeKind.ROUND, round.reference)
    for person, role, reason in (
        (cast.round_staff, ProgrammeRole.STAFF, "Runs this round while a colleague is on leave."),
        (cast.secretary, ProgrammeRole.SECRETARY, "Looks after the panels of this round."),
    ):
        yield clock.now() + timedelta(hours=2)
        asked = ask(person, role, scope, reason, until=now + TERM, by=first)
        director.settle()
        yield clock.now() + timedelta(hours=1)
        asked.approve(by=second, at=clock.now())
        director.settle()
    yield now - timedelta(days=1, hours=2)
    reason = "Two of us can then decide while the third is away."
    ask(cast.finance[1], ProgrammeRole.ADMINISTRATOR, EVERYWHERE, reason, until=None, by=second)


def ask(person: User, role: ProgrammeRole, scope: Scope, reason: str, *, until: datetime | None, by: User) -> RoleGrant:
    """Ask for a role from today on, as an administrator."""
    at = clock.now()
    return RoleGrant.ask(person, role, scope, starts_at=at, ends_at=until, reason=reason, by=by, at=at)
