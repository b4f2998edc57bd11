"""Flask-Security's forms with our fields."""

from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryForm,
    RegisterFormV2,
    ResetPasswordForm,
    SendConfirmationForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.forms import EmailValidation, unique_user_email, valid_user_email
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from civtech.core.errors import RuleViolation
from civtech.people.models import addresses
from civtech.people.sign_in.fields import (
    NEW_PASSWORD_HINT,
    email_field,
    macro_params,
    password_field,
    person_name,
    without_spaces,
)
from civtech.people.sign_in.recorded import note_failure
from civtech.web.forms import translated
from civtech.web.translation import gettext
from civtech.web.translation import lazy_gettext as _l


class SignInForm(LoginForm):
    email = email_field(EmailValidation(verify=False), autocomplete="username")
    password = password_field(_l("Password"), "current-password")
    remember = None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""
        self.unreadable: dict[str, list[str]] = {}

    def validate(self, **kwargs: object) -> bool:
        passed: bool = super().validate(**kwargs)
        if not passed and self.ifield is None:
            self.unreadable = {name: list(messages) for name, messages in self.errors.items() if name}
        elif not passed and self.user is None:
            note_failure(None, "password")
        return passed

    def say_what_is_missing(self) -> None:
        """Give an empty field its own message. Flask-Security's single one for every failure would not help."""
        if self.unreadable:
            self.form_errors: list[str] = []
            for name, messages in self.unreadable.items():
                self[name].errors = messages


class RegisterForm(RegisterFormV2):
    name = person_name()
    email = email_field(
        EmailValidation(verify=True),
        unique_user_email,
        hint=_l("We’ll email a link to this address to check that it is yours."),
    )
    password = password_field(
        _l("Choose a password"), "new-password", hint=NEW_PASSWORD_HINT, missing=_l("Choose a password.")
    )


class AnsweredByMail(FlaskForm):
    """Answers the same whether or not the address is known, but tells people who entered none: no email would come."""

    def validate(self, **kwargs: object) -> bool:
        passed = bool(super().validate(**kwargs))
        self.unreadable = _unreadable(self.email.data or "")
        return passed

    def say_what_is_unreadable(self) -> None:
        """Restore the error that Flask-Security removed along with all the others."""
        if self.unreadable:
            self.email.errors = [self.unreadable]


def _unreadable(typed: str) -> str:
    if not typed:
        return str(gettext("Enter your email address, like name@example.org."))
    try:
        addresses.spelled(typed)
    except RuleViolation as violation:
        return str(translated(violation.text))
    return ""


class ForgottenPasswordForm(AnsweredByMail, ForgotPasswordForm):
    email = email_field(EmailValidation(verify=True), valid_user_email)


class ResendConfirmationForm(AnsweredByMail, SendConfirmationForm):
    email = email_field(EmailValidation(verify=True), valid_user_email)


class NewPasswordForm(ResetPasswordForm):
    password = password_field(
        _l("New password"), "new-password", hint=NEW_PASSWORD_HINT, missing=_l("Choose a new password.")
    )
    password_confirm = None


class ChangedPasswordForm(ChangePasswordForm):
    password = password_field(_l("Current password"), "current-password", missing=_l("Enter your current password."))
    new_password = password_field(
        _l("New password"), "new-password", hint=NEW_PASSWORD_HINT, missing=_l("Choose a new password.")
    )
    new_password_confirm = None


class ConfirmItIsYouForm(VerifyForm):
    password = password_field(_l("Password"), "current-password")


class SecondFactorForm(TwoFactorSetupForm):
    setup = RadioField(
        choices=[SelectChoice(value="authenticator"), SelectChoice(value="disable")], validate_choice=False
    )
    phone = None

    def validate(self, **kwargs: object) -> bool:
        return bool(FlaskForm.validate(self, **kwargs)) and self.setup.data in {"authenticator", "disable"}


class NoRescueForm(TwoFactorRescueForm):
    """Flask-Security needs this form; our page for people without a code shows none."""

    help_setup = RadioField(choices=[], validate_choice=False)


class AuthenticatorCodeForm(TwoFactorVerifyCodeForm):
    code = StringField(
        _l("Code from your authenticator app"),
        description=_l("Six digits that change every 30 seconds. Each code works once."),
        widget=GovTextInput(),
        filters=[without_spaces],
        validators=[
            InputRequired(_l("Enter the six digits your app shows now.")),
            Regexp(r"[0-9]{6}\Z", message=_l("Enter the six digits your app shows now.")),
        ],
        render_kw=macro_params(
            autocomplete="one-time-code", inputmode="numeric", classes="govuk-input--width-10", spellcheck=False
        ),
    )


class RecoveryCodeForm(MfRecoveryForm):
    code = StringField(
        _l("Recovery code"),
        description=_l("Three groups of four letters and digits, like 3f9c-07ab-d41e. Each code works once."),
        widget=GovTextInput(),
        filters=[without_spaces, lambda value: value.lower() if value else value],
        validators=[
            InputRequired(_l("Enter one of your recovery codes.")),
            Length(max=40, message=_l("Enter one of your recovery codes.")),
        ],
        render_kw=macro_params(autocomplete="off", classes="govuk-input--width-20", spellcheck=False),
    )

    def validate(self, **kwargs: object) -> bool:
        passed: bool = super().validate(**kwargs)
        if not passed and self.code.data and self.user is not None:
            self.user.track_failed_authn("recovery_code", True)
        return passed
