"""Proving who one is, and naming a passkey."""

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from civtech.people.sign_in.fields import fit_for_a_name, one_line, password_field, said, without_spaces
from civtech.web.forms import Form

ENTER_A_CODE = _l("Enter the six digits that your app shows now, or one of your recovery codes.")
LONGEST_ANSWER = 20_000


def _answer() -> HiddenField:
    return HiddenField(
        validators=[
            InputRequired(_l("No passkey came. Try again, or go on another way.")),
            Length(max=LONGEST_ANSWER, message=_l("This passkey was not accepted. Try again.")),
        ]
    )


class CodeForm(Form):
    """A code of the authenticator app, or a recovery code."""

    code = StringField(
        _l("Code from your authenticator app"),
        description=_l("Six digits that change every 30 seconds. A recovery code counts too. Each works once."),
        widget=GovTextInput(),
        filters=[without_spaces, lambda value: value.lower() if value else value],
        validators=[InputRequired(ENTER_A_CODE), Length(max=40, message=ENTER_A_CODE)],
        render_kw=said(autocomplete="one-time-code", classes="govuk-input--width-20", spellcheck=False),
    )


class PasswordForm(Form):
    """The password again."""

    password = password_field(_l("Password"), "current-password")


class PasskeyForm(Form):
    """What a passkey answered."""

    answer = _answer()


class NewPasskeyForm(Form):
    """A new passkey, and the name to know it by."""

    answer = _answer()
    name = StringField(
        _l("Name of the passkey"),
        description=_l("To know it by, like “My phone” or “Key on my ring”."),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[
            DataRequired(_l("Give the passkey a name.")),
            Length(max=60, message=_l("A name has at most 60 characters.")),
            fit_for_a_name,
        ],
        render_kw=said(autocomplete="off", spellcheck=False, classes="govuk-input--width-20"),
    )
