"""The list of challenges in every state, for the sponsor and for staff."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from civtech.challenges import policy, queries
from civtech.challenges.models import Challenge, ChallengeState, Question, QuestionState
from civtech.challenges.views.page import bp
from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.web.actor import actor
from civtech.web.gate import can, permit
from civtech.web.pagination import paged
from civtech.web.registries import progress_of


@bp.get("/manage")
@permit(policy.manage, act=N_("View the challenges you work on, whatever their status"))
def manage() -> ResponseReturnValue:
    state = next((each for each in ChallengeState if each.value == request.args.get("state")), None)
    query = queries.in_a_row(queries.managed_by(actor()))
    page = paged(query.where(Challenge.state == state) if state else query, Challenge.id)
    now = clock.now()
    identities = [challenge.id for challenge in page.rows if challenge.ended_because is None]
    waiting = db.session.execute(
        select(Question.challenge_id, func.count())
        .where(Question.challenge_id.in_(identities), Question.state == QuestionState.ASKED)
        .group_by(Question.challenge_id)
    )
    return render_template(
        "challenges/manage.html",
        page=page,
        state=state,
        states=list(ChallengeState),
        at=now,
        progress=progress_of("challenges", [challenge for challenge in page.rows if challenge.is_closed(now)], now),
        waiting={challenge_id: count for challenge_id, count in waiting},  # noqa: C416
        may_draft=can(policy.draft),
    )
