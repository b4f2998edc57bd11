"""What is deleted from organisations when we erase a person, and data no one needs for long."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Select, case, func, null, or_, select, update
from sqlalchemy.orm import joinedload

from civtech.core.db import db
from civtech.core.events import emit
from civtech.core.facts import Fact
from civtech.core.personal import ends_with_them, erased, stays, swept, touched
from civtech.core.text import N_, Text
from civtech.organisations.events import MembershipEnded, MembershipFacts
from civtech.organisations.models import (
    CompanyFigures,
    Invitation,
    InvitationState,
    JoinRequest,
    JoinRequestState,
    Membership,
    Organisation,
    OrganisationKind,
)
from civtech.people.models import User
from civtech.people.models.erased import ERASED_NAME, NO_DOMAIN, unaddressed

stays(
    Membership.user_id,
    because=N_("Membership of a team decides who may judge, open and pay. Only a reference to the person is left."),
)
stays(CompanyFigures.stated_by_id, because=N_("The figures belong to the company."))
stays(Organisation.number_accepted_by_id, because=N_("The audit needs a record of who accepted a number."))
stays(JoinRequest.answered_by_id, because=N_("The audit needs a record of who let people into an organisation."))
stays(
    Invitation.invited_by_id,
    Invitation.accepted_by_id,
    Invitation.confirmed_by_id,
    because=N_("The audit needs a record of who let people into an organisation."),
)


@erased("requests_to_join", JoinRequest.person_id)
def forget_requests_to_join(person: User, at: datetime) -> int:
    """Withdraw the open request, then remove the domain of the address from all of them."""
    own_requests = JoinRequest.person_id == person.id
    for request in db.session.scalars(
        select(JoinRequest)
        .where(own_requests, JoinRequest.state == JoinRequestState.SENT)
        .options(joinedload(JoinRequest.organisation))
    ):
        request.withdraw(by=None, at=at)
    db.session.flush()
    return touched(update(JoinRequest).where(own_requests).values(domain=NO_DOMAIN))


@erased("memberships")
def end_memberships(person: User, at: datetime) -> int:
    """End their memberships. Their work stays with the organisation, even if it has no one left."""
    ended = list(person.memberships)
    for membership in ended:
        organisation = membership.organisation
        membership.end(at=at)
        db.session.flush()
        facts = MembershipFacts(person=person.reference, role=membership.role.value)
        emit(MembershipEnded(subject=organisation, by=None, at=at, facts=facts))
        if organisation.kind is OrganisationKind.INDIVIDUAL:
            _unname(organisation)
    return len(ended)


@ends_with_them
def roles_that_end(person_ids: Collection[int]) -> Iterator[tuple[int, Fact]]:
    """Yield each role in an organisation that ends."""
    held = (
        select(Membership.user_id, Membership.role, Organisation.reference, Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.user_id.in_(person_ids), Membership.is_held())
        .order_by(Organisation.sort_key, Membership.id)
    )
    for row in db.session.execute(held):
        words = Text(
            N_("%(role)s of %(organisation)s"),
            {"role": Text(row.role.label.message), "organisation": row.organisation},
        )
        yield row.user_id, Fact(f"role_{row.reference}_{row.role.value}", Text(N_("Role that ends")), words)


@ends_with_them
def invitations_that_end(person_ids: Collection[int]) -> Iterator[tuple[int, Fact]]:
    """Yield how many invitations to a person are withdrawn."""
    waiting = (
        select(User.id, func.count(Invitation.id).label("number"))
        .join(Invitation, Invitation.email == User.email)
        .where(User.id.in_(person_ids), Invitation.state == InvitationState.SENT)
        .group_by(User.id)
    )
    for row in db.session.execute(waiting):
        yield row.id, Fact("invitations", Text(N_("Invitations that are withdrawn")), row.number)


def _unname(organisation: Organisation) -> None:
    """Remove the name and details of a person with an idea, which are those of the person."""
    organisation.legal_name = ERASED_NAME
    organisation.trading_name = None
    organisation.identifier_scheme = None
    organisation.identifier_number = None
    organisation.number_accepted_because = organisation.number_accepted_at = None
    organisation.number_accepted_by_id = None
    organisation.about = ""


@erased("invitations")
def unaddress_invitations(person: User, at: datetime) -> int:
    """Withdraw open invitations, then remove the address from all of them."""
    own_invitations = Invitation.email == person.email
    for invitation in db.session.scalars(
        select(Invitation)
        .where(own_invitations, Invitation.state == InvitationState.SENT)
        .options(joinedload(Invitation.organisation))
    ):
        invitation.revoke(by=None, at=at)
    db.session.flush()
    blank = case((Invitation.confirmed_because.is_not(None), ""), else_=null())
    return touched(
        update(Invitation)
        .where(own_invitations)
        .values(email=unaddressed(Invitation.reference), confirmed_because=blank)
    )


@swept("invitations")
def unaddress_old_invitations(before: datetime, spared: Select[int]) -> int:
    """Remove addresses from invitations that were answered. Unanswered ones are withdrawn first."""
    addressed = (
        Invitation.email.not_like("erased-%@invalid"),
        Invitation.invited_by_id.not_in(spared),
        Invitation.email.not_in(select(User.email).where(User.id.in_(spared))),
    )
    unanswered = select(Invitation).where(
        Invitation.state == InvitationState.SENT, Invitation.expires_at < before, *addressed
    )
    taken_back = []
    for invitation in db.session.scalars(unanswered.options(joinedload(Invitation.organisation))):
        invitation.revoke(by=None, at=invitation.expires_at)
        taken_back.append(invitation.id)
    db.session.flush()
    old = or_(Invitation.answered_at < before, Invitation.id.in_(taken_back))
    return touched(update(Invitation).where(old, *addressed).values(email=unaddressed(Invitation.reference)))
