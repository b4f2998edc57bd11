"""Panels with their judges, assignments with their scores, and decisions."""

from collections.abc import Sequence
from typing import Any

from factory import LazyAttribute, SubFactory, Trait

from civtech.judging.models import Assignment, Decision, Panel, Verdict
from civtech.people.models import User
from tests.factories.people import UserFactory
from tests.factories.verbs import Then, VerbFactory


def _seat(panel: Panel, said: Any) -> None:
    for judge in said.judges:
        panel.seat(judge, by=said.by, at=said.at, because="They leave out any team they have a tie to.")


class PanelFactory(VerbFactory):
    """The panel of a stage, with a seat for each of `judges`."""

    class Meta:
        model = Panel
        verb = "convene"

    class Params:
        judges: Sequence[User] = ()

    by = SubFactory(UserFactory, staff=True)
    due_at = None
    seats = Then(_seat)


def marks(assignment: Assignment, points: int | Sequence[int], reason: str) -> dict[Any, tuple[int, str]]:
    """Points for each criterion, or one number for all of them, each with this reason."""
    criteria = assignment.panel.stage.criteria
    given = [points] * len(criteria) if isinstance(points, int) else points
    return {criterion: (mark, reason) for criterion, mark in zip(criteria, given, strict=True)}


def _save(assignment: Assignment, said: Any) -> None:
    given = marks(assignment, said.points, said.reason)
    assignment.save(marks=given, by=assignment.judge, at=said.scored_at)


class AssignmentFactory(VerbFactory):
    """A proposal assigned to a judge of the panel.

    Traits continue it: `clear` declares no conflict, `recused` declares one, `scored` gives `points` for each criterion
    (or one number for all) and `locked` locks the scorecard. The judge does all that at `scored_at`.
    """

    class Meta:
        model = Assignment
        verb = "make"

    class Params:
        scored_at = LazyAttribute(lambda said: said.at)
        points: int | Sequence[int] = 4
        reason = LazyAttribute(lambda said: f"Reason of {said.judge.name}.")
        conflict = "My sister works there."
        recused = Trait(
            recusal=Then(
                lambda made, said: made.declare_conflict(conflict=said.conflict, by=made.judge, at=said.scored_at)
            )
        )
        clear = Trait(declaration=Then(lambda made, said: made.declare_clear(by=made.judge, at=said.scored_at)))
        scored = Trait(clear=True, scoring=Then(_save))
        locked = Trait(scored=True, locking=Then(lambda made, said: made.lock(by=made.judge, at=said.scored_at)))

    by = SubFactory(UserFactory, staff=True)


class DecisionFactory(VerbFactory):
    """A proposed decision: those in `chosen` go through, the others of `proposals` do not; ranked in this order.

    `approved` and `released` continue it.
    """

    class Meta:
        model = Decision
        verb = "propose"

    class Params:
        chosen: Sequence[Any] = ()
        proposals: Sequence[Any] = ()
        feedback = "Well done."
        colleague = SubFactory(UserFactory, staff=True)
        approved = Trait(approval=Then(lambda made, said: made.approve(by=said.colleague, at=said.at)))
        released = Trait(approved=True, outcome=Then(lambda made, said: made.release(by=said.by, at=said.at)))

    by = SubFactory(UserFactory, staff=True)
    reason = "As ranked."
    departure = "Said."
    verdicts = LazyAttribute(
        lambda said: [
            Verdict(one, rank=place, total=9000 - place, goes_on=one in said.chosen, feedback=said.feedback)
            for place, one in enumerate(sorted(said.proposals, key=lambda one: one not in said.chosen), start=1)
        ]
    )
