"""Who acts for an organisation, and under which name."""

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.validators import InputRequired

from civtech.accounts.forms.organisation import choices
from civtech.accounts.models import COMPANY_ROLES, PUBLIC_BODY_ROLES
from civtech.accounts.sign_in.fields import email_field, person_name
from civtech.web.forms import CreationForm, Form

EXISTING = _l("This person needs an account first. Ask them to create one, then add them here.")


class _PersonForm(CreationForm):
    email = email_field(
        label=_l("E-mail address of the person"),
        autocomplete="off",
        hint=EXISTING,
        missing=_l("Enter the e-mail address of the person, like name@example.org."),
    )


class CompanyMembershipForm(_PersonForm):
    role = RadioField(
        _l("Role"),
        widget=GovRadioInput(),
        choices=choices(*COMPANY_ROLES),
        validators=[InputRequired(_l("Choose a role."))],
    )


class MembershipForm(_PersonForm):
    role = RadioField(
        _l("Role"),
        description=_l("One person may hold several roles, but nobody approves what they wrote themselves."),
        widget=GovRadioInput(),
        choices=choices(*PUBLIC_BODY_ROLES),
        validators=[InputRequired(_l("Choose a role."))],
    )


class NameForm(Form):
    name = person_name()
