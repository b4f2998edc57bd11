"""Setting up a panel, adding judges, assigning proposals."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from civtech.challenges.consideration import ConsideringForm
from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.judging.models import Panel
from civtech.people.models import User
from civtech.people.sign_in.fields import email_field
from civtech.proposals.models import Proposal
from civtech.web.display import instant
from civtech.web.fields import LocalInstantField
from civtech.web.forms import CreationForm, Form, SeenForm
from civtech.web.translation import lazy_gettext as _l

EVERYONE = "everyone"
DUE_HINT = _l(
    "Judges will see this in their judging queue. Scorecards locked after this time still count, but until "
    "then the judge is shown as late."
)


class DueForm(Form):
    due_at = LocalInstantField(
        _l("When scorecards are due"),
        required=_l("Enter the date and time the scorecards are due."),
        description=DUE_HINT,
    )


class RescheduleForm(SeenForm, DueForm):
    """Another due date for a panel."""

    noun: Panel

    def binds(self) -> list[Fact]:
        return [Fact("due_at", Text(N_("When scorecards are due")), instant(self.noun.due_at))]


class ConveneForm(DueForm, CreationForm):
    """The same form for a panel that is not set up yet."""


class SeatForm(ConsideringForm, CreationForm):
    email = email_field(
        label=_l("Judge’s email address"),
        autocomplete="off",
        hint=_l(
            "The judge needs an account with a confirmed email address. They must never have been in a team "
            "with a proposal for this challenge."
        ),
        missing=_l("Enter the judge’s email address, like name@example.org."),
    )

    def offer(self, datalist: str) -> None:
        """Let the browser suggest the entries of this datalist on the page instead of its own."""
        params = {**self.email.render_kw["params"], "attributes": {"list": datalist}}
        del params["autocomplete"]  # "off" would stop Firefox from suggesting
        self.email.render_kw = {"params": params}


class AssignForm(CreationForm):
    """Assigns some proposals to one judge, or to all of them."""

    judge = SelectField(
        _l("Assign the selected proposals to"), widget=GovSelect(), validators=[InputRequired(_l("Select a judge."))]
    )
    proposal = SelectMultipleField(_l("Proposals"), validators=[InputRequired(_l("Select at least one proposal."))])

    def __init__(self, judges: Sequence[User], proposals: Sequence[Proposal], **options: object) -> None:
        super().__init__(**options)
        self.judge.choices = [
            (EVERYONE, _l("Every judge on the panel")),
            *((judge.reference, judge.name) for judge in judges),
        ]
        self.proposal.choices = [(proposal.reference, proposal.reference) for proposal in proposals]
