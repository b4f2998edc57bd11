"""The organisation a person acts for now, if they belong to several. It decides what they see, not what they may do."""

from flask import session

from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import User

KEY = "acting_for"
APPLICANTS = (OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL)


def acting_for(person: User, *kinds: OrganisationKind) -> Organisation | None:
    """The organisation of one of `kinds` that `person` chose in this browser, if they still belong to it.

    None means all their organisations, and is also the answer for people who have only one.
    """
    if not session.get(KEY):
        return None
    organisations = person.organisations()
    if len(organisations) < 2:
        return None
    chosen = next((each for each in organisations if each.reference == session[KEY]), None)
    return chosen if chosen is not None and (not kinds or chosen.kind in kinds) else None


def act_for(organisation: Organisation | None) -> None:
    """Remember the choice in this browser; None means all of them."""
    if organisation is None:
        session.pop(KEY, None)
    else:
        session[KEY] = organisation.reference
