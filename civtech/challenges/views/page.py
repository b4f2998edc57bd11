"""The challenge's own page, which several views show, and how they find its challenge."""

from flask import Blueprint, render_template

from civtech.challenges import policy, queries
from civtech.challenges.models import Challenge
from civtech.challenges.views.parts import link, parts_of
from civtech.core import clock
from civtech.core.db import first_or_404
from civtech.web.actor import actor
from civtech.web.forms import Form
from civtech.web.gate import can

bp = Blueprint("challenges", __name__, url_prefix="/challenges")


def find_challenge(slug: str) -> Challenge:
    """The challenge with all that its page shows, if the actor can see it."""
    return first_or_404(queries.to_open(actor(), slug))


def page_of(challenge: Challenge, form: Form | None = None) -> str:
    """The challenge's page. `form` carries what was refused, if the page is shown because of that."""
    own = can(policy.see_questions, challenge)
    phase = challenge.phase(clock.now())
    return render_template(
        "challenges/show.html",
        challenge=challenge,
        form=form,
        phase=phase,
        own=own,
        description=challenge.summary,
        parts=parts_of(challenge, phase, own=own),
        promise_url=link("public.rights_promise"),
    )
