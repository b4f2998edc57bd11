"""Panels that the register adds to pages of earlier packages."""

from flask import render_template

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import User
from civtech.proposals.models import Proposal
from civtech.transparency import policy, queries
from civtech.transparency.timeline import ahead, course_of
from civtech.web.registries import panel


@panel("proposals.show", "timeline", after="money", before="history")
def timeline_of(actor: User, proposal: Proposal) -> str | None:
    """Show the next marks on the timeline, with a link to all."""
    if not policy.follow(actor, proposal):
        return None
    following = ahead(course_of(proposal, clock.now()))
    return render_template("transparency/_timeline_panel.html", proposal=proposal, happenings=following)


@panel("challenges.show", "funded teams", after="agreements")
def who_was_funded(_actor: User, challenge: Challenge) -> str | None:
    """Show the funded teams on the challenge's own page, once there are any."""
    if not challenge.is_closed(clock.now()):
        return None
    agreements = db.session.execute(queries.agreements_of([challenge.id])).all()
    if not agreements:
        return None
    return render_template("transparency/_funded_panel.html", challenge=challenge, agreements=agreements)
