"""Forms for funded stages."""

from collections.abc import Iterable, Sequence
from datetime import date

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from civtech.core import clock
from civtech.core.facts import Fact
from civtech.core.text import Text
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.stages.models import Milestone, StageAgreement
from civtech.stages.models.bound import due, evidence_of, facts_of, offered, returned, returns_to_the_budget
from civtech.stages.models.choice import chosen_at
from civtech.stages.models.dates import odd_dates, odd_due
from civtech.stages.models.deliverable import LONGEST_LINK
from civtech.stages.models.plan import Plan
from civtech.web.display import zone
from civtech.web.fields import DayField, LineField, MoneyField, WordsField
from civtech.web.forms import AskingForm, CreationForm, SeenForm
from civtech.web.translation import gettext
from civtech.web.translation import lazy_gettext as _l


def _today() -> date:
    return clock.now().astimezone(zone()).date()


class _Dates(AskingForm):
    starts_on = DayField(_l("When does the stage start?"), required=_l("Enter the date the stage starts."))
    ends_on = DayField(_l("When does the stage end?"), required=_l("Enter the date the stage ends."))

    proposal: Proposal
    stage: Stage
    milestones: Sequence[Milestone] = ()

    def validate_ends_on(self, field: DayField) -> None:
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("The end date must be the same as or after the start date."))

    def doubts(self) -> Iterable[Text]:
        chosen = chosen_at(self.proposal, self.stage)
        return odd_dates(
            self.starts_on.data,
            self.ends_on.data,
            stage=self.stage,
            chosen_on=chosen.astimezone(zone()).date() if chosen else None,
            today=_today(),
            milestones=self.milestones,
        )


class AgreementForm(_Dates, CreationForm):
    """The dates of a new agreement."""

    def __init__(self, proposal: Proposal, stage: Stage) -> None:
        self.proposal, self.stage = proposal, stage
        super().__init__()


class DatesForm(_Dates, SeenForm):
    """New dates for a draft."""

    def __init__(self, agreement: StageAgreement) -> None:
        self.proposal, self.stage, self.milestones = agreement.proposal, agreement.stage, agreement.milestones
        super().__init__(agreement, data={"starts_on": agreement.starts_on, "ends_on": agreement.ends_on})


class DraftForm(SeenForm):
    """Acts on a draft agreement as the page showed it."""

    noun: StageAgreement

    def binds(self) -> list[Fact]:
        return list(facts_of(self.noun))


class _Milestone(AskingForm):
    agreement: StageAgreement

    @property
    def amounts_in(self) -> str:
        """The currency of the agreement."""
        return self.agreement.currency

    def doubts(self) -> Iterable[Text]:
        agreement = self.agreement
        return odd_due(self.due_on.data, starts_on=agreement.starts_on, ends_on=agreement.ends_on, today=_today())

    title = LineField(_l("What will the team deliver?"), required=_l("Enter what the team will deliver."))
    success_criteria = WordsField(
        _l("What are the success criteria?"),
        description=_l(
            "Write them so that the company and the public body would reach the same answer. Put each "
            "criterion on a new line."
        ),
        required=_l("Enter the success criteria."),
        most=4000,
    )
    due_on = DayField(_l("When is the milestone due?"), required=_l("Enter the date the milestone is due."))
    amount = MoneyField(
        _l("How much does the milestone pay, excluding VAT?"),
        required=_l("Enter how much the milestone pays, excluding VAT."),
        least=1,
    )
    vat = RadioField(
        _l("What rate of VAT does the company charge on the milestone?"),
        description=_l(
            "We work out VAT and show it separately. A company that is not registered for VAT charges none."
        ),
        widget=GovRadioInput(),
        choices=[
            SelectChoice(value="20", label=_l("20 per cent, the standard rate")),
            SelectChoice(value="5", label=_l("5 per cent, the reduced rate")),
            SelectChoice(value="0", label=_l("0 per cent: not registered, zero-rated or exempt")),
        ],
        validators=[InputRequired(_l("Select the rate of VAT."))],
    )

    def plan(self) -> Plan:
        """Return what was typed, in the form the agreement expects."""
        return Plan(
            title=self.title.data,
            success_criteria=self.success_criteria.data,
            due_on=self.due_on.data,
            amount_pence=self.amount.data or 0,
            vat_per_cent=int(self.vat.data),
        )


class MilestoneForm(_Milestone, CreationForm):
    """A new milestone."""

    def __init__(self, agreement: StageAgreement) -> None:
        self.agreement = agreement
        super().__init__()


class PlannedForm(_Milestone, SeenForm):
    """Changes to a planned milestone."""

    def __init__(self, milestone: Milestone, **options: object) -> None:
        self.agreement = milestone.agreement
        stands = {
            "title": milestone.title,
            "success_criteria": milestone.success_criteria,
            "due_on": milestone.due_on,
            "amount": milestone.amount_pence,
            "vat": str(milestone.vat_per_cent),
        }
        super().__init__(milestone, data=stands, **options)


class OfferForm(SeenForm):
    """Offers exactly what the page showed: amount, dates, milestones, and what the challenge had left."""

    noun: StageAgreement

    vat_number = LineField(
        _l("VAT number of the company"),
        description=_l("The agreement includes VAT. For example, GB 980 7806 84."),
        most=40,
    )
    vat_reason = WordsField(
        _l("If it has no VAT number, why does it charge VAT?"),
        description=_l("For example, it has applied for a number. Programme staff and auditors can read this later."),
        most=1000,
        rows=3,
    )

    def __init__(self, agreement: StageAgreement) -> None:
        super().__init__(agreement, data={"vat_number": agreement.known_vat_number, "vat_reason": agreement.vat_reason})
        if not agreement.vat_pence:
            del self.vat_number, self.vat_reason

    def payee(self) -> dict[str, str | None]:
        """What was entered about VAT, as the offer takes it. Nothing if the agreement includes none."""
        if "vat_number" not in self:
            return {}
        return {"vat_number": self.vat_number.data, "vat_reason": self.vat_reason.data}

    def binds(self) -> list[Fact]:
        return offered(self.noun, left=self.noun.budget_left(locking=self.is_submitted()))


class DropForm(SeenForm):
    """Removes a milestone from a draft as the page showed it."""

    noun: Milestone

    def binds(self) -> Iterable[Fact]:
        return due(self.noun)


class DeliveryForm(SeenForm, CreationForm):
    """Sends evidence for the milestone that the page showed."""

    noun: Milestone

    evidence = WordsField(
        _l("How does your work meet the success criteria?"),
        description=_l("For each criterion, say what you did and what the result was."),
        required=_l("Enter how your work meets the success criteria."),
        most=10_000,
        rows=12,
    )
    link = LineField(
        _l("Link to the evidence (optional)"),
        description=_l("For example, https://example.org/report. The service saves the link but never opens it."),
        most=LONGEST_LINK,
    )

    def binds(self) -> Iterable[Fact]:
        return returned(self.noun)


class EvidenceForm(SeenForm):
    """Decides on the evidence the page showed, not on anything sent since."""

    noun: Milestone

    def binds(self) -> list[Fact]:
        return list(evidence_of(self.noun))


class ReturnForm(EvidenceForm, CreationForm):
    """Returns the evidence, which can also end the milestone."""

    reason = WordsField(
        _l("What is missing?"),
        description=_l("The company will see this and can send evidence again."),
        required=_l("Enter what is missing."),
        most=4000,
    )

    def binds(self) -> list[Fact]:
        return [*evidence_of(self.noun), *returns_to_the_budget(self.noun, clock.now())]
