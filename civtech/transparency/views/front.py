"""The front page: open and upcoming challenges, recently funded teams, and the promise on rights."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from civtech.challenges import listing
from civtech.core import clock
from civtech.core.db import db
from civtech.core.facts import Amount
from civtech.core.text import N_
from civtech.rights.wording import certificate_lines
from civtech.transparency import figures, queries
from civtech.transparency.specimen import specimen
from civtech.web.display import programme_currency
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
    challenges = db.session.execute(listing.first_listed(at, QUESTIONS)).unique().all()
    open_now, next_closing = db.session.execute(listing.open_now(at)).one()
    released = db.session.execute(queries.released()).all()
    accepted, taken = db.session.execute(queries.equity()).one()
    return render_template(
        "public/front.html",
        opened=[row for row in challenges if row[0].is_open(at)],
        soon=[row for row in challenges if not row[0].is_open(at)],
        paths={challenge.round_id: figures.steps(challenge.round.stages) for challenge, _answered in challenges},
        open_now=open_now,
        next_closing=next_closing,
        released=[Amount(pence, currency) for currency, pence, _small in released] or [Amount(0, programme_currency())],
        shares=[(currency, small / pence) for currency, pence, small in released],
        accepted=accepted,
        taken=taken,
        funded=db.session.execute(queries.latest_agreements(FUNDED)).all(),
        **latest_certificate(),
    )


def latest_certificate() -> dict[str, object]:
    """Return the latest accepted statement with its lines, or a sample that says it is one."""
    statement = db.session.scalars(queries.latest_statement()).unique().one_or_none()
    if statement is None:
        return {"statement": None, "specimen": specimen()}
    return {"statement": statement, "lines": certificate_lines(statement), "specimen": None}
