"""Organisations with their members, and invitations."""

from typing import Any

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from sqlalchemy import select

from civtech.core.db import db
from civtech.organisations.models import Invitation, MemberRole, Membership, Organisation, OrganisationKind
from civtech.people.models import User
from tests.factories.people import UserFactory
from tests.factories.verbs import VerbFactory


class OrganisationFactory(VerbFactory):
    """A company whose first owner is `by`. With `public_body`, a body entered by staff, without members.

    `about`, `size` and so on are columns that the verb takes.
    """

    class Meta:
        model = Organisation
        verb = "create"

    class Params:
        public_body = Trait(kind=OrganisationKind.PUBLIC_BODY, by=SubFactory(UserFactory, staff=True))
        individual = Trait(kind=OrganisationKind.INDIVIDUAL, legal_name=SelfAttribute("by.name"))

    kind = OrganisationKind.COMPANY
    legal_name = Sequence(lambda number: f"Company {number} Ltd")
    by = SubFactory(UserFactory, at=SelfAttribute("..at"))


class MembershipFactory(VerbFactory):
    """`person` has `role` in `organisation`, as if they had accepted an invitation."""

    class Meta:
        model = Membership

    organisation = SubFactory(OrganisationFactory)
    person = SubFactory(UserFactory)
    role = MemberRole.EDITOR
    by = None

    @classmethod
    def _save(cls, model_class: Any, session: Any, args: Any, kwargs: dict[str, Any]) -> Membership:
        made = kwargs.pop("organisation").admit(kwargs.pop("person"), kwargs.pop("role"), **kwargs)
        session.flush()
        return made


class InvitationFactory(VerbFactory):
    """An invitation to an organisation, sent by its first owner."""

    class Meta:
        model = Invitation
        verb = "send"

    organisation = SubFactory(OrganisationFactory)
    email = Sequence(lambda number: f"invited{number}@people.example")
    role = MemberRole.EDITOR
    by = LazyAttribute(lambda said: holder(said.organisation, MemberRole.OWNER))


def holder(organisation: Organisation, role: MemberRole) -> User:
    """The first person with this role there."""
    query = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.role == role, Membership.until.is_(None)
    )
    return db.session.scalars(query.order_by(Membership.since, Membership.user_id)).unique().first().user
