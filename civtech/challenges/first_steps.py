"""The first step for people who draft challenges."""

from collections.abc import Iterator

from flask import url_for

from civtech.challenges.policy import sponsors_of
from civtech.challenges.queries import that_sponsor
from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.programmes.queries import taking_challenges
from civtech.web.registries import FirstStep, first_step


@first_step
def first_draft(person: User) -> Iterator[FirstStep]:
    """Drafting a challenge, for public bodies that never had one. If no round takes any, whose turn it is."""
    bodies = sponsors_of(person)
    sponsors = set(db.session.scalars(that_sponsor([body.id for body in bodies]))) if bodies else set()
    new = [body for body in bodies if body.id not in sponsors]
    if not new:
        return
    title = Text(N_("Draft the first challenge of %(name)s"), {"name": new[0].name})
    if db.session.scalars(taking_challenges(clock.now()).limit(1)).first() is None:
        yield FirstStep(
            title,
            Text(N_("No round takes challenges at the moment. You can draft one when programme staff create a round.")),
        )
        return
    yield FirstStep(
        title,
        Text(
            N_(
                "Ask an open question about something that should improve. You can save a draft with only the "
                "question, the summary and the budget. No one outside your public body and the programme can read it."
            )
        ),
        url_for("challenges.new"),
        Text(N_("Draft a challenge")),
    )
