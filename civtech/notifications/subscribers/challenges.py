"""Emails to the sponsor and to staff about challenges, and about answers to askers and teams."""

from collections.abc import Iterator

from civtech.challenges import policy
from civtech.challenges.events import (
    ChallengeApproved,
    ChallengeMoved,
    ChallengeProposed,
    ChallengePublished,
    ChallengeSentBack,
    QuestionAnswered,
    QuestionAsked,
)
from civtech.challenges.models import Challenge, ChallengeState
from civtech.challenges.models.question import ANSWERERS
from civtech.core.db import db
from civtech.core.events import AnyFacts, Event, subscribe
from civtech.notifications import queries
from civtech.notifications.concerned import SPONSOR
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import members, others, who_may
from civtech.people.models import ProgrammeRole


@subscribe(QuestionAnswered)
def tell_the_answer(event: QuestionAnswered) -> None:
    """Email everyone who works on a proposal and the asker, with the same text, so that no one learns who asked."""
    question = event.subject
    challenge = question.challenge
    people = sorted({question.asker_id, *db.session.scalars(queries.holders(challenge.id))})
    facts = {
        "reference": question.reference,
        "question": challenge.question,
        "closes_at": challenge.closes_at,
        "link": ("challenges.show", {"slug": challenge.slug}),
    }
    queue(queries.QUESTION_ANSWERED, people, facts, at=event.at)


@subscribe(QuestionAsked)
def ask_for_an_answer(event: QuestionAsked) -> None:
    """Email the sponsor's people who answer. It names neither the asker nor the question, which is not public yet."""
    question = event.subject
    challenge = question.challenge
    facts = {
        "reference": question.reference,
        "question": challenge.question,
        "organisation": challenge.sponsor.name,
        "until_at": question.due_at,
        "link": ("challenges.questions", {"slug": challenge.slug}),
    }
    queue("question_asked", members(challenge.sponsor_id, *ANSWERERS), facts, at=event.at)


def _about(template: str, people: Iterator[int], event: Event[Challenge, AnyFacts], **facts: object) -> None:
    challenge = event.subject
    about_challenge = {
        "reference": challenge.reference,
        "organisation": challenge.sponsor.name,
        "link": ("challenges.show", {"slug": challenge.slug}),
    }
    queue(template, people, about_challenge | facts, at=event.at)


def _to_the_sponsor(template: str, event: Event[Challenge, AnyFacts], **facts: object) -> None:
    challenge = event.subject
    _about(template, members(challenge.sponsor_id, *SPONSOR), event, **facts)


@subscribe(ChallengeProposed)
def ask_for_approval(event: ChallengeProposed) -> None:
    """Email the sponsor's approvers, but not the person who sent it for approval."""
    challenge = event.subject
    _about("challenge_to_approve", others(members(challenge.sponsor_id, *policy.APPROVERS), event), event)


@subscribe(ChallengeSentBack)
def say_it_was_sent_back(event: ChallengeSentBack) -> None:
    """Email the sponsor's people, but not the sender, and also staff if it was waiting for them to publish it."""
    challenge = event.subject
    facts = {"side": event.facts["side"]}
    _about("challenge_sent_back", others(members(challenge.sponsor_id, *SPONSOR), event), event, **facts)
    if event.facts["was"] == ChallengeState.APPROVED.value:
        staff = others(who_may(policy.publish, challenge, ProgrammeRole.STAFF), event)
        _about("challenge_not_to_publish", staff, event, **facts)


@subscribe(ChallengeMoved)
def say_it_was_moved(event: ChallengeMoved) -> None:
    """Email the sponsor's authors and owners, but not the person who moved it."""
    challenge = event.subject
    people = others(members(challenge.sponsor_id, *policy.AUTHORS), event)
    facts = {
        "side": event.facts["side"],
        "round": challenge.round.name,
        "kept": len(event.facts["kept_pence"]),
        "dropped": len(event.facts["dropped_pence"]),
    }
    _about("challenge_moved", people, event, **facts)


@subscribe(ChallengeApproved)
def say_it_was_approved(event: ChallengeApproved) -> None:
    """Email the sponsor's authors and owners, but not the approver, and the staff who may publish it."""
    challenge = event.subject
    _about("challenge_approved", others(members(challenge.sponsor_id, *policy.AUTHORS), event), event)
    _about("challenge_to_publish", who_may(policy.publish, challenge, ProgrammeRole.STAFF), event)


@subscribe(ChallengePublished)
def say_it_was_published(event: ChallengePublished) -> None:
    """Email the sponsor's people. From here on the question is public."""
    challenge = event.subject
    _to_the_sponsor(
        "challenge_published",
        event,
        question=challenge.question,
        opens_at=challenge.opens_at,
        questions_close_at=challenge.questions_close_at,
        closes_at=challenge.closes_at,
    )
