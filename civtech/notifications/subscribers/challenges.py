"""Mails to the sponsor, and about answers to everybody who asked or works on a proposal."""

from typing import Any

from civtech.accounts.models import MemberRole
from civtech.challenges.events import ChallengeApproved, ChallengePublished, ChallengeSentBack, QuestionAnswered
from civtech.challenges.models import Challenge, Question
from civtech.core.db import db
from civtech.core.events import Event, subscribe
from civtech.notifications import queries
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import members

SPONSOR = (MemberRole.OWNER, MemberRole.AUTHOR, MemberRole.APPROVER)


@subscribe(QuestionAnswered)
def tell_the_answer(event: Event) -> None:
    """To everybody who works on a proposal, and to the asker, in the same words: nobody learns who asked."""
    question: Question = event.subject
    challenge = question.challenge
    people = sorted({question.asker_id, *db.session.scalars(queries.holders(challenge.id))})
    facts = {
        "reference": question.reference,
        "question": challenge.question,
        "closes_at": challenge.closes_at,
        "link": ("challenges.show", {"slug": challenge.slug}),
    }
    queue("question_answered", people, facts, at=event.at)


def _to_the_sponsor(template: str, event: Event, **facts: Any) -> None:
    challenge: Challenge = event.subject
    known = {
        "reference": challenge.reference,
        "organisation": challenge.sponsor.name,
        "link": ("challenges.show", {"slug": challenge.slug}),
    }
    queue(template, members(challenge.sponsor_id, *SPONSOR), known | facts, at=event.at)


@subscribe(ChallengeSentBack)
def say_it_was_sent_back(event: Event) -> None:
    """To the sponsor's people; the message itself stands on the page."""
    _to_the_sponsor("challenge_sent_back", event)


@subscribe(ChallengeApproved)
def say_it_was_approved(event: Event) -> None:
    """To the sponsor's people."""
    _to_the_sponsor("challenge_approved", event)


@subscribe(ChallengePublished)
def say_it_was_published(event: Event) -> None:
    """To the sponsor's people; from here on the question is public."""
    challenge: Challenge = event.subject
    _to_the_sponsor(
        "challenge_published",
        event,
        question=challenge.question,
        opens_at=challenge.opens_at,
        questions_close_at=challenge.questions_close_at,
        closes_at=challenge.closes_at,
    )
