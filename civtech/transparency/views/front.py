"""The front page: open and upcoming challenges, recently funded teams, and the promise on rights."""

from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, func, or_, select

from civtech.challenges.listing import in_order
from civtech.challenges.models import Challenge, ChallengePhase
from civtech.challenges.queries import in_a_row, is_in
from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.rights.wording import certificate_lines
from civtech.transparency import figures, queries
from civtech.transparency.specimen import specimen
from civtech.web.gate import public
from civtech.web.kept.declaring import keepable

bp = Blueprint("public", __name__)
QUESTIONS = 4
FUNDED = 6


@bp.get("/")
@public("Shows the front page.", act=N_("View the front page"))
@keepable()
def front() -> ResponseReturnValue:
    at = clock.now()
    shown = queries.with_answers(in_order(in_a_row(select(Challenge).where(_not_over(at))), at).limit(QUESTIONS))
    challenges = [(challenge, answered) for challenge, answered in db.session.execute(shown).unique()]
    open_now, next_closing = db.session.execute(
        select(func.count(), func.min(Challenge.closes_at)).where(is_in(ChallengePhase.OPEN, at))
    ).one()
    released, small = db.session.execute(queries.released()).one()
    accepted, taken = db.session.execute(queries.equity()).one()
    return render_template(
        "public/front.html",
        challenges=challenges,
        paths={challenge.round_id: figures.steps(challenge.round.stages) for challenge, _answered in challenges},
        open_now=open_now,
        next_closing=next_closing,
        released=released,
        share=small / released if released else None,
        accepted=accepted,
        taken=taken,
        funded=db.session.execute(queries.latest_agreements(FUNDED)).all(),
        **latest_certificate(),
    )


def _not_over(at: datetime) -> ColumnElement[bool]:
    return or_(is_in(ChallengePhase.OPEN, at), is_in(ChallengePhase.SCHEDULED, at))


def latest_certificate() -> dict[str, object]:
    """Return the latest accepted statement with its lines, or a sample that says it is one."""
    statement = db.session.scalars(queries.latest_statement()).unique().one_or_none()
    if statement is None:
        return {"statement": None, "specimen": specimen()}
    return {"statement": statement, "lines": certificate_lines(statement), "specimen": None}
