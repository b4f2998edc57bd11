"""What proposals add to a challenge's page: how to answer it, or that answers were received."""

from flask import render_template

from civtech.accounts.models import User
from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.proposals import policy, queries
from civtech.proposals.models import Proposal
from civtech.web.registries import panel


@panel("challenges.show", order=10)
def answer_it(actor: User, challenge: Challenge) -> str | None:
    """For everybody while it is open, and for a team that has an answer here."""
    if challenge.published_at is None:
        return None
    open_now = challenge.is_open(clock.now())
    known: list[Proposal] = []
    if actor.organisation_ids():
        known = list(db.session.execute(queries.known_to_team(actor, challenge)).scalars())
    if not open_now and not known:
        return None
    return render_template("proposals/_start_panel.html", challenge=challenge, known=known, open_now=open_now)


@panel("challenges.show", order=20)
def received(actor: User, challenge: Challenge) -> str | None:
    """For those who may know that proposals exist."""
    if challenge.published_at is None or not policy.see_received(actor, challenge):
        return None
    return render_template(
        "proposals/_received_panel.html",
        challenge=challenge,
        count=db.session.scalar(queries.submitted_count(challenge)),
        closed=challenge.is_closed(clock.now()),
    )
