"""Programme roles: one administrator asks for a grant and another approves it. It counts from then until it ends."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, and_, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column
from sqlalchemy.orm.strategy_options import _AbstractLoad

from civtech.core.blank import ERASABLE, is_blank
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.core.workflow import transition
from civtech.people.models.person import User, gives_rights
from civtech.people.models.programme_role import ProgrammeRole
from civtech.people.models.scope import EVERYWHERE, Scope, ScopeKind
from civtech.roles.events import (
    GrantFacts,
    ProgrammeRoleAskedFor,
    ProgrammeRoleEnded,
    ProgrammeRoleGranted,
    ProgrammeRoleRefused,
    ProgrammeRoleTakenBack,
)
from civtech.roles.models.grant_state import GrantState
from civtech.roles.models.term import Term, has_not_run_out

NOT_FOR_ONESELF = N_("You cannot ask for a role for yourself. Ask another administrator.")
ANOTHER_ADMINISTRATOR = N_(
    "Another administrator must decide. It cannot be the person who asked for the role, or the person it is for."
)
DOUBLED = N_("This person already has this role, or someone has already asked for it.")
LAST_ADMINISTRATOR = N_("The service must have at least one administrator. Grant the role to someone else first.")


class RoleGrant(Term, Versioned, Model):
    """A person's programme role, for the whole programme, one round or one challenge, with its dates.

    Without `asked_by_id`, it came from the command line; without `ended_by_id`, it was ended there.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        one_of("role", ProgrammeRole),
        one_of("scope_kind", ScopeKind),
        one_of("state", GrantState),
        CheckConstraint("(scope_kind = 'programme') = (scope_reference = '')", name="scope_has_a_reference"),
        CheckConstraint("role <> 'administrator' OR scope_kind = 'programme'", name="administers_the_whole_programme"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("asked_by_id <> user_id", name="asked_for_by_another_person"),
        CheckConstraint("decided_by_id <> user_id AND decided_by_id <> asked_by_id", name="decided_by_a_third_person"),
        CheckConstraint("(asked_by_id IS NULL) = (decided_by_id IS NULL) OR decided_at IS NULL", name="decided_by_two"),
        CheckConstraint("(state IN ('waiting', 'withdrawn')) = (decided_at IS NULL)", name="decided_at_once_decided"),
        CheckConstraint("decided_at IS NOT NULL OR decided_by_id IS NULL", name="decided_by_needs_decided_at"),
        CheckConstraint("(state IN ('withdrawn', 'ended')) = (ended_at IS NOT NULL)", name="ended_at_once_ended"),
        CheckConstraint("ended_at IS NOT NULL OR ended_by_id IS NULL", name="ended_by_needs_ended_at"),
        CheckConstraint("decided_at >= asked_at", name="decided_after_it_was_asked_for"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[ProgrammeRole] = mapped_column(stored(ProgrammeRole))
    scope_kind: Mapped[ScopeKind] = mapped_column(stored(ScopeKind))
    scope_reference: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[GrantState] = mapped_column(stored(GrantState), index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    message: Mapped[str | None] = mapped_column(info=ERASABLE)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[User] = relationship(foreign_keys=user_id, back_populates="granted_roles")
    asked_by: Mapped[User | None] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    ended_by: Mapped[User | None] = relationship(foreign_keys=ended_by_id)

    @hybrid_property
    def is_granted(self) -> bool:
        """Whether it was approved and has not been ended. It may not have started yet, or may have expired."""
        return self.state == GrantState.GRANTED

    @classmethod
    def ask(
        cls,
        person: User,
        role: ProgrammeRole,
        scope: Scope,
        *,
        starts_at: datetime,
        ends_at: datetime | None,
        reason: str,
        by: User,
        at: datetime,
    ) -> "RoleGrant":
        """An administrator asks for a role for someone else. It counts when another administrator approves it."""
        if person.id == by.id:
            raise RuleViolation(NOT_FOR_ONESELF, field="email")
        if is_blank(reason):
            raise RuleViolation(
                N_("Enter a reason. The administrator who approves the role will see it."), field="reason"
            )
        asked = cls._begin(
            GrantState.WAITING, person, role, scope, starts_at=starts_at, ends_at=ends_at, reason=reason, at=at
        )
        asked.asked_by_id = by.id
        emit(ProgrammeRoleAskedFor(subject=asked, by=by, at=at, facts=asked._facts()))
        return asked

    @classmethod
    def by_operator(
        cls,
        person: User,
        role: ProgrammeRole,
        scope: Scope = EVERYWHERE,
        *,
        at: datetime,
        starts_at: datetime | None = None,
        ends_at: datetime | None = None,
    ) -> "RoleGrant":
        """The operator grants a role from the command line, above all to the first administrators."""
        granted = cls._begin(
            GrantState.GRANTED, person, role, scope, starts_at=starts_at or at, ends_at=ends_at, reason="", at=at
        )
        granted.decided_at = at
        emit(ProgrammeRoleGranted(subject=granted, by=None, at=at, facts=granted._facts()))
        return granted

    @classmethod
    def _begin(
        cls,
        state: GrantState,
        person: User,
        role: ProgrammeRole,
        scope: Scope,
        *,
        starts_at: datetime,
        ends_at: datetime | None,
        reason: str,
        at: datetime,
    ) -> "RoleGrant":
        if role is ProgrammeRole.ADMINISTRATOR and scope != EVERYWHERE:
            raise RuleViolation(
                N_("An administrator’s role is always for the whole programme. Select “The whole programme”."),
                field="scope",
            )
        starts_at = max(starts_at, at)
        if ends_at is not None and ends_at <= starts_at:
            raise RuleViolation(
                N_("The last day must be today or later, and cannot be before the first day."), field="ends_on"
            )
        begun = cls(
            reference=new_reference("K"),
            role=role,
            scope_kind=scope.kind,
            scope_reference=scope.reference,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason,
            state=state,
            asked_at=at,
        )
        begun._refuse_second(person)
        begun.person = person
        db.session.add(begun)
        return begun

    @transition(
        GrantState.WAITING,
        to=GrantState.GRANTED,
        emits=ProgrammeRoleGranted,
        when=has_not_run_out,
        sets=("decided_at", "decided_by_id"),
    )
    def approve(self, *, by: User, at: datetime) -> GrantFacts:
        """Another administrator approves it. It counts from `starts_at`, or from now if that has passed."""
        self._refuse_self(by)
        if not self.person.active:
            raise RuleViolation(N_("This account has been erased or deactivated. Refuse the role instead."))
        self._decide(by, at)
        return self._facts()

    @transition(
        GrantState.WAITING,
        to=GrantState.REFUSED,
        emits=ProgrammeRoleRefused,
        sets=("decided_at", "decided_by_id", "message"),
    )
    def refuse(self, *, message: str, by: User, at: datetime) -> GrantFacts:
        """Another administrator refuses it and gives the first one a reason."""
        if is_blank(message):
            raise RuleViolation(
                N_("Enter a reason. The administrator who asked for the role will see it."), field="message"
            )
        self._decide(by, at)
        self.message = message
        return self._facts()

    @transition(
        GrantState.WAITING, to=GrantState.WITHDRAWN, emits=ProgrammeRoleTakenBack, sets=("ended_at", "ended_by_id")
    )
    def take_back(self, *, by: User, at: datetime) -> GrantFacts:
        """The person who asked for it withdraws the request."""
        self.ended_by_id = by.id
        self.ended_at = at
        return self._facts()

    @transition(
        GrantState.GRANTED,
        to=GrantState.ENDED,
        emits=ProgrammeRoleEnded,
        when=has_not_run_out,
        sets=("ended_at", "ended_by_id"),
    )
    def end(self, *, by: User | None, at: datetime) -> GrantFacts:
        """End it everywhere from the next request. At least one administrator must remain."""
        self.refuse_to_go_last(at)
        self.ended_by_id = by.id if by else None
        self.ended_at = at
        return self._facts()

    def _refuse_self(self, by: User) -> None:
        if by.id in {self.asked_by_id, self.user_id}:
            raise RuleViolation(ANOTHER_ADMINISTRATOR)

    def _decide(self, by: User, at: datetime) -> None:
        self._refuse_self(by)
        self.decided_by_id = by.id
        self.decided_at = at

    def _refuse_second(self, person: User) -> None:
        """Refuse a second grant of the same role for the same time. The database settles races."""
        other = aliased(RoleGrant)
        same = select(other.id).where(
            other.user_id == person.id,
            other.role == self.role,
            other.scope_kind == self.scope_kind,
            other.scope_reference == self.scope_reference,
            other.state.in_((GrantState.WAITING, GrantState.GRANTED)),
            or_(other.ends_at.is_(None), other.ends_at > self.starts_at),
        )
        if self.ends_at is not None:
            same = same.where(other.starts_at < self.ends_at)
        if db.session.scalar(same.limit(1)) is not None:
            raise RuleViolation(DOUBLED, field="role")

    def refuse_to_go_last(self, at: datetime) -> None:
        """Refuse to remove the last administrator.

        Locks every administrator's grant, so that two cannot end each other's at once, and counts the others.
        """
        if self.role is not ProgrammeRole.ADMINISTRATOR or not self.is_in_force(at):
            return
        db.session.flush()
        held = select(RoleGrant.user_id).where(
            RoleGrant.role == ProgrammeRole.ADMINISTRATOR, in_force(at), RoleGrant.person.has(active=True)
        )
        if set(db.session.scalars(held.order_by(RoleGrant.id).with_for_update())) <= {self.user_id}:
            raise RuleViolation(LAST_ADMINISTRATOR)

    def _facts(self) -> GrantFacts:
        with db.session.no_autoflush:
            person = self.person.reference
        facts = GrantFacts(person=person, role=self.role.value, scope=self.scope_kind.value)
        if self.scope_kind is ScopeKind.ROUND:
            facts["round"] = self.scope_reference
        elif self.scope_kind is ScopeKind.CHALLENGE:
            facts["challenge"] = self.scope_reference
        return facts


@gives_rights
def _granted_roles() -> _AbstractLoad:
    return joinedload(User.granted_roles)


def in_force(at: datetime) -> ColumnElement[bool]:
    """The same as `RoleGrant.is_in_force`, for the database."""
    return and_(
        RoleGrant.state == GrantState.GRANTED,
        RoleGrant.decided_at <= at,
        RoleGrant.starts_at <= at,
        or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > at),
    )
