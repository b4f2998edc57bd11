"""The term of a grant: whether it counts at an instant follows from its scope and dates, without any action."""

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
    """Where and when a grant counts. Nothing has to run for it to start or end."""

    state: Mapped[GrantState]
    scope_kind: Mapped[ScopeKind]
    scope_reference: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]

    @property
    def scope(self) -> Scope:
        """What it applies to."""
        return Scope(self.scope_kind, self.scope_reference)

    @property
    def begins_at(self) -> datetime:
        """When it starts to count: never before it was approved."""
        return max(self.starts_at, self.decided_at or self.starts_at)

    @property
    def last_instant(self) -> datetime | None:
        """The last instant at which it counts, so that the day shown is never one on which it no longer counts."""
        return self.ends_at - timedelta(microseconds=1) if self.ends_at else None

    def is_in_force(self, at: datetime) -> bool:
        """Whether it counts at `at`: approved, started, not expired and not ended."""
        return self.phase(at) is GrantPhase.IN_FORCE

    def phase(self, at: datetime) -> GrantPhase:
        """Its status at `at`."""
        if self.state not in {GrantState.WAITING, GrantState.GRANTED}:
            return GrantPhase(self.state.value)
        if not has_not_run_out(self, at):
            return GrantPhase.RUN_OUT
        if self.state is GrantState.WAITING:
            return GrantPhase.WAITING
        return GrantPhase.IN_FORCE if self.begins_at <= at else GrantPhase.COMING
