"""What is said about an organisation."""

from typing import Any

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextInput
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from civtech.accounts.models import CompanySize, IdentifierScheme, Organisation, OrganisationKind
from civtech.accounts.sign_in.fields import fit_for_a_name, one_line
from civtech.core.state import State
from civtech.web.fields import WordsField
from civtech.web.forms import CreationForm, Form

FOR_COMPANIES = (
    IdentifierScheme.COMPANIES_HOUSE,
    IdentifierScheme.SCOTTISH_CHARITY,
    IdentifierScheme.CHARITY_COMMISSION,
)


def choices(*members: State) -> list[SelectChoice]:
    """The members as choices, each with its own word."""
    return [SelectChoice(value=str(member.value), label=_l(member.label.message)) for member in members]


def legal_name_field(label: Any, hint: Any) -> StringField:
    """The name that stands in a register."""
    return StringField(
        label,
        description=hint,
        widget=GovTextInput(),
        filters=[one_line],
        validators=[
            DataRequired(_l("Enter the name.")),
            Length(max=200, message=_l("A name has at most 200 characters.")),
            fit_for_a_name,
        ],
        render_kw={"params": {"autocomplete": "organization", "spellcheck": False}},
    )


class _Kind(Form):
    kind = RadioField(
        _l("Who will answer challenges?"),
        description=_l("You need no company: a person with an idea answers, and can be funded, in their own name."),
        widget=GovRadioInput(),
        choices=choices(OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL),
        validators=[InputRequired(_l("Choose whether a company or a person answers."))],
    )


class _About(Form):
    """The part that can be changed later."""

    legal_name = legal_name_field(
        _l("Legal name"), _l("A company: as it stands in the register. A person with an idea: your own name.")
    )
    trading_name = StringField(
        _l("Trading name, if it is another one"),
        description=_l("The name people know. It is the one we show."),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[Optional(), Length(max=200, message=_l("A name has at most 200 characters.")), fit_for_a_name],
    )
    identifier_scheme = SelectField(
        _l("Register"),
        description=_l("Only for a company. You can leave this until a contract."),
        widget=GovSelect(),
        choices=[SelectChoice(value="", label=_l("No number yet")), *choices(*FOR_COMPANIES)],
        default="",
    )
    identifier_number = StringField(
        _l("Number in that register"),
        description=_l("For Companies House 8 digits, or 2 letters and 6 digits, like SC123456."),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[Optional(), Length(max=40, message=_l("A number has at most 40 characters."))],
        render_kw={"params": {"classes": "govuk-input--width-20", "spellcheck": False}},
    )
    size = RadioField(
        _l("Size of the company"),
        description=_l(
            "Small and medium companies have fewer than 250 people, and a turnover of at most £44 million or a balance "
            "sheet of at most £38 million (Procurement Act 2023, section 123). Count partner and linked companies too."
        ),
        widget=GovRadioInput(),
        choices=choices(*CompanySize),
        validators=[Optional()],
    )
    about = WordsField(
        _l("What it does"),
        description=_l("Two or three sentences. They stand on the company’s page."),
        most=2000,
        rows=5,
    )

    def kind_now(self) -> OrganisationKind:
        """What the answers are about."""
        raise NotImplementedError

    def validate(self, extra_validators: Any = None) -> bool:
        passed: bool = super().validate(extra_validators)
        if self.kind_now() is OrganisationKind.COMPANY and not self.size.data:
            self.size.errors = [_l("Choose the size of the company.")]
            return False
        return passed

    def details(self) -> dict[str, Any]:
        """The answers as `Organisation.create` and `Organisation.change` take them."""
        company = self.kind_now() is OrganisationKind.COMPANY
        scheme = self.identifier_scheme.data if company else ""
        return {
            "legal_name": self.legal_name.data,
            "trading_name": self.trading_name.data or None,
            "identifier_scheme": IdentifierScheme(scheme) if scheme else None,
            "identifier_number": (self.identifier_number.data or None) if company else None,
            "size": CompanySize(self.size.data) if company and self.size.data else None,
            "about": self.about.data or "",
        }


class NewOrganisationForm(_Kind, _About, CreationForm):
    """A company, or a person with an idea."""

    def kind_now(self) -> OrganisationKind:
        return OrganisationKind.COMPANY if self.kind.data == "company" else OrganisationKind.INDIVIDUAL


class OrganisationForm(_About):
    """What is said about a company or a person with an idea, filled with what is known."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        known = {
            name: getattr(organisation, name) for name in ("legal_name", "trading_name", "identifier_number", "about")
        }
        known["identifier_scheme"] = organisation.identifier_scheme.value if organisation.identifier_scheme else ""
        known["size"] = organisation.size.value if organisation.size else None
        super().__init__(data=known)

    def kind_now(self) -> OrganisationKind:
        return self.organisation.kind
