"""The email that a round was closed: to the public bodies in it and to programme staff."""

from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.core.events import subscribe
from civtech.notifications.concerned import SPONSOR
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import who_may
from civtech.organisations.models import Membership
from civtech.people.models import ProgrammeRole, User
from civtech.programmes import policy
from civtech.programmes.events import RoundFinished


@subscribe(RoundFinished)
def say_it_is_closed(event: RoundFinished) -> None:
    """Email the people responsible for its challenges and its staff once each, but not the person who closed it."""
    closed = event.subject
    bodies = select(Challenge.sponsor_id).where(Challenge.round_id == closed.id)
    sponsors = (
        select(Membership.user_id)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_(bodies), Membership.is_held(), Membership.role.in_(SPONSOR), User.active)
        .distinct()
    )
    facts = {"reference": closed.reference, "round": closed.name, "closed_at": event.at}
    leave = {event.by.id} if event.by is not None else set()
    staff = set(who_may(policy.finish_round, closed, ProgrammeRole.STAFF)) - leave
    of_bodies = set(db.session.scalars(sponsors)) - leave - staff
    page = ("programmes.round", {"reference": closed.reference})
    queue("round_closed", sorted(staff), facts | {"side": "programme", "link": page}, at=event.at)
    page = ("challenges.manage", {})
    queue("round_closed", sorted(of_bodies), facts | {"side": "sponsor", "link": page}, at=event.at)
