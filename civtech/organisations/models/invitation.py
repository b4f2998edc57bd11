"""Invitations: an email asks a person to act for an organisation, and they decide."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import ERASABLE, is_blank
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import condition, transition
from civtech.organisations.events import (
    InvitationAccepted,
    InvitationConfirmed,
    InvitationDeclined,
    InvitationProposed,
    InvitationResent,
    InvitationRevoked,
    InvitationSent,
    RoleFacts,
)
from civtech.organisations.models.kinds import MemberRole, OrganisationKind
from civtech.organisations.models.organisation import Organisation
from civtech.people.models import addresses
from civtech.people.models.person import User

OPEN_FOR = timedelta(days=14)
MOST_WAITING = 50


class InvitationState(State):
    SENT = "sent", N_("Waiting for an answer"), "yellow"
    ACCEPTED = "accepted", N_("Accepted"), "green"
    DECLINED = "declined", N_("Declined"), "grey"
    REVOKED = "revoked", N_("Withdrawn"), "grey"


@condition(N_("This invitation has expired. Ask for a new one."))
def has_not_expired(invitation: "Invitation", at: datetime) -> bool:
    return at < invitation.expires_at


@condition(
    N_(
        "An owner of the organisation, or another member of programme staff, must confirm this invitation "
        "first. We’ll email you when it is confirmed."
    )
)
def is_confirmed_where_there_is_an_owner(invitation: "Invitation", _at: datetime) -> bool:
    return not invitation.needs_confirmation


@condition(N_("This invitation has already been confirmed."))
def is_unconfirmed(invitation: "Invitation", _at: datetime) -> bool:
    return invitation.confirmed_by_id is None


class Invitation(Versioned, Model):
    """One address, one organisation, one role.

    The link is not secret: only a person who has confirmed the address can accept.
    An owner confirms an invitation by sending it. Programme staff can invite people to a public body that has no owner.
    If it has one, an owner must confirm what staff send, or another member of staff with a reason.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("state", InvitationState),
        one_of("role", MemberRole),
        CheckConstraint("(state = 'sent') = (answered_at IS NULL)", name="answered_at_once_answered"),
        CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name="accepted_by_once_accepted"),
        CheckConstraint("expires_at > sent_at", name="expires_after_it_was_sent"),
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        CheckConstraint("(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name="confirmed_at_once_confirmed"),
        CheckConstraint("accepted_by_id <> invited_by_id", name="accepted_by_another_person"),
        CheckConstraint("accepted_by_id <> confirmed_by_id", name="accepted_by_a_third_person"),
        CheckConstraint("confirmed_because IS NULL OR confirmed_by_id IS NOT NULL", name="confirmed_with_its_reason"),
        Index(
            "uq_invitation_waiting",
            "organisation_id",
            "email",
            "role",
            unique=True,
            sqlite_where=text("state = 'sent'"),
            postgresql_where=text("state = 'sent'"),
        ),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(index=True)
    role: Mapped[MemberRole] = mapped_column(stored(MemberRole))
    state: Mapped[InvitationState] = mapped_column(stored(InvitationState), default=InvitationState.SENT)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_because: Mapped[str | None] = mapped_column(info=ERASABLE)

    organisation: Mapped[Organisation] = required()
    invited_by: Mapped[User] = relationship(foreign_keys=invited_by_id)

    @classmethod
    def send(cls, organisation: Organisation, email: str, role: MemberRole, *, by: User, at: datetime) -> "Invitation":
        """Invite an address, without checking or revealing whether it has an account."""
        email = addresses.spelled(email)
        if organisation.kind is OrganisationKind.INDIVIDUAL:
            raise RuleViolation(N_("You cannot invite anyone else to act for a person with an idea."))
        if role not in organisation.roles:
            raise RuleViolation(N_("Select a role that people can have in this organisation."), field="role")
        if email == by.email:
            raise RuleViolation(N_("You cannot invite yourself."), field="email")
        _refuse_second(organisation, email, role)
        invitation = cls(
            reference=new_reference("I"),
            organisation=organisation,
            email=email,
            role=role,
            state=InvitationState.SENT,
            invited_by=by,
            sent_at=at,
            expires_at=at + OPEN_FOR,
        )
        if by.acts_for(organisation, MemberRole.OWNER):
            invitation.confirmed_at, invitation.confirmed_by_id = at, by.id
        db.session.add(invitation)
        happened = InvitationProposed if invitation.needs_confirmation else InvitationSent
        emit(happened(subject=invitation, by=by, at=at, facts=invitation._facts()))
        return invitation

    @property
    def needs_confirmation(self) -> bool:
        """Whether an owner, or another member of staff, must confirm it before it can be accepted."""
        with db.session.no_autoflush:
            return self.confirmed_by_id is None and self.organisation.has_owner()

    @transition(
        InvitationState.SENT,
        emits=InvitationConfirmed,
        when=is_unconfirmed,
        sets=("confirmed_at", "confirmed_by_id", "confirmed_because", "sent_at", "expires_at"),
    )
    def confirm(self, *, because: str | None = None, by: User, at: datetime) -> RoleFacts:
        """An owner agrees to it, or another member of staff does with a reason. Sends it now, with two more weeks."""
        if by.id == self.invited_by_id:
            raise RuleViolation(N_("You sent this invitation, so someone else must confirm it."))
        if by.email == self.email:
            raise RuleViolation(N_("This invitation is for you, so someone else must confirm it."))
        if not by.acts_for(self.organisation, MemberRole.OWNER) and is_blank(because):
            raise RuleViolation(
                N_("Enter why you are confirming it instead of an owner. We’ll email your reason to the owners."),
                field="because",
            )
        self.confirmed_at = self.sent_at = at
        self.confirmed_by_id = by.id
        self.confirmed_because = because
        self.expires_at = at + OPEN_FOR
        return self._facts()

    @transition(InvitationState.SENT, emits=InvitationResent, sets=("sent_at", "expires_at"))
    def resend(self, *, by: User, at: datetime) -> RoleFacts:
        """Send it again, with two more weeks. Staff cannot revive an expired one if there is an owner."""
        organisation, has_run_out = self.organisation, not has_not_expired(self, at)
        if has_run_out and not by.acts_for(organisation, MemberRole.OWNER) and organisation.has_owner():
            raise RuleViolation(N_("This invitation has expired. Withdraw it, then send a new one."))
        self.sent_at = at
        self.expires_at = at + OPEN_FOR
        return self._facts()

    @transition(InvitationState.SENT, to=InvitationState.REVOKED, emits=InvitationRevoked, sets=("answered_at",))
    def revoke(self, *, by: User | None, at: datetime) -> RoleFacts:
        """Withdraw it before it is answered."""
        self.answered_at = at
        return self._facts()

    @transition(
        InvitationState.SENT,
        to=InvitationState.DECLINED,
        emits=InvitationDeclined,
        when=has_not_expired,
        sets=("answered_at",),
    )
    def decline(self, *, by: User, at: datetime) -> RoleFacts:
        """The invited person declines."""
        self._refuse_others(by)
        self.answered_at = at
        return self._facts()

    @transition(
        InvitationState.SENT,
        to=InvitationState.ACCEPTED,
        emits=InvitationAccepted,
        when=(has_not_expired, is_confirmed_where_there_is_an_owner),
        sets=("answered_at", "accepted_by_id"),
    )
    def accept(self, *, by: User, at: datetime) -> RoleFacts:
        """The invited person acts for the organisation from now on."""
        self._refuse_others(by)
        if by.id in {self.invited_by_id, self.confirmed_by_id}:
            raise RuleViolation(N_("You sent or confirmed this invitation, so someone else must invite you."))
        if self.organisation.kind is not OrganisationKind.PUBLIC_BODY and by.works_for_the_programme:
            raise RuleViolation(N_("You work for the programme, so you cannot act for an applicant."))
        if by.acts_for(self.organisation, self.role):
            raise RuleViolation(N_("You already have this role."))
        self.organisation.admit(by, self.role, by=by, at=at)
        self.accepted_by_id, self.answered_at = by.id, at
        return self._facts()

    def _facts(self) -> RoleFacts:
        return {"organisation": self.organisation.reference, "role": self.role.value}

    def _refuse_others(self, by: User) -> None:
        if by.email != self.email:
            raise RuleViolation(
                N_("This invitation was sent to a different email address. Sign in with that address to answer it.")
            )


def _refuse_second(organisation: Organisation, email: str, role: MemberRole) -> None:
    """Refuse a second open invitation of the same kind, and more than fifty at once. The database settles races."""
    waiting = select(Invitation.email, Invitation.role).where(
        Invitation.organisation_id == organisation.id, Invitation.state == InvitationState.SENT
    )
    with db.session.no_autoflush:
        open_now = {(row.email, row.role) for row in db.session.execute(waiting)}
    if (email, role) in open_now:
        raise RuleViolation(
            N_("This address already has an open invitation for this role. You can send it again below."), field="email"
        )
    if len(open_now) >= MOST_WAITING:
        raise RuleViolation(N_("Fifty invitations are waiting for an answer. Withdraw some before you send more."))
