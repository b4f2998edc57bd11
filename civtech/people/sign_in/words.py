"""Flask-Security's messages in our own words, through our catalogue."""

from civtech.core.text import N_

MESSAGES = {
    "ALREADY_CONFIRMED": (N_("This email address has already been confirmed. Sign in."), "info"),
    "CONFIRMATION_EXPIRED": (
        N_("This link has expired. It was valid for %(within)s. Ask for a new one here."),
        "error",
    ),
    "CONFIRMATION_REQUEST": (N_("If %(email)s still needs to be confirmed, we’ve emailed a new link to it."), "info"),
    "CONFIRMATION_REQUIRED": (
        N_("Confirm your email address first. Open the link in our email, or send the link again below."),
        "error",
    ),
    "DISABLED_ACCOUNT": (
        N_("This account has been deactivated. If you think this is a mistake, contact the programme."),
        "error",
    ),
    "EMAIL_CONFIRMED": (N_("Your email address is confirmed. Sign in to continue."), "success"),
    "GENERIC_AUTHN_FAILED": (
        N_("Your email address or password is not correct. Check both, or reset your password below."),
        "error",
    ),
    "INVALID_CONFIRMATION_TOKEN": (N_("This link does not work. Ask for a new one here."), "error"),
    "INVALID_EMAIL_ADDRESS": (N_("Enter an email address in the correct format, like name@example.org."), "error"),
    "INVALID_PASSWORD": (N_("Your password is not correct. Try again or reset it."), "error"),
    "INVALID_RECOVERY_CODE": (
        N_("This recovery code is not correct or has already been used. Enter another of your recovery codes."),
        "error",
    ),
    "INVALID_REDIRECT": (N_("We cannot take you to that page because it is not part of this service."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        N_("This link does not work or has already been used. Ask for a new one here."),
        "error",
    ),
    "PASSWORD_CHANGE": (N_("Your password has been changed. Your other sessions have ended."), "success"),
    "PASSWORD_IS_THE_SAME": (N_("This is already your password. Choose a different one."), "error"),
    "PASSWORD_RESET_EXPIRED": (
        N_("This link has expired. It was valid for %(within)s. Ask for a new one here."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (N_("Your new password is saved. Sign in with it."), "success"),
    "PASSWORD_RESET_REQUEST": (
        N_("If %(email)s belongs to an account, we’ve emailed it a link to reset the password."),
        "info",
    ),
    "REAUTHENTICATION_REQUIRED": (
        N_("Enter your password again before you change how your account is protected."),
        "info",
    ),
    "REAUTHENTICATION_SUCCESSFUL": (N_("Thank you. You can continue."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (N_("Your authenticator app is on."), "success"),
    "TWO_FACTOR_DISABLED": (N_("Your authenticator app is off."), "success"),
    "TWO_FACTOR_INVALID_TOKEN": (
        N_("This code is not correct or has already been used. Enter the code your app shows now."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("You are signed in."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (N_("Sign in with your password first."), "info"),
    "TWO_FACTOR_SETUP_EXPIRED": (N_("This took longer than %(within)s. Start again."), "error"),
    "USER_DOES_NOT_EXIST": (N_("Your email address or password is not correct."), "error"),
}

SUBJECTS = {
    "EMAIL_SUBJECT_CONFIRM": N_("Confirm your email address"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": N_("Your password was changed"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": N_("Your password was changed"),
    "EMAIL_SUBJECT_PASSWORD_RESET": N_("Reset your password"),
    "EMAIL_SUBJECT_REGISTER": N_("Confirm your email address"),
}


def words() -> dict[str, object]:
    """Flask-Security's settings for its messages."""
    return {**{f"MSG_{name}": message for name, message in MESSAGES.items()}, **SUBJECTS}
