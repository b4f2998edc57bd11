"""Who is to act for an organisation, and under which name."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.organisations.models import Invitation, Organisation
from civtech.people.sign_in.fields import email_field
from civtech.web.fields import WordsField, choices
from civtech.web.forms import CreationForm, Form, SeenForm

FIRST_OWNER = _l("An invitation goes to this address. Nobody acts for anybody before they accepted.")

ALL = "all"


class InvitationForm(CreationForm):
    """Whom to invite into an organisation, and what for."""

    email = email_field(
        label=_l("E-mail address of the person"),
        autocomplete="off",
        hint=_l("Their address at work, if they have one. They need no account yet."),
        missing=_l("Enter the e-mail address of the person, like name@example.org."),
    )
    role = RadioField(
        _l("Role"),
        description=_l("One person may hold several roles, but nobody approves what they wrote themselves."),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Choose a role."))],
    )

    def __init__(self, organisation: Organisation) -> None:
        super().__init__()
        self.role.choices = choices(*organisation.roles)


class ConfirmationForm(SeenForm):
    """Agree to an invitation that programme staff sent. Staff who are not owners say why they do it instead."""

    because = WordsField(
        _l("Why you confirm it instead of an owner"),
        description=_l("For example, the only owner is away for months. We email this to the owners."),
        required=_l("Enter why you confirm it instead of an owner."),
        most=1000,
        rows=3,
    )

    def __init__(self, invitation: Invitation, *, owns: bool) -> None:
        super().__init__(invitation)
        if owns:
            del self.because


class AdmissionForm(Form):
    """As what somebody who asked is let in."""

    role = RadioField(
        _l("Role"), widget=GovRadioInput(), validators=[InputRequired(_l("Choose a role, or decline below."))]
    )

    def __init__(self, organisation: Organisation) -> None:
        super().__init__()
        self.role.choices = choices(*organisation.roles)


class ActingForm(Form):
    """For which of their organisations somebody acts now."""

    organisation = RadioField(
        _l("Act for"), widget=GovRadioInput(), validators=[InputRequired(_l("Choose for whom you act now."))]
    )

    def __init__(self, organisations: Sequence[Organisation], now: Organisation | None) -> None:
        super().__init__(data={"organisation": now.reference if now else ALL})
        offered = [SelectChoice(value=each.reference, label=each.name) for each in organisations]
        self.organisation.choices = [SelectChoice(value=ALL, label=_l("All of them")), *offered]
