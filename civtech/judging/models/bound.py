"""What acts of judging bind, fact by fact."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.judging.models.assignment import Assignment
from civtech.judging.models.decision import Decision
from civtech.judging.models.panel import Panel

Ending = Callable[[Decision, datetime], Iterable[Fact]]

_endings: list[Ending] = []


def ends_with_the_stage(function: Ending) -> Ending:
    """Register a function `(decision, at)` of a later package: the facts of what releasing the decision also ends."""
    _endings.append(function)
    return function


def endings(decision: Decision, at: datetime) -> list[Fact]:
    """Return what releasing the decision ends in other records: each with its team, sum and date."""
    return [fact for ending in _endings for fact in ending(decision, at)]


def declared(assignment: Assignment) -> Iterator[Fact]:
    """Yield what a declaration of interests is about: the challenge, the proposal and who applied."""
    yield Fact("challenge", Text(N_("Challenge")), assignment.panel.challenge.question)
    yield Fact("proposal", Text(N_("Proposal")), assignment.proposal.reference)
    yield Fact("applicant", Text(N_("Applicant")), assignment.proposal.organisation.name)


def scored(assignment: Assignment) -> Iterator[Fact]:
    """Yield what a scorecard is about: the applicant, the criteria with their weight, and what is saved of it."""
    yield Fact("proposal", Text(N_("Proposal")), assignment.proposal.reference)
    yield Fact("applicant", Text(N_("Applicant")), assignment.proposal.organisation.name)
    saved = {score.criterion_id: score for score in assignment.scores}
    for criterion in assignment.panel.stage.criteria:
        key, about = f"criterion_{criterion.position}", {"criterion": criterion.name}
        words = Text(
            N_("%(description)s Weight %(weight)s%%."),
            {"description": criterion.description, "weight": criterion.weight},
        )
        yield Fact(key, Text(N_("Criterion “%(criterion)s”"), about), words)
        if score := saved.get(criterion.id):
            yield Fact(f"{key}_points", Text(N_("Saved score for “%(criterion)s”"), about), score.points)
            yield Fact(f"{key}_reason", Text(N_("Saved reason for “%(criterion)s”"), about), score.reason)


def assigned(panel: Panel, proposals: int) -> Iterator[Fact]:
    """Yield what assigning everything to everyone binds: the judges, and how many proposals there are."""
    yield Fact("stage", Text(N_("Stage")), panel.stage.name)
    yield Fact("proposals", Text(N_("Proposals")), proposals)
    for seat in panel.seats:
        label = Text(N_("Judge"))
        yield Fact(f"judge_{seat.judge.reference}", label, seat.judge.name)
