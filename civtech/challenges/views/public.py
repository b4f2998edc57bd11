"""The public list and the page of one challenge."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civtech.challenges import queries
from civtech.challenges.listing import ORDER, cursor_of, listed, place_of
from civtech.challenges.models import Challenge, ChallengePhase
from civtech.challenges.views.page import bp, find_challenge, page_of
from civtech.challenges.views.parts import link
from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.programmes.paths import path_of
from civtech.web.gate import public
from civtech.web.kept.declaring import keepable
from civtech.web.limits import LISTS, LOOKING, at_most, network
from civtech.web.pagination import Page, page_after

SIZE = 20


@dataclass(frozen=True)
class Row:
    """One challenge of the list, with its number of answered questions."""

    challenge: Challenge
    phase: ChallengePhase
    answered: int


@bp.get("")
@public("Shows published challenges.", act=N_("View the list of challenges"))
@at_most(LISTS, by=network, methods=LOOKING)
@keepable("phase", "round", "after")
def index() -> ResponseReturnValue:
    now = clock.now()
    phase = next((each for each in ORDER if each.value == request.args.get("phase")), None)
    rounds = db.session.execute(queries.rounds_with_public_challenges()).all()
    wanted = request.args.get("round", "")
    round_reference = wanted if wanted in {each.reference for each in rounds} else ""
    return render_template(
        "challenges/index.html",
        page=_page(phase, round_reference, now),
        phases=ORDER,
        phase=phase,
        rounds=rounds,
        round_reference=round_reference,
        path_of=path_of,
        how_url=link("public.how_it_works"),
    )


def _page(phase: ChallengePhase | None, round_reference: str, now: datetime) -> Page[Row]:
    page = page_after(
        lambda after, number: listed(phase, round_reference, now, after, number),
        place_of,
        lambda row: cursor_of(row.Challenge, now),
        size=SIZE,
    )
    rows = [Row(row.Challenge, row.Challenge.phase(now) or ChallengePhase.CANCELLED, row[1]) for row in page.rows]
    return Page(rows, page.next_url, page.previous_url)


@bp.get("/<slug>")
@public(
    "Shows a published challenge. Before publication, only its sponsor, programme staff and auditors can see it.",
    act=N_("View a challenge"),
)
@keepable()
def show(slug: str) -> ResponseReturnValue:
    return page_of(find_challenge(slug))
