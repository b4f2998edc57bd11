"""Details of an organisation."""

from collections.abc import Iterator
from typing import TypedDict

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovTextInput
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from civtech.core.facts import Fact
from civtech.organisations.forms.registers import FOR_COMPANIES, register_field
from civtech.organisations.models import IdentifierScheme, Organisation, OrganisationKind
from civtech.organisations.models.bound import details
from civtech.organisations.models.identifiers import LONGEST
from civtech.people.sign_in.fields import fit_for_a_name, one_line
from civtech.web.fields import WordsField, choices
from civtech.web.forms import CreationForm, Form, SeenForm
from civtech.web.translation import Label
from civtech.web.translation import lazy_gettext as _l


def legal_name_field(label: Label, hint: Label) -> StringField:
    """The name in a register."""
    return StringField(
        label,
        description=hint,
        widget=GovTextInput(),
        filters=[one_line],
        validators=[
            DataRequired(_l("Enter the legal name.")),
            Length(max=200, message=_l("The name must be 200 characters or fewer.")),
            fit_for_a_name,
        ],
        render_kw={"params": {"autocomplete": "organization", "spellcheck": False}},
    )


def number_field(label: Label, hint: Label, *, needed: bool = False) -> StringField:
    """A number in a register. Each register defines its own format."""
    missing = DataRequired(_l("Enter the registration number.")) if needed else Optional()
    return StringField(
        label,
        description=hint,
        widget=GovTextInput(),
        filters=[one_line],
        validators=[missing, Length(max=LONGEST, message=_l("The number must be 40 characters or fewer."))],
        render_kw={"params": {"classes": "govuk-input--width-20", "spellcheck": False}},
    )


def another_field() -> BooleanField:
    """Whether an organisation is different from a similarly named one. Only asked if there is one."""
    return BooleanField(_l("This is a different organisation"), widget=GovCheckboxInput())


class Naming(TypedDict):
    """The answers as `Organisation.become_company` takes them."""

    legal_name: str
    trading_name: str | None
    identifier_scheme: IdentifierScheme | None
    identifier_number: str | None


class Details(Naming):
    """The answers as `Organisation.create` and `Organisation.change` take them."""

    about: str


class _Kind(Form):
    kind = RadioField(
        _l("Who will answer challenges?"),
        description=_l(
            "You do not need a company to answer challenges: a person with an idea can. If you are chosen, you need a "
            "company before we can offer you an agreement."
        ),
        widget=GovRadioInput(),
        choices=choices(OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL),
        validators=[InputRequired(_l("Select whether a company or a person will answer challenges."))],
    )


class _Named(Form):
    """Names and number, which are compared with existing organisations."""

    legal_name = legal_name_field(
        _l("Legal name"),
        _l("For a company, enter the name in the register. For a person with an idea, enter your own name."),
    )
    trading_name = StringField(
        _l("Trading name, if it is different"),
        description=_l("The name people know. This is the name we show."),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[
            Optional(),
            Length(max=200, message=_l("The name must be 200 characters or fewer.")),
            fit_for_a_name,
        ],
    )
    identifier_scheme = register_field(
        _l(
            "Only for companies. Select your country and register first. You can leave this, but we need it before we "
            "can offer you an agreement."
        ),
        FOR_COMPANIES,
        none=_l("No number yet"),
    )
    identifier_number = number_field(
        _l("Registration number"),
        _l(
            "Enter it as the register shows it. For example, SC123456 for a company, HRB 12345 in Germany, 1234567 for "
            "a charity in England and Wales, or GB 980 7806 84 for VAT."
        ),
    )
    is_another = another_field()

    @property
    def names(self) -> tuple[str | None, str | None]:
        """The names to compare with other organisations."""
        return self.legal_name.data, self.trading_name.data

    def naming(self) -> Naming:
        """The names and the number."""
        scheme = self.identifier_scheme.data
        return {
            "legal_name": self.legal_name.data,
            "trading_name": self.trading_name.data or None,
            "identifier_scheme": IdentifierScheme(scheme) if scheme else None,
            "identifier_number": self.identifier_number.data or None,
        }


class _About(_Named):
    """The details that can be changed later."""

    about = WordsField(
        _l("What the organisation does"),
        description=_l("Write two or three sentences. They appear on the organisation’s page."),
        most=2000,
        rows=5,
    )

    def kind_now(self) -> OrganisationKind:
        """The kind of organisation the answers describe."""
        raise NotImplementedError

    def details(self) -> Details:
        """The details. A person with an idea has no number in a register."""
        named = self.naming()
        if self.kind_now() is OrganisationKind.INDIVIDUAL:
            named = {**named, "identifier_scheme": None, "identifier_number": None}
        return {**named, "about": self.about.data or ""}


class NewOrganisationForm(_Kind, _About, CreationForm):
    """A company, or a person with an idea."""

    def __init__(self) -> None:
        super().__init__()
        self.about.label.text = _l("What the organisation does, or what your idea is about")

    def kind_now(self) -> OrganisationKind:
        return OrganisationKind.COMPANY if self.kind.data == "company" else OrganisationKind.INDIVIDUAL


class DetailsForm(SeenForm):
    """The current details of an organisation, to change them. If a colleague was faster, the page says what changed."""

    noun: Organisation

    def binds(self) -> Iterator[Fact]:
        return details(self.noun)


class OrganisationForm(DetailsForm, _About):
    """The details of a company or a person with an idea, filled in with the current values."""

    def __init__(self, organisation: Organisation) -> None:
        data = {
            name: getattr(organisation, name) for name in ("legal_name", "trading_name", "identifier_number", "about")
        }
        data["identifier_scheme"] = organisation.identifier_scheme.value if organisation.identifier_scheme else ""
        super().__init__(organisation, data=data)
        if organisation.kind is OrganisationKind.INDIVIDUAL:
            self.about.label.text = _l("What your idea is about")

    def kind_now(self) -> OrganisationKind:
        return self.noun.kind


class CompanyForm(DetailsForm, _Named):
    """The company that a person with an idea has founded."""


class NumberForm(DetailsForm):
    """A number that has no check or fails it, and what programme staff have seen in the register."""

    identifier_scheme = register_field(_l("Select the register in which you looked the number up."), IdentifierScheme)
    identifier_number = number_field(
        _l("Registration number"),
        _l("Enter it as it appears in the register. We save it as you write it, in capital letters."),
        needed=True,
    )
    because = WordsField(
        _l("Why is this number correct?"),
        description=_l("Say what you have seen, and where. Programme staff and auditors can read this later."),
        required=_l("Enter why this number is correct."),
        most=1000,
        rows=4,
    )
