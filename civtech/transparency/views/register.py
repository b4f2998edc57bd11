"""The public register: funded teams, amounts, and who owns the results."""

from collections.abc import Iterable
from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.challenges.queries import in_a_row, is_public, rounds_with_public_challenges
from civtech.core import clock
from civtech.core.db import NamedRow, db, first_or_404
from civtech.core.text import N_
from civtech.transparency import figures, queries
from civtech.transparency.history import history_of
from civtech.web.gate import public
from civtech.web.kept.declaring import keepable
from civtech.web.limits import LISTS, LOOKING, at_most, network
from civtech.web.navigation import navigate
from civtech.web.pagination import paged_rows

bp = Blueprint("transparency", __name__)
SIZE = 25

navigate("main", N_("Public register"), "transparency.register", order=30)


@bp.get("/register")
@public("Shows what public money was spent on.", act=N_("Search the public register"))
@at_most(LISTS, by=network, methods=LOOKING)
@keepable("round", "after")
def register() -> ResponseReturnValue:
    chosen = request.args.get("round", "").replace("\0", "") or None
    page = paged_rows(queries.register(chosen), Challenge.id, size=SIZE)
    agreements = db.session.execute(queries.agreements_of([row.id for row in page.rows])).all()
    accepted, taken = db.session.execute(queries.equity()).one()
    return render_template(
        "transparency/register.html",
        page=page,
        chosen=chosen,
        rounds=db.session.execute(rounds_with_public_challenges()).all(),
        funded=_by_challenge(agreements),
        sums=figures.add_up(db.session.execute(queries.money(chosen))),
        accepted=accepted,
        taken=taken,
    )


def _by_challenge(agreements: Iterable[NamedRow]) -> dict[int, list[tuple[str, list[NamedRow]]]]:
    """Return the agreements of each challenge, by stage."""
    by_stage: dict[int, dict[str, list[NamedRow]]] = {}
    for agreement in agreements:
        by_stage.setdefault(agreement.challenge_id, {}).setdefault(agreement.stage, []).append(agreement)
    return {challenge: list(stages.items()) for challenge, stages in by_stage.items()}


@bp.get("/register/<slug>")
@public("Shows what happened to a challenge.", act=N_("View what was funded under a challenge"))
@keepable()
def challenge(slug: str) -> ResponseReturnValue:
    public_challenges = in_a_row(select(Challenge)).where(is_public())
    public_challenge = first_or_404(public_challenges.where(Challenge.slug == slug))
    agreements = db.session.execute(queries.agreements_of([public_challenge.id])).all()
    sums = figures.add_up(db.session.execute(queries.money(challenge_id=public_challenge.id)))
    running = {agreement.position for agreement in agreements if agreement.ended_at is None}
    last = max((agreement.position for agreement in agreements), default=0)
    return render_template(
        "transparency/challenge.html",
        challenge=public_challenge,
        phase=public_challenge.phase(clock.now()),
        path=figures.steps(public_challenge.round.stages),
        current=next((stage.name for stage in public_challenge.round.stages if stage.position in running), None),
        finished=not running and last == public_challenge.round.stages[-1].position,
        stages=[(stage, list(group)) for stage, group in groupby(agreements, key=lambda row: row.stage)],
        sums=sums,
        history=history_of(public_challenge, agreements),
    )
