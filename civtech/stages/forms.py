"""The forms of funded stages."""

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.core.errors import LostRace
from civtech.core.text import N_
from civtech.stages.models import Milestone, StageAgreement
from civtech.stages.models.deliverable import LONGEST_LINK
from civtech.web.fields import DayField, LineField, MoneyField, WordsField
from civtech.web.forms import CreationForm, Form


class AgreementForm(CreationForm):
    starts_on = DayField(_l("When does the stage begin?"), required=_l("Enter the day it begins."))
    ends_on = DayField(_l("When does it end?"), required=_l("Enter the day it ends."))


class MilestoneForm(CreationForm):
    title = LineField(_l("What is due?"), required=_l("Say what is due."))
    success_criteria = WordsField(
        _l("How will you know that it is done?"),
        description=_l(
            "Write it so that the company and the public body come to the same answer. One criterion a line."
        ),
        required=_l("Say how you will know that it is done."),
        most=4000,
    )
    due_on = DayField(_l("When is it due?"), required=_l("Enter the day it is due."))
    amount = MoneyField(_l("What does it pay, without VAT?"), required=_l("Enter what it pays, without VAT."), least=1)
    vat = RadioField(
        _l("Which rate of VAT does the company charge on it?"),
        description=_l("VAT is worked out and kept apart. A company that is not registered for VAT charges none."),
        widget=GovRadioInput(),
        choices=[
            SelectChoice(value="20", label=_l("20 per cent, the standard rate")),
            SelectChoice(value="5", label=_l("5 per cent, the reduced rate")),
            SelectChoice(value="0", label=_l("0 per cent: not registered, zero-rated or exempt")),
        ],
        validators=[InputRequired(_l("Choose the rate of VAT."))],
    )


class OfferForm(Form):
    """Offers exactly what was on the page: `seen` is the money that was left then, in pence."""

    seen = HiddenField()

    def check(self, agreement: StageAgreement) -> None:
        """Refuse the offer when the money that was shown as left is not there any more."""
        if self.seen.data != f"{agreement.amount_pence}/{agreement.budget_left(locking=True)}":
            raise LostRace(
                N_("The amounts changed after you opened this page, so nothing was offered. Look at them again.")
            )


class DeliveryForm(CreationForm):
    evidence = WordsField(
        _l("How does your work meet the success criteria?"),
        description=_l("Say what you did and what came of it, one criterion after the other."),
        required=_l("Say how your work meets the success criteria."),
        most=10_000,
        rows=12,
    )
    link = LineField(
        _l("Link to the evidence, if there is one"),
        description=_l("For example https://example.org/report. The platform stores it and never opens it."),
        most=LONGEST_LINK,
    )


class AcceptanceForm(Form):
    """Accepts exactly the evidence that was on the page: `seen` is its reference."""

    seen = HiddenField()

    def check(self, milestone: Milestone) -> None:
        """Refuse to accept other evidence than what was shown."""
        if milestone.latest is None or self.seen.data != milestone.latest.reference:
            raise LostRace(N_("Other evidence was handed in after you opened this page. Read it before you accept."))


class ReturnForm(CreationForm):
    reason = WordsField(
        _l("What is missing?"),
        description=_l("The company reads it and delivers again."),
        required=_l("Say what is missing."),
        most=4000,
    )
