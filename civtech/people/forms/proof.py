"""Proving your identity, and naming a passkey."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from civtech.people.sign_in.fields import fit_for_a_name, macro_params, one_line, password_field, without_spaces
from civtech.web.forms import Form
from civtech.web.translation import lazy_gettext as _l

ENTER_A_CODE = _l("Enter the six digits your app shows now, or one of your recovery codes.")
LONGEST_ANSWER = 20_000


def _answer() -> HiddenField:
    return HiddenField(
        validators=[
            InputRequired(_l("We did not receive a passkey. Try again or use another method.")),
            Length(max=LONGEST_ANSWER, message=_l("This passkey was not accepted. Try again.")),
        ]
    )


class CodeForm(Form):
    """A code from the authenticator app, or a recovery code."""

    code = StringField(
        _l("Code from your authenticator app"),
        description=_l(
            "Six digits that change every 30 seconds. You can also use a recovery code. Each code works once."
        ),
        widget=GovTextInput(),
        filters=[without_spaces, lambda value: value.lower() if value else value],
        validators=[InputRequired(ENTER_A_CODE), Length(max=40, message=ENTER_A_CODE)],
        render_kw=macro_params(autocomplete="one-time-code", classes="govuk-input--width-20", spellcheck=False),
    )


class PasswordForm(Form):
    """The password, entered again."""

    password = password_field(_l("Password"), "current-password")


class PasskeyForm(Form):
    """The answer of a passkey."""

    answer = _answer()


class NewPasskeyForm(Form):
    """A new passkey and its name."""

    answer = _answer()
    name = StringField(
        _l("Passkey name"),
        description=_l("Choose a name you will recognise, like “My phone” or “Key on my key ring”."),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[
            DataRequired(_l("Enter a name for the passkey.")),
            Length(max=60, message=_l("The name must be 60 characters or fewer.")),
            fit_for_a_name,
        ],
        render_kw=macro_params(autocomplete="off", spellcheck=False, classes="govuk-input--width-20"),
    )
