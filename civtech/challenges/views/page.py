"""The challenge's own page, which several views show, and how they find its challenge."""

from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from sqlalchemy.orm import lazyload

from civtech.challenges import policy, queries
from civtech.challenges.advice import advice
from civtech.challenges.models import Challenge, ChallengeState, Question, QuestionState
from civtech.core import clock, workflow
from civtech.core.db import db, first_or_404
from civtech.programmes import policy as programmes
from civtech.programmes.models import RoundState
from civtech.programmes.views.rounds import in_words
from civtech.web.actor import actor
from civtech.web.display import may
from civtech.web.forms import Form
from civtech.web.gate import can

bp = Blueprint("challenges", __name__, url_prefix="/challenges")

EDITABLE = frozenset({ChallengeState.DRAFT, ChallengeState.PROPOSED, ChallengeState.APPROVED})


def find_challenge(slug: str) -> Challenge:
    """The challenge with all that its page shows, if the actor can see it."""
    return first_or_404(queries.to_read(queries.visible_to(actor())).where(Challenge.slug == slug))


def link(endpoint: str, **values: Any) -> str | None:
    """The address of a later package's page, or None if there is no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def questions_of(challenge: Challenge) -> list[Question]:
    """The questions about `challenge` that the actor can see, the latest answer first."""
    found = queries.questions_visible_to(actor()).where(Question.challenge_id == challenge.id)
    order = (Question.answered_at.desc(), Question.asked_at, Question.id)
    return list(db.session.scalars(found.options(lazyload(Question.challenge)).order_by(*order)))


def page_of(challenge: Challenge, form: Form | None = None) -> str:
    """The challenge's page. `form` is the form that was refused, if that is why we show the page."""
    now = clock.now()
    questions = questions_of(challenge)
    own = can(policy.see_questions, challenge)
    sees_round = can(programmes.see_round, challenge.round)
    asks = can(policy.ask, challenge) or not actor().is_authenticated
    return render_template(
        "challenges/show.html",
        challenge=challenge,
        form=form,
        phase=challenge.phase(now),
        description=challenge.summary,
        sections=challenge.sections(inside=own),
        own=own,
        advice=list(advice(challenge.brief)) if own and challenge.state in EDITABLE else [],
        missing=list(challenge.missing()) if challenge.state is ChallengeState.DRAFT else [],
        why_not_publish=workflow.why_not(challenge, "publish", now),
        answered=[question for question in questions if question.state is QuestionState.ANSWERED],
        mine=[q for q in questions if q.state is QuestionState.ASKED and q.asker_id == actor().id],
        waiting=sum(question.state is QuestionState.ASKED for question in questions) if own else 0,
        may_ask=challenge.takes_questions(now) and asks,
        may_revise=may(policy.revise, "revise", challenge),
        may_propose=may(policy.propose, "propose", challenge),
        may_approve=may(policy.approve, "approve", challenge),
        may_send_back=may(policy.send_back, "send_back", challenge),
        may_publish=may(policy.publish, "publish", challenge),
        publishes=can(policy.publish, challenge),
        may_move=may(policy.move, "move", challenge),
        round_closed=challenge.round.state is RoundState.FINISHED and challenge.state in EDITABLE,
        may_cancel=may(policy.cancel, "cancel", challenge),
        promise_url=link("public.rights_promise"),
        how_url=link("public.how_it_works"),
        round_url=url_for("programmes.round", reference=challenge.round.reference) if sees_round else None,
        **in_words(),
    )
