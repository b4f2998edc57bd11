"""Who may see which people and organisations."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, true

from civtech.accounts.models import Membership, Organisation, OrganisationKind, User


def visible_to(actor: User) -> Select[Organisation]:
    """The organisations `actor` may see: their own; programme staff and auditors see all."""
    mine = true() if actor.is_staff or actor.is_auditor else Organisation.id.in_(actor.organisation_ids())
    return select(Organisation).where(mine)


def public_bodies() -> Select[Organisation]:
    """Every public body, for programme staff."""
    return select(Organisation).where(Organisation.kind == OrganisationKind.PUBLIC_BODY)


def members(organisation: Organisation) -> Select[Membership, str, str]:
    """The memberships of an organisation with name and e-mail address, in the order they were given."""
    return (
        select(Membership, User.name, User.email)
        .join(Membership.user)
        .where(Membership.organisation_id == organisation.id)
        .order_by(User.name, Membership.id)
    )


def member_counts(organisations: Sequence[Organisation]) -> Select[int, int]:
    """How many people act for each of these organisations, by its id."""
    return (
        select(Membership.organisation_id, func.count(Membership.user_id.distinct()))
        .where(Membership.organisation_id.in_([organisation.id for organisation in organisations]))
        .group_by(Membership.organisation_id)
    )


def person_by_email(email: str) -> Select[User]:
    """The person with this address, whatever its case."""
    return select(User).where(User.email == email.strip().lower())


def demonstration_people(domain: str) -> Select[User]:
    """The invented people of the demonstration, whose addresses end in `domain`."""
    theirs = User.email.endswith(f"@{domain}", autoescape=True)
    return select(User).where(theirs, User.confirmed_at.is_not(None)).order_by(User.name, User.id)
