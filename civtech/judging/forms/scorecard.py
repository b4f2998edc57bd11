"""The declaration and the scorecard."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wtforms import Field, RadioField
from wtforms.validators import ValidationError

from civtech.core.errors import LostRace
from civtech.core.facts import Fact
from civtech.core.text import N_
from civtech.judging.models import Assignment
from civtech.judging.models.bound import declared, scored
from civtech.programmes.models import Criterion
from civtech.programmes.scale import SCALE
from civtech.web.fields import WordsField
from civtech.web.forms import SeenForm
from civtech.web.translation import gettext
from civtech.web.translation import lazy_gettext as _l

CLEAR, CONFLICT = "clear", "conflict"
SAVED_ELSEWHERE = N_(
    "You saved this scorecard in another window. What you entered in this window is below. Save to replace "
    "the other version."
)
POINTS = tuple(str(mark.points) for mark in SCALE)


class DeclarationForm(SeenForm):
    """Either no conflict of interest with this applicant, or a sentence that describes one."""

    noun: Assignment

    interest = RadioField(_l("Do you have a conflict of interest?"), choices=[CLEAR, CONFLICT], validate_choice=False)
    sentence = WordsField(_l("Describe any conflict of interest"), most=1000, rows=3)

    def binds(self) -> Iterator[Fact]:
        return declared(self.noun)

    def validate_interest(self, field: Field) -> None:
        if field.data not in {CLEAR, CONFLICT}:
            raise ValidationError(gettext("Select whether you have a conflict of interest."))

    def validate(self, extra_validators: object = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.interest.data == CONFLICT and not self.sentence.data:
            self.sentence.errors = [
                *self.sentence.errors,
                gettext("Describe the conflict of interest in one sentence."),
            ]
            return False
        return valid


class Line(NamedTuple):
    """One criterion with its two fields."""

    criterion: Criterion
    points: Field
    reason: Field


class ScorecardForm(SeenForm):
    """A score and a reason for each criterion. To `lock` it, every criterion needs both."""

    noun: Assignment
    lines: Sequence[Line]
    lock: bool

    def binds(self) -> Iterator[Fact]:
        return scored(self.noun)

    def lost(self) -> LostRace:
        return LostRace(SAVED_ELSEWHERE)

    @classmethod
    def of(cls, assignment: Assignment, *, lock: bool = False, **options: object) -> "ScorecardForm":
        """The form for the criteria of this assignment, filled with what was saved."""
        criteria = assignment.panel.stage.criteria
        scores = {score.criterion_id: score for score in assignment.scores}
        fields: dict[str, Field] = {}
        saved: dict[str, str | None] = {}
        for criterion in criteria:
            points, reason = _names(criterion)
            fields[points] = RadioField(criterion.name, choices=POINTS, validate_choice=False)
            fields[reason] = WordsField(
                gettext("Reason for your score for “%(criterion)s”", criterion=criterion.name),
                description=gettext("The team may read this as feedback, without your name."),
                most=4000,
                rows=5,
            )
            if score := scores.get(criterion.id):
                saved[points] = None if score.points is None else str(score.points)
                saved[reason] = score.reason
        form: ScorecardForm = type("CriteriaForm", (cls,), fields)(assignment, data=saved, **options)
        form.lock = lock
        form.lines = [Line(criterion, *(form[name] for name in _names(criterion))) for criterion in criteria]
        return form

    def validate(self, extra_validators: object = None) -> bool:
        valid = bool(super().validate(extra_validators))
        for line in self.lines:
            if line.points.data and line.points.data not in POINTS:
                line.points.errors = [gettext("Select a score from 0 to 5.")]
                valid = False
        return valid and (not self.lock or self._is_complete())

    def _is_complete(self) -> bool:
        """Whether every criterion has a score and a reason. Adds an error to each field that is missing one."""
        for line in self.lines:
            if not line.points.data:
                line.points.errors = [gettext("Select a score for “%(criterion)s”.", criterion=line.criterion.name)]
            if not line.reason.data:
                line.reason.errors = [
                    gettext("Enter a reason for your score for “%(criterion)s”.", criterion=line.criterion.name)
                ]
        return not self.errors

    def marks(self) -> dict[Criterion, tuple[int | None, str]]:
        """What was entered, by criterion."""
        return {
            line.criterion: (int(line.points.data) if line.points.data else None, line.reason.data or "")
            for line in self.lines
        }


def _names(criterion: Criterion) -> tuple[str, str]:
    return f"points_{criterion.position}", f"reason_{criterion.position}"
