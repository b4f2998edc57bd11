"""What proposals add to other pages: how to answer a challenge, that it has answers, and the status of your own."""

from flask import render_template

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import NamedRow, db
from civtech.organisations.acting import APPLICANTS, acting_for
from civtech.people.models import User
from civtech.proposals import at_home, policy, queries
from civtech.proposals.models import own_interest
from civtech.proposals.progress import team_progress
from civtech.web.registries import panel


@panel("challenges.show", "answer")
def answer_it(actor: User, challenge: Challenge) -> str | None:
    """For everyone who can answer an open challenge, and for teams that have answered."""
    if challenge.published_at is None:
        return None
    is_open = challenge.is_open(clock.now())
    outside = actor.is_confirmed and not actor.works_for_the_programme
    why_not = own_interest(actor, challenge) if is_open and outside else None
    open_now = is_open and (not actor.is_authenticated or (outside and why_not is None))
    proposals: list[NamedRow] = []
    if actor.organisation_ids():
        proposals = list(db.session.execute(queries.known_to_team(actor, challenge)).scalars())
    if not open_now and not proposals and (why_not is None or actor.acts_for(challenge.sponsor_id)):
        return None
    return render_template(
        "proposals/_start_panel.html", challenge=challenge, proposals=proposals, open_now=open_now, why_not=why_not
    )


@panel("challenges.cancel", "proposals")
def what_ends(_actor: User, challenge: Challenge) -> str:
    """For people who can cancel it: how many proposals and drafts end, without their content."""
    submitted, drafts = db.session.execute(queries.begun_so_far(challenge)).one()
    return render_template("proposals/_cancel_panel.html", submitted=submitted, drafts=drafts)


@panel("challenges.show", "proposals", after="answer")
def received(actor: User, challenge: Challenge) -> str | None:
    """For people who can know that proposals exist."""
    if challenge.published_at is None or not policy.see_received(actor, challenge):
        return None
    return render_template(
        "proposals/_received_panel.html",
        challenge=challenge,
        count=db.session.scalar(queries.submitted_count(challenge)),
        closed=challenge.is_closed(clock.now()),
    )


@panel("home", "proposals")
def own_proposals(actor: User, _subject: object) -> str | None:
    """For teams: the status of their latest submitted proposals."""
    if not actor.organisations(*APPLICANTS):
        return None
    at = clock.now()
    proposals = at_home.latest(actor, at)
    if not proposals:
        return None
    return render_template(
        "proposals/_home.html",
        proposals=proposals,
        progress=team_progress(proposals, at),
        acting=acting_for(actor, *APPLICANTS),
    )
