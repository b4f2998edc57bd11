"""Requests to join: a person with an address at the same domain as an organisation's people asks its owners."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, Select, false, select, text
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import condition, transition
from civtech.organisations.events import (
    JoinRequestAccepted,
    JoinRequestDeclined,
    JoinRequested,
    JoinRequestLapsed,
    JoinRequestWithdrawn,
    OrganisationFacts,
    RoleFacts,
)
from civtech.organisations.models.domains import domain_of, is_shared
from civtech.organisations.models.kinds import MemberRole, OrganisationKind
from civtech.organisations.models.organisation import Membership, Organisation
from civtech.people.models.person import User

OPEN_FOR = timedelta(days=14)
MOST_ASKED = 3


class JoinRequestState(State):
    SENT = "sent", N_("Waiting for an answer"), "yellow"
    ACCEPTED = "accepted", N_("Accepted"), "green"
    DECLINED = "declined", N_("Declined"), "grey"
    WITHDRAWN = "withdrawn", N_("Withdrawn"), "grey"
    LAPSED = "lapsed", N_("Expired without an answer"), "grey"


@condition(N_("This request has expired. The person who asked can ask again."))
def has_not_expired(request: "JoinRequest", at: datetime) -> bool:
    return at < request.expires_at


@condition(N_("This request is still waiting for an answer."))
def has_expired(request: "JoinRequest", at: datetime) -> bool:
    return at >= request.expires_at


class JoinRequest(Versioned, Model):
    """A person's request to act for an organisation. Its owners choose their role.

    `domain` is what their email address has in common with that of someone who acts for it.
    """

    __tablename__ = "join_request"
    __table_args__ = (
        one_of("state", JoinRequestState),
        one_of("role", MemberRole),
        CheckConstraint("(state = 'sent') = (answered_at IS NULL)", name="answered_at_once_answered"),
        CheckConstraint(
            "(state IN ('accepted', 'declined')) = (answered_by_id IS NOT NULL)", name="answered_by_once_answered"
        ),
        CheckConstraint("(state = 'accepted') = (role IS NOT NULL)", name="role_once_accepted"),
        CheckConstraint("answered_by_id <> person_id", name="answered_by_another_person"),
        CheckConstraint("expires_at > sent_at", name="expires_after_it_was_sent"),
        Index(
            "uq_join_request_waiting",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'sent'"),
            postgresql_where=text("state = 'sent'"),
        ),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str]
    state: Mapped[JoinRequestState] = mapped_column(stored(JoinRequestState), default=JoinRequestState.SENT)
    role: Mapped[MemberRole | None] = mapped_column(stored(MemberRole))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation] = required()
    person: Mapped[User] = relationship(foreign_keys=person_id)

    @classmethod
    def ask(cls, organisation: Organisation, *, by: User, at: datetime) -> "JoinRequest":
        """Ask to join. A person can have one open request; an expired one makes room for the next."""
        if organisation.id not in db.session.scalars(joinable(by).with_only_columns(Organisation.id)).all():
            raise RuleViolation(N_("You cannot ask to join this organisation. Ask one of its owners to invite you."))
        _refuse_second(organisation, by, at)
        request = cls(
            reference=new_reference("H"),
            organisation=organisation,
            person=by,
            domain=domain_of(by.email),
            state=JoinRequestState.SENT,
            sent_at=at,
            expires_at=at + OPEN_FOR,
        )
        db.session.add(request)
        emit(JoinRequested(subject=request, by=by, at=at, facts={"organisation": organisation.reference}))
        return request

    @transition(
        JoinRequestState.SENT,
        to=JoinRequestState.ACCEPTED,
        emits=JoinRequestAccepted,
        when=has_not_expired,
        sets=("answered_by_id", "answered_at", "role"),
    )
    def accept(self, *, role: MemberRole, by: User, at: datetime) -> RoleFacts:
        """An owner accepts the request and gives the person a role."""
        if role not in self.organisation.roles:
            raise RuleViolation(N_("Select a role that people can have in this organisation."), field="role")
        if self.organisation.kind is not OrganisationKind.PUBLIC_BODY and self.person.works_for_the_programme:
            raise RuleViolation(N_("This person now works for the programme, so they cannot act for an applicant."))
        if self.person.acts_for(self.organisation, role):
            raise RuleViolation(N_("This person already has this role."), field="role")
        self.organisation.admit(self.person, role, by=by, at=at)
        self.answered_by_id, self.answered_at, self.role = by.id, at, role
        return {**self._facts(), "role": role.value}

    @transition(
        JoinRequestState.SENT,
        to=JoinRequestState.DECLINED,
        emits=JoinRequestDeclined,
        when=has_not_expired,
        sets=("answered_at", "answered_by_id"),
    )
    def decline(self, *, by: User, at: datetime) -> OrganisationFacts:
        """An owner declines the request."""
        self.answered_at = at
        self.answered_by_id = by.id
        return self._facts()

    @transition(JoinRequestState.SENT, to=JoinRequestState.WITHDRAWN, emits=JoinRequestWithdrawn, sets=("answered_at",))
    def withdraw(self, *, by: User | None, at: datetime) -> OrganisationFacts:
        """The person who asked withdraws the request."""
        self.answered_at = at
        return self._facts()

    @transition(
        JoinRequestState.SENT,
        to=JoinRequestState.LAPSED,
        emits=JoinRequestLapsed,
        when=has_expired,
        sets=("answered_at",),
    )
    def lapse(self, *, by: User, at: datetime) -> OrganisationFacts:
        """Close an expired request, because the person is asking again."""
        self.answered_at = at
        return self._facts()

    def _facts(self) -> OrganisationFacts:
        return {"organisation": self.organisation.reference}


def joinable(person: User) -> Select[Organisation]:
    """The companies and public bodies `person` may ask to join: someone there has a confirmed address at their domain.

    No one with an address at a public email provider may ask. People who work for the programme may not ask companies.
    """
    return select(Organisation).where(
        Organisation.kind.in_(_kinds_for(person)),
        Organisation.id.not_in(person.organisation_ids()),
        _has_colleagues_of(person),
    )


def _kinds_for(person: User) -> list[OrganisationKind]:
    if person.works_for_the_programme:
        return [OrganisationKind.PUBLIC_BODY]
    return [OrganisationKind.PUBLIC_BODY, OrganisationKind.COMPANY]


def _has_colleagues_of(person: User) -> ColumnElement[bool]:
    domain = domain_of(person.email)
    if not person.is_confirmed or is_shared(domain):
        return false()
    colleagues = (
        select(Membership.organisation_id)
        .join(User, User.id == Membership.user_id)
        .where(Membership.is_held(), User.confirmed_at.is_not(None), User.email.endswith(f"@{domain}", autoescape=True))
    )
    return Organisation.id.in_(colleagues)


def _refuse_second(organisation: Organisation, person: User, at: datetime) -> None:
    waiting = select(JoinRequest).where(JoinRequest.person_id == person.id, JoinRequest.state == JoinRequestState.SENT)
    if open_now := db.session.scalars(waiting).first():
        if has_not_expired(open_now, at):
            raise RuleViolation(
                N_("You already have a request waiting for an answer. Withdraw it before you ask again.")
            )
        open_now.lapse(by=person, at=at)
        db.session.flush()
    lately = select(JoinRequest.state).where(
        JoinRequest.person_id == person.id,
        JoinRequest.organisation_id == organisation.id,
        JoinRequest.sent_at > at - OPEN_FOR,
    )
    states = db.session.scalars(lately).all()
    if JoinRequestState.DECLINED in states or len(states) >= MOST_ASKED:
        raise RuleViolation(N_("You asked to join this organisation recently. Wait two weeks before you ask again."))
