"""A member of staff looks at possible conflicts of interest that were found after people had taken part."""

from datetime import datetime, timedelta

from sqlalchemy.orm import selectinload

from civtech.core import clock
from civtech.core.db import db
from civtech.demo.cast import Cast
from civtech.demo.director import Director, Story
from civtech.judging import queries
from civtech.judging.models import Panel, known_about, settle
from civtech.judging.panel_conflicts import doubtful_for

LATER = "They declared it in another challenge, after this panel had decided. Nothing in their scores depends on it."
OPEN = 2
"""The number of panels left for the people who try the demonstration."""


def consider_what_came_later(cast: Cast, director: Director, *, now: datetime) -> Story:
    """Decide on everything that was found later, except on the newest panels."""
    yield now - timedelta(hours=7)
    director.settle()
    staff = cast.staff[0]
    if (query := doubtful_for(staff)) is None:
        return
    doubtful = [row.id for row in db.session.execute(query)][:-OPEN]
    panels = db.session.query(Panel).options(selectinload(Panel.seats), selectinload(Panel.challenge))
    for panel in panels.filter(Panel.id.in_(doubtful)).order_by(Panel.id):
        last = db.session.scalars(queries.last_decision(panel)).unique().one_or_none()
        found = known_about(panel, *(last.deciders if last is not None else ()))
        others = [each for each in found if each.row.person_id != staff.id]
        settle(panel, others, because=LATER, by=staff, at=clock.now())
