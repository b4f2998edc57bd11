"""The personal data in challenges and questions."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import case, select, update

from civtech.challenges.models import PARTS, Challenge, ConsideredHint, Question, RightsCheck
from civtech.core.db import Rows
from civtech.core.personal import Column, Engagement, acts, engagement, erased, exported, named, stays, touched
from civtech.core.text import N_
from civtech.people.models import User

DRAFTED = (
    Challenge.drafted_by_id,
    Challenge.revised_by_id,
    Challenge.proposed_by_id,
    Challenge.approved_by_id,
    Challenge.published_by_id,
    Challenge.cancelled_by_id,
)


NAMING: list[tuple[Column, Column]] = [
    (getattr(Challenge, part.key), getattr(Challenge, part.writer)) for part in PARTS if part.writer
]
"""The texts of a challenge that can name a person, each with the column for its writer."""
WRITERS = tuple(writer for _words, writer in NAMING)


@exported(
    "challenges", N_("Challenges you drafted, sent for approval, approved, published or cancelled."), *DRAFTED, *WRITERS
)
def challenges(person: User) -> Rows:
    return (
        select(
            Challenge.reference,
            Challenge.question,
            Challenge.state,
            Challenge.drafted_at,
            Challenge.published_at,
            Challenge.cancelled_at,
            *acts(person, *DRAFTED),
            *(case((writer == person.id, words)).label(words.key) for words, writer in NAMING),
        )
        .where(named(person, *DRAFTED, *WRITERS))
        .order_by(Challenge.id)
    )


@exported(
    "questions",
    N_("Questions you asked or answered. A question that someone else asked appears as published, without their name."),
    Question.asker_id,
    Question.answered_by_id,
)
def questions(person: User) -> Rows:
    return (
        select(
            Question.reference,
            Challenge.reference.label("challenge"),
            Question.text,
            Question.asked_at,
            Question.answer,
            Question.answered_at,
            Question.asker_id.is_not_distinct_from(person.id).label("asked_by"),
            *acts(person, Question.answered_by_id),
        )
        .join(Challenge, Challenge.id == Question.challenge_id)
        .where(named(person, Question.asker_id, Question.answered_by_id))
        .order_by(Question.id)
    )


CHECKED = (
    RightsCheck.recorded_by_id,
    RightsCheck.approved_by_id,
    RightsCheck.refused_by_id,
    RightsCheck.withdrawn_by_id,
)


@exported(
    "rights_checks",
    N_("Checks of the rights in a challenge that you recorded, approved, refused or withdrew."),
    *CHECKED,
)
def rights_checks(person: User) -> Rows:
    return (
        select(
            RightsCheck.reference,
            Challenge.reference.label("challenge"),
            RightsCheck.kind,
            RightsCheck.state,
            case((RightsCheck.recorded_by_id == person.id, RightsCheck.what)).label("what"),
            case((RightsCheck.recorded_by_id == person.id, RightsCheck.to_whom)).label("to_whom"),
            case((RightsCheck.recorded_by_id == person.id, RightsCheck.reason)).label("reason"),
            case((RightsCheck.refused_by_id == person.id, RightsCheck.message)).label("message"),
            RightsCheck.recorded_at,
            RightsCheck.approved_at,
            RightsCheck.refused_at,
            RightsCheck.withdrawn_at,
            *acts(person, *CHECKED),
        )
        .join(Challenge, Challenge.id == RightsCheck.challenge_id)
        .where(named(person, *CHECKED))
        .order_by(RightsCheck.id)
    )


stays(
    *DRAFTED,
    *CHECKED,
    because=N_(
        "The record of a challenge includes who made decisions about it. After erasure, only a reference is left."
    ),
)
stays(
    Question.asker_id,
    Question.answered_by_id,
    because=N_("We publish a question and its answer for everyone. We never show who asked."),
)


@erased("challenges", *WRITERS)
def forget_words_about_people(person: User, _at: datetime) -> int:
    """Erase the texts by this person that can name someone. The rest of the challenge belongs to the public body."""
    return sum(
        touched(update(Challenge).where(writer == person.id).values({words.key: "", writer.key: None}))
        for words, writer in NAMING
    )


@engagement("official")
def decided_about_challenges() -> Iterator[Engagement]:
    for person, at in (
        (Challenge.drafted_by_id, Challenge.drafted_at),
        (Challenge.proposed_by_id, Challenge.proposed_at),
        (Challenge.approved_by_id, Challenge.approved_at),
        (Challenge.published_by_id, Challenge.published_at),
        (Challenge.cancelled_by_id, Challenge.cancelled_at),
        (Question.answered_by_id, Question.answered_at),
        (RightsCheck.recorded_by_id, RightsCheck.recorded_at),
        (RightsCheck.approved_by_id, RightsCheck.approved_at),
        (RightsCheck.refused_by_id, RightsCheck.refused_at),
        (RightsCheck.withdrawn_by_id, RightsCheck.withdrawn_at),
    ):
        yield select(person, at).where(person.is_not(None), at.is_not(None))


@exported(
    "possible_conflicts",
    N_("Possible conflicts of interest of yours that someone decided on, and those that you decided on."),
    ConsideredHint.person_id,
    ConsideredHint.by_id,
)
def possible_conflicts(person: User) -> Rows:
    own = ConsideredHint.person_id == person.id
    return (
        select(
            Challenge.reference.label("challenge"),
            own.label("about_you"),
            ConsideredHint.hint,
            ConsideredHint.reason,
            ConsideredHint.at,
        )
        .join(Challenge, Challenge.id == ConsideredHint.challenge_id)
        .where(named(person, ConsideredHint.person_id, ConsideredHint.by_id))
        .order_by(ConsideredHint.id)
    )


stays(
    ConsideredHint.person_id,
    ConsideredHint.by_id,
    because=N_("The record of a decision includes who judged and who decided (Procurement Act 2023, section 98)."),
)


@engagement("official")
def decided_on_possible_conflicts() -> Iterator[Engagement]:
    yield select(ConsideredHint.by_id, ConsideredHint.at)
