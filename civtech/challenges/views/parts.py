"""The parts of a challenge's page. Each asks for what it shows, and has its own template."""

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from markupsafe import Markup

from civtech.challenges import policy, queries
from civtech.challenges.advice import advice, rights_advice
from civtech.challenges.forms import TextForm
from civtech.challenges.models import Challenge, ChallengePhase, ChallengeState, Question, QuestionState
from civtech.challenges.models.rights_check import IN_REVIEW
from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.programmes import policy as programmes
from civtech.programmes.models import RoundState
from civtech.programmes.views.rounds import in_words
from civtech.web.actor import actor
from civtech.web.display import may
from civtech.web.gate import can

VERBS = ("revise", "move", "propose", "approve", "send_back", "publish")
EDITABLE = frozenset({ChallengeState.DRAFT, ChallengeState.PROPOSED, ChallengeState.APPROVED})


@dataclass(frozen=True)
class Parts:
    """What the page is made of, from top to bottom; an empty part is not shown."""

    next_step: Markup
    text: Markup
    how_to_answer: Markup
    questions: Markup
    other_acts: Markup
    facts: Markup


def parts_of(challenge: Challenge, phase: ChallengePhase | None, *, own: bool) -> Parts:
    """The parts for who is asking; `own` says that they work on the challenge."""
    questions = questions_of(challenge)
    return Parts(
        next_step=_next_step(challenge, questions) if own else Markup(""),
        text=_part("brief", challenge, sections=challenge.sections(inside=own), **in_words()),
        how_to_answer=_part("how_to_answer", challenge, phase=phase, how_url=link("public.how_it_works")),
        questions=_questions(challenge, phase, questions) if phase else Markup(""),
        other_acts=_part(
            "other_acts",
            challenge,
            may_check_rights=challenge.state in IN_REVIEW and can(policy.check_rights, challenge),
            may_move=may(policy.move, "move", challenge),
            may_cancel=may(policy.cancel, "cancel", challenge),
        ),
        facts=_part("facts", challenge, phase=phase, own=own),
    )


def questions_of(challenge: Challenge) -> list[Question]:
    """The questions about `challenge` that the actor may see, the latest answer first."""
    return list(db.session.scalars(queries.questions_of(actor(), challenge)))


def link(endpoint: str) -> str | None:
    """The address of a later package's page; None while there is no such page."""
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def _part(name: str, challenge: Challenge, **shown: object) -> Markup:
    return Markup(render_template(f"challenges/_{name}.html", challenge=challenge, **shown))  # noqa: S704


def _next_step(challenge: Challenge, questions: list[Question]) -> Markup:
    sees_round = can(programmes.see_round, challenge.round)
    return _part(
        "next_step",
        challenge,
        seen=TextForm(challenge, formdata=None).seen.data,
        advice=list(advice(challenge.brief)) if challenge.state in EDITABLE else [],
        phrases=list(rights_advice(challenge.brief)) if challenge.state in EDITABLE else [],
        in_review=challenge.state in EDITABLE,
        missing=list(challenge.missing()) if challenge.state is ChallengeState.DRAFT else [],
        why_not_publish=workflow.why_not(challenge, "publish", clock.now()),
        waiting=sum(question.state is QuestionState.ASKED for question in questions),
        round_closed=challenge.round.state is RoundState.FINISHED and challenge.state in EDITABLE,
        round_url=url_for("programmes.round", reference=challenge.round.reference) if sees_round else None,
        publishes=can(policy.publish, challenge),
        **{f"may_{verb}": may(getattr(policy, verb), verb, challenge) for verb in VERBS},
    )


def _questions(challenge: Challenge, phase: ChallengePhase, questions: list[Question]) -> Markup:
    asks = can(policy.ask, challenge) or not actor().is_authenticated
    return _part(
        "questions",
        challenge,
        phase=phase,
        answered=[question for question in questions if question.state is QuestionState.ANSWERED],
        own_questions=[
            question
            for question in questions
            if question.state is QuestionState.ASKED and question.asker_id == actor().id
        ],
        may_ask=challenge.takes_questions(clock.now()) and asks,
    )
