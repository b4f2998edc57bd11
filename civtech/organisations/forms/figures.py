"""A company's people and money, from which its size is worked out."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import RadioField
from wtforms.validators import InputRequired

from civtech.core.money import pence
from civtech.organisations.models import CompanyFigures, Currency, Figures
from civtech.organisations.models.figures import FIRST_YEAR, LARGEST_AMOUNT, MOST_PEOPLE
from civtech.web.fields import MoneyField, WholeNumberField, choices
from civtech.web.fields.amounts import AMOUNT
from civtech.web.forms import Form
from civtech.web.translation import Label, gettext
from civtech.web.translation import lazy_gettext as _l


class AmountField(MoneyField):
    """An amount in the currency selected in another field."""

    def __init__(self, label: Label, *, required: Label, **options: object) -> None:
        params = {"classes": "govuk-input--width-10", "inputmode": "decimal", "spellcheck": False}
        super().__init__(
            label,
            required=required,
            least=0,
            most=LARGEST_AMOUNT,
            widget=GovTextInput(),
            render_kw={"params": params},
            **options,
        )

    def read(self, typed: str) -> int:
        plain = typed.removeprefix("£").removeprefix("€")
        if len(plain) > 30 or not AMOUNT.fullmatch(plain):
            raise ValueError(gettext("Enter an amount of 0 or more, like 250,000 or 250,000.50."))
        if (value := pence(plain.replace(",", ""))) > LARGEST_AMOUNT:
            raise ValueError(gettext("Enter an amount of 10,000,000,000,000 or less."))
        return value


class FiguresForm(Form):
    """A company's figures for one year."""

    year = WholeNumberField(
        _l("Year of the figures"),
        description=_l(
            "The year in which your last accounts end. If the company is new, enter this year and use your "
            "best estimates."
        ),
        required=_l("Enter the year, like 2026."),
        least=FIRST_YEAR,
        most=9999,
    )
    headcount = WholeNumberField(
        _l("Number of people who work there"),
        description=_l("The average for the year. Count someone who works half-time as half, then round up the total."),
        required=_l("Enter the number of people who work there, or 0 if no one is employed yet."),
        most=MOST_PEOPLE,
        render_kw={"params": {"classes": "govuk-input--width-5", "inputmode": "numeric", "spellcheck": False}},
    )
    currency = RadioField(
        _l("Currency of the accounts"),
        widget=GovRadioInput(),
        choices=choices(*Currency),
        validators=[InputRequired(_l("Select the currency of the accounts."))],
    )
    turnover = AmountField(
        _l("Turnover for the year"),
        description=_l("What the company sold, excluding VAT. Enter 0 if it does not sell anything yet."),
        required=_l("Enter the turnover, or 0 if there is none yet."),
    )
    balance_sheet = AmountField(
        _l("Balance sheet total"),
        description=_l("Everything the company owned at the end of the year, before you take off debts."),
        required=_l("Enter the balance sheet total, or 0 if there is none yet."),
    )

    def __init__(self, latest: CompanyFigures | None) -> None:
        super().__init__(
            data={"currency": Currency.POUND.value}
            if latest is None
            else {
                "year": latest.year,
                "headcount": latest.headcount,
                "currency": latest.currency.value,
                "turnover": latest.turnover,
                "balance_sheet": latest.balance_sheet,
            }
        )

    def answers(self) -> tuple[int, Figures]:
        """The year and its figures, as `CompanyFigures.state` takes them."""
        year, headcount, turnover, balance_sheet = (
            int(field.data or 0) for field in (self.year, self.headcount, self.turnover, self.balance_sheet)
        )
        return year, Figures(headcount, turnover, balance_sheet, Currency(self.currency.data))
