"""For whom somebody acts now who belongs to several organisations: it chooses what is shown, never what one may do."""

from flask import session

from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import User

KEY = "acting_for"
APPLICANTS = (OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL)


def acting_for(person: User, *kinds: OrganisationKind) -> Organisation | None:
    """The organisation that `person` chose to act for in this browser, if they still belong to it and it is of `kinds`.

    None means all of them; so it does for somebody who has only one.
    """
    if not session.get(KEY):
        return None
    mine = person.organisations()
    if len(mine) < 2:
        return None
    chosen = next((one for one in mine if one.reference == session[KEY]), None)
    return chosen if chosen is not None and (not kinds or chosen.kind in kinds) else None


def act_for(organisation: Organisation | None) -> None:
    """Remember the choice in this browser; None is all of them."""
    if organisation is None:
        session.pop(KEY, None)
    else:
        session[KEY] = organisation.reference
