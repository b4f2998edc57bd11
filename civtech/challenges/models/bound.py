"""What acts on a challenge bind, fact by fact."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, select

from civtech.challenges.models.brief import PARTS
from civtech.challenges.models.challenge import Challenge
from civtech.challenges.models.question import Question, QuestionState
from civtech.challenges.models.state import ChallengeState
from civtech.core.db import db
from civtech.core.facts import Amount, Fact
from civtech.core.text import N_, Text
from civtech.programmes.models import Round
from civtech.programmes.models.bound import closes_with_it

Ending = Callable[[Challenge], Iterable[Fact]]

_endings: list[Ending] = []


def ends_with_it(function: Ending) -> Ending:
    """Register a function `(challenge)` of a later package: it yields the facts of what a cancellation also ends."""
    _endings.append(function)
    return function


def budget_of(challenge: Challenge) -> Iterator[Fact]:
    """Yield the amount for each funded stage."""
    for stage in challenge.round.funded_stages:
        label = Text(N_("Budget for %(stage)s"), {"stage": stage.name})
        yield Fact(f"budget_{stage.key}", label, Amount(challenge.budget_for(stage), challenge.round.currency))


def put_to_the_public(challenge: Challenge) -> Iterator[Fact]:
    """Yield what sending for approval, approving, sending back and publishing bind: sponsor, round, text and budget."""
    yield Fact("sponsor", Text(N_("Sponsor")), challenge.sponsor.name)
    yield Fact("round", Text(N_("Round")), challenge.round.name)
    if challenge.proposed_at is not None:
        yield Fact("proposed_at", Text(N_("Sent for approval")), challenge.proposed_at)
    for part in PARTS:
        yield Fact(part.key, part.name, getattr(challenge, part.key))
    yield from budget_of(challenge)


def moved(challenge: Challenge) -> Iterator[Fact]:
    """Yield what moving a draft to another round binds: where it is now, and the amounts it may lose."""
    yield Fact("round", Text(N_("Round")), challenge.round.name)
    yield from budget_of(challenge)


def cancelled(challenge: Challenge) -> Iterator[Fact]:
    """Yield what a cancellation ends: the challenge with its status, dates and money, and what hangs on it."""
    yield Fact("sponsor", Text(N_("Sponsor")), challenge.sponsor.name)
    yield Fact("question", Text(N_("Open question")), challenge.question)
    yield Fact("state", Text(N_("Status")), Text(challenge.state.label.message))
    if challenge.closes_at is not None:
        yield Fact("closes_at", Text(N_("Closes")), challenge.closes_at)
    yield Fact("budget", Text(N_("Budget")), Amount(challenge.budget_pence, challenge.round.currency))
    if challenge.published_at is not None:
        waiting = select(func.count(Question.id)).where(
            Question.challenge_id == challenge.id, Question.state == QuestionState.ASKED
        )
        yield Fact("questions", Text(N_("Questions without an answer")), db.session.scalar(waiting) or 0)
    for ending in _endings:
        yield from ending(challenge)


def answered(question: Question) -> Iterator[Fact]:
    """Yield what an answer binds: the words of the question, and until when it is in time."""
    yield Fact("text", Text(N_("Question")), question.text)
    yield Fact("due_at", Text(N_("Questions close")), question.due_at)


@closes_with_it
def challenges_of(finished: Round) -> Iterator[Fact]:
    """Yield how the challenges of a round ended."""
    states = select(Challenge.state, func.count()).where(Challenge.round_id == finished.id).group_by(Challenge.state)
    counts = dict(db.session.execute(states).all())
    yield Fact("ran", Text(N_("Closed challenges")), counts.get(ChallengeState.PUBLISHED, 0))
    yield Fact("cancelled", Text(N_("Cancelled challenges")), counts.get(ChallengeState.CANCELLED, 0))
