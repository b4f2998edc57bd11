"""Two people ask for erasure, a legal request arrives, and two people report problems with a page."""

from datetime import datetime, timedelta

from civtech.core import clock
from civtech.core.db import db
from civtech.demo.cast import Cast
from civtech.demo.director import Story
from civtech.people.demonstration import DOMAIN
from civtech.privacy.models import ErasureRequest, Hold, ProblemReport

KEYBOARD = "When I use only the keyboard, I cannot tell which of the two buttons at the end of the form I am on."
SHADE = "In dark mode, the line under the selected tab is hard to see on my screen."


def ask_about_data(cast: Cast, *, now: datetime) -> Story:
    """One erasure request can be carried out today, another still waits; one hold is in force; one problem is open."""
    leaving = [team.editor for team in reversed(cast.teams) if team.editor is not team.owner][:2]
    yield now - timedelta(days=16, hours=2)
    ErasureRequest.ask(by=leaving[0], at=clock.now())
    yield now - timedelta(days=9, hours=5)
    fixed = ProblemReport.make(words=SHADE, page="", email=None, by=None, at=clock.now())
    db.session.flush()
    yield now - timedelta(days=8, hours=1)
    fixed.deal_with(by=cast.staff[1], at=clock.now())
    yield now - timedelta(days=5, hours=3)
    Hold.place(
        cast.teams[2].organisation,
        reason="Request for information 2027/014, made under section 1 of the Act.",
        ends_at=now + timedelta(days=55),
        by=cast.staff[0],
        at=clock.now(),
    )
    yield now - timedelta(days=3, hours=4)
    ErasureRequest.ask(by=leaving[1], at=clock.now())
    yield now - timedelta(days=1, hours=6)
    ProblemReport.make(
        words=KEYBOARD, page="Report an accessibility problem", email=f"a.reader@{DOMAIN}", by=None, at=clock.now()
    )
