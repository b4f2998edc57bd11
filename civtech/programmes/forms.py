"""Forms for rounds and stages. They check the form of an entry; the models check the rules."""

from collections.abc import Sequence
from typing import TypedDict

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, FormField, RadioField
from wtforms import Form as Rows
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.programmes.models import HIGHEST_POINTS, CriterionFigures, Pathway, Stage, VatBasis
from civtech.web.fields import LineField, MoneyField, RowsField, WholeNumberField, WordsField
from civtech.web.forms import CreationForm, SeenForm
from civtech.web.translation import gettext
from civtech.web.translation import lazy_gettext as _l

MOST_CRITERIA = 10


class StageFigures(TypedDict):
    """The figures as `Stage.change_figures` takes them."""

    teams: int | None
    amount_pence: int | None
    amount_is_ceiling: bool
    vat_basis: VatBasis
    weeks: int | None
    quorum: int
    pass_mark: int


class NewRoundForm(CreationForm):
    name = LineField(
        _l("Name of the round"),
        description=_l("This name is public. For example, “Round 12”."),
        required=_l("Enter a name, such as “Round 12”."),
        most=100,
    )
    pathway = RadioField(
        _l("Pathway"), widget=GovRadioInput(), validators=[InputRequired(_l("Select a pathway for the round."))]
    )

    def __init__(self, pathways: Sequence[Pathway], **options: object) -> None:
        super().__init__(**options)
        self.pathway.choices = [SelectChoice(value=pathway.reference, label=pathway.name) for pathway in pathways]


class CriterionRow(Rows):
    name = LineField(_l("Name"), most=100)
    description = WordsField(_l("Description"), most=400, rows=2)
    weight = WholeNumberField(_l("Weight (per cent)"), least=1, most=100)
    threshold = WholeNumberField(_l("Minimum average points"), least=0, most=HIGHEST_POINTS)

    @property
    def is_blank(self) -> bool:
        """Whether the row is empty. An empty row removes its criterion."""
        return not self.name.data and not self.description.data and self.weight.data is None

    def validate(self, extra_validators: object = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.is_blank:
            return fine
        for field, missing in (
            (self.name, gettext("Enter a name, or clear all the fields to remove this criterion.")),
            (self.description, gettext("Enter a description of the criterion.")),
            (self.weight, gettext("Enter a weight from 1 to 100.")),
        ):
            if not field.data and not field.errors:
                field.errors = [missing]
                fine = False
        return fine


class StageForm(SeenForm):
    """The figures and criteria of a stage. Any change to its round since the page was shown counts as a conflict."""

    teams = WholeNumberField(
        _l("Maximum number of teams"),
        description=_l("Leave this empty for all teams that submit a proposal."),
        least=1,
        most=1000,
    )
    amount = MoneyField(
        _l("Amount for each team"), required=_l("Enter the amount for each team, such as 5,000."), least=1
    )
    amount_is_ceiling = BooleanField(_l("Teams get up to this amount"), widget=GovCheckboxInput())
    vat_basis = RadioField(
        _l("VAT on this amount"),
        widget=GovRadioInput(),
        choices=[
            SelectChoice(value=VatBasis.EXCLUDING.value, label=_l("Excluding VAT")),
            SelectChoice(value=VatBasis.INCLUDING.value, label=_l("Including VAT")),
        ],
        validators=[InputRequired(_l("Select whether the amount excludes or includes VAT."))],
    )
    weeks = WholeNumberField(
        _l("Length in weeks"), description=_l("Leave this empty if the length is not fixed."), least=1, most=520
    )
    quorum = WholeNumberField(
        _l("Judges needed for each proposal"),
        description=_l("No decision can be made until every proposal has this many locked scorecards."),
        required=_l("Enter the number of judges needed for each proposal, such as 2."),
        least=1,
        most=50,
    )
    pass_mark = WholeNumberField(
        _l("Pass mark"),
        description=_l(
            "As a percentage of the highest possible total. A proposal below this does not go through. Enter "
            "0 for no pass mark."
        ),
        required=_l("Enter the pass mark as a percentage, such as 50, or enter 0."),
        least=0,
        most=100,
    )
    criteria = RowsField(FormField(CriterionRow), _l("Criterion"), max_entries=MOST_CRITERIA)

    def __init__(self, stage: Stage, **options: object) -> None:
        self.amounts_in = stage.currency
        super().__init__(
            stage.round,
            data={
                "teams": stage.teams,
                "amount": stage.amount_pence,
                "amount_is_ceiling": stage.amount_is_ceiling,
                "vat_basis": stage.vat_basis.value,
                "weeks": stage.weeks,
                "quorum": stage.quorum,
                "pass_mark": stage.pass_mark,
                "criteria": [
                    {
                        "name": criterion.name,
                        "description": criterion.description,
                        "weight": criterion.weight,
                        "threshold": criterion.threshold,
                    }
                    for criterion in stage.criteria
                ],
            },
            **options,
        )
        if not stage.is_funded:
            del self.amount, self.amount_is_ceiling, self.vat_basis

    def figures(self) -> StageFigures:
        """The figures as typed."""
        funded = self.amount is not None
        return {
            "teams": self.teams.data,
            "amount_pence": self.amount.data if funded else None,
            "amount_is_ceiling": self.amount_is_ceiling.data if funded else False,
            "vat_basis": VatBasis(self.vat_basis.data) if funded else VatBasis.EXCLUDING,
            "weeks": self.weeks.data,
            "quorum": self.quorum.data or 0,
            "pass_mark": self.pass_mark.data or 0,
        }

    def wanted(self) -> list[CriterionFigures]:
        """The criteria from the rows that are not empty, in order."""
        return [
            CriterionFigures(
                name=row.form.name.data,
                description=row.form.description.data,
                weight=row.form.weight.data,
                threshold=row.form.threshold.data or 0,
            )
            for row in self.criteria
            if not row.form.is_blank
        ]

    def one_more(self) -> None:
        """Add an empty row if there is room for one."""
        if len(self.criteria) < MOST_CRITERIA:
            self.criteria.append_entry()
