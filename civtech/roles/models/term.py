"""A grant begins and runs out by itself: what holds at an instant follows from its scope and its dates."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped

from civtech.core.text import N_
from civtech.core.workflow import condition
from civtech.people.models.scope import Scope, ScopeKind
from civtech.roles.models.grant_state import GrantPhase, GrantState

RUN_OUT = N_("This role has expired.")


@condition(RUN_OUT)
def has_not_run_out(grant: "Term", at: datetime) -> bool:
    return grant.ends_at is None or at < grant.ends_at


class Term:
    """Where and when a grant counts; nothing has to run for it to begin or to end."""

    state: Mapped[GrantState]
    scope_kind: Mapped[ScopeKind]
    scope_reference: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]

    @property
    def scope(self) -> Scope:
        """What it counts for."""
        return Scope(self.scope_kind, self.scope_reference)

    @property
    def begins_at(self) -> datetime:
        """From when it counts, never before it was approved."""
        return max(self.starts_at, self.decided_at or self.starts_at)

    @property
    def last_instant(self) -> datetime | None:
        """Until when it counts, so that a day of which nothing is left is not named."""
        return self.ends_at - timedelta(microseconds=1) if self.ends_at else None

    def is_in_force(self, at: datetime) -> bool:
        """Whether it counts at `at`: approved, begun, not run out and not ended."""
        return self.phase(at) is GrantPhase.IN_FORCE

    def phase(self, at: datetime) -> GrantPhase:
        """How it stands at `at`."""
        if self.state not in {GrantState.WAITING, GrantState.GRANTED}:
            return GrantPhase(self.state.value)
        if not has_not_run_out(self, at):
            return GrantPhase.RUN_OUT
        if self.state is GrantState.WAITING:
            return GrantPhase.WAITING
        return GrantPhase.IN_FORCE if self.begins_at <= at else GrantPhase.COMING
