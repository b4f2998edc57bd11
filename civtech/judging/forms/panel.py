"""Convening a panel, seating judges, assigning proposals."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from civtech.people.models import User
from civtech.people.sign_in.fields import email_field
from civtech.proposals.models import Proposal
from civtech.web.fields import LocalInstantField
from civtech.web.forms import CreationForm, Form

EVERYBODY = "everybody"
DUE_HINT = _l("Judges see it in their queue. A scorecard that comes later still counts, and is shown as late.")


class DueForm(Form):
    due_at = LocalInstantField(
        _l("Scorecards are due"), required=_l("Enter when the scorecards are due."), description=DUE_HINT
    )


class ConveneForm(DueForm, CreationForm):
    """The same, for a panel that is not there yet."""


class SeatForm(CreationForm):
    email = email_field(
        label=_l("E-mail address of the judge"),
        autocomplete="off",
        hint=_l("They need an account with a confirmed address. No one who is, or was, in a team here can judge."),
        missing=_l("Enter the e-mail address of the judge, like name@example.org."),
    )

    def offer(self, datalist: str) -> None:
        """Let the browser suggest what stands in this datalist of the page, instead of its own."""
        params = {**self.email.render_kw["params"], "attributes": {"list": datalist}}
        del params["autocomplete"]  # "off" would keep Firefox from suggesting
        self.email.render_kw = {"params": params}


class AssignForm(CreationForm):
    """Some proposals to one judge, or to all of them."""

    judge = SelectField(
        _l("Give the ticked proposals to"), widget=GovSelect(), validators=[InputRequired(_l("Choose a judge."))]
    )
    proposal = SelectMultipleField(_l("Proposals"), validators=[InputRequired(_l("Tick at least one proposal."))])

    def __init__(self, judges: Sequence[User], proposals: Sequence[Proposal], **options: Any) -> None:
        super().__init__(**options)
        self.judge.choices = [
            (EVERYBODY, _l("Every judge on the panel")),
            *((judge.reference, judge.name) for judge in judges),
        ]
        self.proposal.choices = [(proposal.reference, proposal.reference) for proposal in proposals]
