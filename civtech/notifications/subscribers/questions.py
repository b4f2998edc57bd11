"""Emails about questions and answers. They never say who asked."""

from collections.abc import Iterator

from civtech.challenges.events import QuestionAnswered, QuestionAsked
from civtech.challenges.models.question import ANSWERERS
from civtech.core.db import db
from civtech.core.text import N_
from civtech.notifications import queries
from civtech.notifications.naming import Facts, line_of, named, typed, until
from civtech.notifications.recipients import members, still_here
from civtech.notifications.telling import tells
from civtech.notifications.unasked import Missing


def answerers(event: QuestionAsked) -> Iterator[int]:
    """The sponsor’s people who answer questions: owners, authors and approvers."""
    return members(event.subject.challenge.sponsor_id, *ANSWERERS)


def everyone_who_waits_for_answers(event: QuestionAnswered) -> Iterator[int]:
    """The person who asked, and everyone who works on a proposal for the challenge. All get the same text."""
    question = event.subject
    waiting = {*still_here(question.asker_id), *db.session.scalars(queries.holders(question.challenge_id))}
    yield from sorted(waiting)


def no_answerer(event: QuestionAsked) -> Missing:
    return Missing.people_of(event.subject.challenge.sponsor, event.subject.reference)


@tells(QuestionAsked, to=answerers, words="question_asked", without=no_answerer)
def asked(event: QuestionAsked) -> Facts:
    question, challenge = event.subject, event.subject.challenge
    page = ("challenges.questions", {"slug": challenge.slug})
    lines = (line_of(challenge), (N_("Question"), question.reference), until(question.due_at))
    return (
        named(challenge.question, question.reference, page, *lines)
        | typed(question.text)
        | {"organisation": challenge.sponsor.name}
    )


@tells(QuestionAnswered, to=everyone_who_waits_for_answers, words=queries.QUESTION_ANSWERED)
def answered(event: QuestionAnswered) -> Facts:
    question, challenge = event.subject, event.subject.challenge
    page = ("challenges.show", {"slug": challenge.slug})
    lines = (line_of(challenge), (N_("Question"), question.reference), (N_("Challenge closes"), challenge.closes_at))
    return (
        named(challenge.question, question.reference, page, *lines)
        | typed(question.answer)
        | {"earlier": typed(question.text)["message"], "sponsor": challenge.sponsor.name}
    )
