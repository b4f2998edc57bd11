"""Proposing a decision, and sending one back."""

from collections.abc import Mapping, Sequence
from math import floor
from typing import NamedTuple

from wtforms import BooleanField, Field

from civtech.challenges.consideration import ConsideringForm
from civtech.core import clock
from civtech.core.facts import Fact
from civtech.judging.models import Decision, Panel, Verdict
from civtech.judging.models.bound import endings
from civtech.judging.panel_ranking import Candidate, decided_on, going_on, suggested_feedback
from civtech.judging.ranking import Ranked
from civtech.proposals.models import Proposal
from civtech.web.fields import WordsField
from civtech.web.forms import CreationForm, SeenForm
from civtech.web.translation import gettext
from civtech.web.translation import lazy_gettext as _l


class Line(NamedTuple):
    """One proposal with its place in the ranking and its two fields."""

    entry: Ranked[Candidate]
    goes_on: Field
    feedback: Field


class DecisionForm(ConsideringForm, SeenForm, CreationForm):
    """Which proposals go through, feedback for every team, and the reason, on the ranking that the page showed."""

    reason = WordsField(
        _l("Reason for the decision"),
        description=_l(
            "Explain what the panel found and why these proposals go through. The person who approves the "
            "decision will read this."
        ),
        required=_l("Enter the reason for the decision."),
    )
    departure = WordsField(
        _l("Reason for not following the ranking (if this applies)"),
        description=_l(
            "Enter a reason if you choose a proposal that did not pass. Enter one if you leave out a proposal"
            " that passed while a place is free. Enter one if you leave out a proposal that passed and ranks "
            "level with or above one you choose."
        ),
        rows=4,
    )
    lines: Sequence[Line]

    @classmethod
    def of(cls, panel: Panel, ranked: Sequence[Ranked[Candidate]], *, returned: Decision | None) -> "DecisionForm":
        """The form, filled from the ranking, or with the text of the decision that was sent back."""
        earlier = {outcome.proposal_id: outcome for outcome in returned.outcomes} if returned else {}
        chosen = going_on(ranked, places=panel.places)
        fields: dict[str, Field] = {}
        filled: dict[str, str | bool] = {}
        if returned:
            filled |= {"reason": returned.reason, "departure": returned.departure or ""}
        for entry in ranked:
            goes_on, feedback = _names(entry)
            applicant = entry.candidate.applicant
            before = earlier.get(entry.candidate.id)
            fields[goes_on] = BooleanField(gettext("Goes through"))
            fields[feedback] = WordsField(
                gettext("Feedback for %(applicant)s", applicant=applicant),
                required=gettext("Enter feedback for %(applicant)s.", applicant=applicant),
                most=20_000,
                rows=8,
            )
            filled[goes_on] = before.goes_on if before else entry.candidate.reference in chosen
            filled[feedback] = before.feedback if before else suggested_feedback(panel.stage.criteria, entry)
        form: DecisionForm = type("ProposalsForm", (cls,), fields)(
            panel, lambda: decided_on(panel, ranked), data=filled
        )
        form.lines = [Line(entry, *(form[name] for name in _names(entry))) for entry in ranked]
        return form

    def verdicts(self, proposals: Mapping[int, Proposal]) -> list[Verdict]:
        """What was entered, together with each proposal's place in the ranking."""
        return [
            Verdict(
                proposal=proposals[line.entry.candidate.id],
                rank=line.entry.rank,
                total=floor(line.entry.total * 100),
                goes_on=bool(line.goes_on.data),
                feedback=line.feedback.data or "",
                passes=line.entry.passes,
            )
            for line in self.lines
        ]


def _names(entry: Ranked[Candidate]) -> tuple[str, str]:
    name = entry.candidate.reference.replace("-", "_")
    return f"goes_on_{name}", f"feedback_{name}"


class DecidedForm(SeenForm):
    """Acts on a decision as the page showed it: which teams go through, and what each team will read."""

    noun: Decision

    def binds(self) -> list[Fact]:
        return list(self.noun.binds())


class SettledForm(ConsideringForm, DecidedForm):
    """Approves a decision as the page showed it."""


class OutcomesForm(SettledForm):
    """Releases a decision as the page showed it, with what ends in other records."""

    def binds(self) -> list[Fact]:
        return [*self.noun.binds(), *endings(self.noun, clock.now())]


class ReturnForm(DecidedForm):
    message = WordsField(
        _l("What should change?"),
        description=_l("The person who proposed the decision will read this. The panel will open again."),
        required=_l("Enter what should change."),
        most=2000,
        rows=4,
    )
