"""Inviting and admitting people to an organisation, and selecting which one you act for now."""

from collections.abc import Iterator, Sequence

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.core.facts import Fact
from civtech.organisations.models import Invitation, JoinRequest, Organisation
from civtech.organisations.models.bound import asked_to_join, confirmed
from civtech.people.sign_in.fields import email_field
from civtech.web.fields import WordsField, choices
from civtech.web.forms import CreationForm, Form, SeenForm
from civtech.web.translation import lazy_gettext as _l

FIRST_OWNER = _l(
    "We’ll email an invitation to this address. The person cannot act for the public body until they accept it."
)

ALL = "all"


class InvitationForm(CreationForm):
    """An invitation to an organisation: the person and their role."""

    email = email_field(
        label=_l("The person’s email address"),
        autocomplete="off",
        hint=_l("Use their work address, if they have one. They do not need an account yet."),
        missing=_l("Enter the person’s email address, like name@example.org."),
    )
    role = RadioField(
        _l("Role"),
        description=_l("A person can have several roles, but no one can approve what they wrote themselves."),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Select a role."))],
    )

    def __init__(self, organisation: Organisation, **options: object) -> None:
        super().__init__(**options)
        self.role.choices = choices(*organisation.roles)


class ConfirmationForm(SeenForm):
    """Agree to an invitation that programme staff sent. Staff who are not owners must give a reason."""

    noun: Invitation

    because = WordsField(
        _l("Why are you confirming it instead of an owner?"),
        description=_l("For example, the only owner is away for months. We’ll email your reason to the owners."),
        required=_l("Enter why you are confirming it instead of an owner."),
        most=1000,
        rows=3,
    )

    def __init__(self, invitation: Invitation, *, owns: bool) -> None:
        super().__init__(invitation)
        if owns:
            del self.because

    def binds(self) -> Iterator[Fact]:
        return confirmed(self.noun)


class AdmissionForm(SeenForm):
    """The role for a person whose request to join is accepted."""

    role = RadioField(
        _l("Role"),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Select a role, or decline the request below."))],
    )

    noun: JoinRequest

    def __init__(self, request: JoinRequest, **options: object) -> None:
        super().__init__(request, **options)
        self.role.choices = choices(*request.organisation.roles)

    def binds(self) -> Iterator[Fact]:
        return asked_to_join(self.noun)


class ActingForm(Form):
    """Which of their organisations a person acts for now."""

    organisation = RadioField(
        _l("Act for"), widget=GovRadioInput(), validators=[InputRequired(_l("Select who you want to act for now."))]
    )

    def __init__(self, organisations: Sequence[Organisation], now: Organisation | None) -> None:
        super().__init__(data={"organisation": now.reference if now else ALL})
        offered = [SelectChoice(value=each.reference, label=each.name) for each in organisations]
        self.organisation.choices = [SelectChoice(value=ALL, label=_l("All your organisations")), *offered]
