"""Sign-in: Flask-Security on Flask-Login, with our own forms, texts, limits, events and single commit."""

from flask import Flask
from flask_security import Security

from civtech.people.mail import AccountMail
from civtech.people.models import Visitor
from civtech.people.sign_in import browser, forms, gated_views, pages, passkeys, people, proof, recorded, single_sign_on
from civtech.people.sign_in.passwords import Passwords
from civtech.people.sign_in.second_factor import Authenticator, RecoveryCodes
from civtech.people.sign_in.settings import settings
from civtech.people.sign_in.words import words
from civtech.web import gate


def init(app: Flask) -> None:
    """Add sign-in to the application."""
    app.config.from_mapping({f"SECURITY_{name}": value for name, value in (settings(app) | words()).items()})
    security = Security(
        app,
        people.People(),
        login_form=forms.SignInForm,
        register_form=forms.RegisterForm,
        forgot_password_form=forms.ForgottenPasswordForm,
        reset_password_form=forms.NewPasswordForm,
        change_password_form=forms.ChangedPasswordForm,
        send_confirmation_form=forms.ResendConfirmationForm,
        verify_form=forms.ConfirmItIsYouForm,
        two_factor_setup_form=forms.SecondFactorForm,
        two_factor_rescue_form=forms.NoRescueForm,
        two_factor_verify_code_form=forms.AuthenticatorCodeForm,
        mf_recovery_form=forms.RecoveryCodeForm,
        mail_util_cls=AccountMail,
        password_util_cls=Passwords,
        totp_cls=Authenticator,
        mf_recovery_codes_util_cls=RecoveryCodes,
        render_template=pages.render,
    )
    security.want_json(lambda _request: False)
    security.unauthn_handler(pages.ask_to_sign_in)
    manager = security.login_manager
    manager.anonymous_user = Visitor
    manager.session_protection = None
    manager.user_loader(browser.from_session)
    manager.request_loader(lambda _request: None)
    manager.unauthorized_handler(pages.ask_to_sign_in)
    browser.init(app)
    passkeys.init(app)
    gate.proven_by(proof.ask_for)
    recorded.init(app)
    gated_views.init(app)
    single_sign_on.init(app)
