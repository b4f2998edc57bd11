"""What happens when an email asks for something and there is no one to ask: programme staff are told, with the reason.

A public body can lose its last approver, or a programme its second administrator. Then the work would wait for ever
and no one would know. The email names what waits and leads to the page where staff can invite or appoint someone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.notifications import queries
from civtech.notifications.naming import Facts, Link, named
from civtech.notifications.outbox import queue
from civtech.notifications.titles import TITLES
from civtech.organisations.models import Organisation
from civtech.people.models import ProgrammeRole
from civtech.web.logs import log


@dataclass(frozen=True)
class Missing:
    """What waits because no one can be asked, whose people are missing, and where staff can appoint someone."""

    reference: str
    whose: str | Text
    link: Link

    @classmethod
    def people_of(cls, organisation: Organisation, reference: str) -> "Missing":
        """No one at an organisation has the role that is needed."""
        return cls(reference, organisation.name, ("organisations.show", {"reference": organisation.reference}))

    @classmethod
    def in_the_programme(cls, reference: str) -> "Missing":
        """No one in the programme has the role that is needed and may act on it."""
        return cls(reference, Text(N_("the programme")), ("roles.index", {}))


def programme_staff() -> Iterator[int]:
    """Programme staff with a role for the whole programme."""
    for person in db.session.scalars(queries.people_with(ProgrammeRole.STAFF, at=clock.now())).unique():
        if person.is_staff:
            yield person.id


def tell_staff(words: str, missing: Missing, *, at: datetime) -> None:
    """Email programme staff that `words` could not be sent to anyone."""
    waits = Text(TITLES[words])
    facts: Facts = named(waits, missing.reference, missing.link, (N_("No one to ask at"), missing.whose))
    staff = list(programme_staff())
    queue("no_one_to_ask", [(person, facts) for person in staff], at=at)
    if not staff:
        log.warning("no_one_to_ask", words=words, reference=missing.reference)
