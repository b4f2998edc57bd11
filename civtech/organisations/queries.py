"""Queries for people and organisations, limited to what each actor may see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true
from sqlalchemy.orm import contains_eager, joinedload

from civtech.core.statements import built_once
from civtech.organisations.models import (
    CompanyFigures,
    Invitation,
    InvitationState,
    JoinRequest,
    JoinRequestState,
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    join_request,
)
from civtech.people.models import User, rights


@built_once
def visible_to(actor: User) -> Select[Organisation]:
    """The organisations `actor` may see: their own; programme staff and auditors see all."""
    visible = true() if actor.is_staff or actor.is_auditor else Organisation.id.in_(actor.organisation_ids())
    return select(Organisation).where(visible)


@built_once
def public_bodies() -> Select[Organisation]:
    """Every public body, for programme staff."""
    return select(Organisation).where(Organisation.kind == OrganisationKind.PUBLIC_BODY)


@built_once
def members(organisation: Organisation) -> Select[Membership, User]:
    """An organisation's memberships with their people, by name."""
    return (
        select(Membership, User)
        .join(Membership.user)
        .where(Membership.organisation_id == organisation.id, Membership.is_held())
        .order_by(User.sort_key, Membership.id)
    )


@built_once
def with_several_people(organisations: Sequence[int]) -> Select[int]:
    """Which of these organisations have more than one person who acts for them."""
    return (
        select(Membership.organisation_id)
        .where(Membership.organisation_id.in_(organisations), Membership.is_held())
        .group_by(Membership.organisation_id)
        .having(func.count(Membership.user_id.distinct()) > 1)
    )


@built_once
def membership_of(organisation: Organisation, person: str, role: str) -> Select[Membership]:
    """The membership that gives the person with this reference this role in an organisation."""
    return (
        select(Membership)
        .join(Membership.user)
        .options(contains_eager(Membership.user).options(*rights()))
        .where(
            Membership.organisation_id == organisation.id,
            Membership.is_held(),
            User.reference == person,
            Membership.role == role,
        )
    )


@built_once
def invitations(organisation: Organisation) -> Select[Invitation]:
    """An organisation's unanswered invitations, latest first."""
    return (
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(Invitation.organisation_id == organisation.id, Invitation.state == InvitationState.SENT)
        .order_by(Invitation.sent_at.desc(), Invitation.id.desc())
    )


@built_once
def invitation(reference: str) -> Select[Invitation]:
    """The invitation with this reference."""
    query = select(Invitation).where(Invitation.reference == reference)
    return query.options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))


@built_once
def invitations_for(person: User, at: datetime) -> Select[Invitation]:
    """The invitations waiting for an answer from `person`, most urgent first."""
    return (
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(
            Invitation.email == person.email,
            Invitation.state == InvitationState.SENT,
            Invitation.expires_at > at,
            ~_needs_confirmation(),
        )
        .order_by(Invitation.expires_at, Invitation.id)
    )


@built_once
def invitations_to_confirm(person: User, at: datetime) -> Select[Invitation]:
    """The invitations by programme staff that `person`, an owner, must confirm, most urgent first."""
    return (
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(
            Invitation.organisation_id.in_(person.organisation_ids(MemberRole.OWNER)),
            Invitation.state == InvitationState.SENT,
            Invitation.email != person.email,
            Invitation.expires_at > at,
            _needs_confirmation(),
        )
        .order_by(Invitation.expires_at, Invitation.id)
    )


def _needs_confirmation() -> ColumnElement[bool]:
    owned = exists().where(
        Membership.organisation_id == Invitation.organisation_id,
        Membership.role == MemberRole.OWNER,
        Membership.is_held(),
    )
    return and_(Invitation.confirmed_by_id.is_(None), owned)


def joinable(person: User) -> Select[Organisation]:
    """The organisations `person` may ask to join, by name. It reveals them to no one else."""
    return join_request.joinable(person).order_by(Organisation.sort_key, Organisation.id)


@built_once
def join_requests(organisation: Organisation, at: datetime) -> Select[JoinRequest]:
    """The requests to join an organisation that are waiting for an answer, most urgent first."""
    return _waiting(at).where(JoinRequest.organisation_id == organisation.id)


@built_once
def join_requests_to_answer(person: User, at: datetime) -> Select[JoinRequest]:
    """The requests to join that are waiting for `person` as an owner of the organisation."""
    return _waiting(at).where(JoinRequest.organisation_id.in_(person.organisation_ids(MemberRole.OWNER)))


@built_once
def join_requests_of(person: User, at: datetime) -> Select[JoinRequest]:
    """The request from `person` that is waiting for an answer. There is never more than one."""
    return _waiting(at).where(JoinRequest.person_id == person.id)


@built_once
def _waiting(at: datetime) -> Select[JoinRequest]:
    return (
        select(JoinRequest)
        .options(joinedload(JoinRequest.organisation), joinedload(JoinRequest.person).options(*rights()))
        .where(JoinRequest.state == JoinRequestState.SENT, JoinRequest.expires_at > at)
        .order_by(JoinRequest.expires_at, JoinRequest.id)
    )


@built_once
def owners(organisation: Organisation) -> Select[int]:
    """The ids of an organisation's owners."""
    return select(Membership.user_id).where(
        Membership.organisation_id == organisation.id, Membership.role == MemberRole.OWNER, Membership.is_held()
    )


@built_once
def figures(organisation: Organisation) -> Select[CompanyFigures]:
    """A company's figures for each year, latest first."""
    return (
        select(CompanyFigures)
        .where(CompanyFigures.organisation_id == organisation.id)
        .order_by(CompanyFigures.year.desc())
    )


@built_once
def without_size(person: User) -> Select[Organisation]:
    """The companies `person` owns whose size is not known, by name."""
    return (
        select(Organisation)
        .where(
            Organisation.id.in_(person.organisation_ids(MemberRole.OWNER)),
            Organisation.kind == OrganisationKind.COMPANY,
            Organisation.size.is_(None),
        )
        .order_by(Organisation.sort_key, Organisation.id)
    )


@built_once
def member_counts(organisation_ids: Sequence[int]) -> Select[int, int]:
    """The number of people who act for each of the organisations with these ids, by id."""
    return (
        select(Membership.organisation_id, func.count(Membership.user_id.distinct()))
        .where(Membership.organisation_id.in_(organisation_ids), Membership.is_held())
        .group_by(Membership.organisation_id)
    )
