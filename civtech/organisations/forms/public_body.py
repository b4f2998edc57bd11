"""Details of a public body."""

from civtech.organisations.forms.membership import FIRST_OWNER
from civtech.organisations.forms.organisation import Details, DetailsForm, another_field, legal_name_field, number_field
from civtech.organisations.models import IdentifierScheme, Organisation
from civtech.people.sign_in.fields import email_field
from civtech.web.fields import WordsField
from civtech.web.forms import CreationForm, Form
from civtech.web.translation import lazy_gettext as _l


class PublicBodyDetailsForm(Form):
    """Details of a public body."""

    legal_name = legal_name_field(_l("Legal name"), "")
    identifier_number = number_field(
        _l("Public Procurement Organisation Number (PPON), if there is one"), _l("For example, PBLN-4967-WRXM.")
    )
    about = WordsField(
        _l("What the organisation does"),
        description=_l("Write two or three sentences for companies that do not know the public body."),
        most=2000,
        rows=5,
    )
    is_another = another_field()

    @property
    def names(self) -> tuple[str | None, ...]:
        """The names to compare with other organisations."""
        return (self.legal_name.data,)

    def details(self) -> Details:
        """The details. A public body has only its legal name."""
        number = self.identifier_number.data or None
        return {
            "legal_name": self.legal_name.data,
            "trading_name": None,
            "identifier_scheme": IdentifierScheme.PROCUREMENT if number else None,
            "identifier_number": number,
            "about": self.about.data or "",
        }


class ChangedPublicBodyForm(DetailsForm, PublicBodyDetailsForm):
    """The details of a public body, filled in with the current values."""

    def __init__(self, body: Organisation) -> None:
        super().__init__(body, obj=body)


class NewPublicBodyForm(PublicBodyDetailsForm, CreationForm):
    email = email_field(
        label=_l("The first owner’s email address"),
        autocomplete="off",
        hint=FIRST_OWNER,
        missing=_l("Enter the first owner’s email address, like name@example.org."),
    )
