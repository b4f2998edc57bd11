"""What Flask-Security says, in our words and through our catalogue."""

from typing import Any

from civtech.core.text import N_

MESSAGES = {
    "ALREADY_CONFIRMED": (N_("This e-mail address was confirmed before. Sign in."), "info"),
    "CONFIRMATION_EXPIRED": (N_("This link was valid for %(within)s. Ask for a new one here."), "error"),
    "CONFIRMATION_REQUEST": (N_("If %(email)s waits to be confirmed, a new link is on its way to it."), "info"),
    "CONFIRMATION_REQUIRED": (
        N_("Confirm your e-mail address first: open the link in our mail, or have it sent again below."),
        "error",
    ),
    "DISABLED_ACCOUNT": (N_("This account is switched off. Write to the programme if it should not be."), "error"),
    "EMAIL_CONFIRMED": (N_("Your e-mail address is confirmed. Sign in to begin."), "success"),
    "GENERIC_AUTHN_FAILED": (
        N_("The e-mail address or the password is not right. Check both, or choose a new password below."),
        "error",
    ),
    "INVALID_CONFIRMATION_TOKEN": (N_("This link does not work. Ask for a new one here."), "error"),
    "INVALID_EMAIL_ADDRESS": (N_("Enter an e-mail address like name@example.org."), "error"),
    "INVALID_PASSWORD": (N_("This is not your password. Try again, or choose a new one by mail."), "error"),
    "INVALID_RECOVERY_CODE": (N_("This recovery code is not one of yours, or was used before."), "error"),
    "INVALID_REDIRECT": (N_("That page is not one of ours."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        N_("This link does not work, or was used before. Ask for a new one here."),
        "error",
    ),
    "PASSWORD_CHANGE": (N_("Your password is changed. Your other sessions have ended."), "success"),
    "PASSWORD_IS_THE_SAME": (N_("This is your password already. Choose another."), "error"),
    "PASSWORD_RESET_EXPIRED": (N_("This link was valid for %(within)s. Ask for a new one here."), "error"),
    "PASSWORD_RESET_NO_LOGIN": (N_("Your new password is stored. Sign in with it."), "success"),
    "PASSWORD_RESET_REQUEST": (
        N_("If %(email)s belongs to an account, a link to choose a new password is on its way to it."),
        "info",
    ),
    "REAUTHENTICATION_REQUIRED": (N_("Enter your password again: what comes next protects your account."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (N_("Thank you. You can go on."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (N_("Your second factor is on."), "success"),
    "TWO_FACTOR_DISABLED": (N_("Your second factor is off."), "success"),
    "TWO_FACTOR_INVALID_TOKEN": (
        N_("This code does not fit, or was used before. Enter the one that your app shows now."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("You are signed in."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (N_("Sign in with your password first."), "info"),
    "TWO_FACTOR_SETUP_EXPIRED": (N_("This took longer than %(within)s. Begin again."), "error"),
    "USER_DOES_NOT_EXIST": (N_("The e-mail address or the password is not right."), "error"),
}

SUBJECTS = {
    "EMAIL_SUBJECT_CONFIRM": N_("Confirm your e-mail address"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": N_("Your password was changed"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": N_("Your password was changed"),
    "EMAIL_SUBJECT_PASSWORD_RESET": N_("Choose a new password"),
    "EMAIL_SUBJECT_REGISTER": N_("Confirm your e-mail address"),
}


def words() -> dict[str, Any]:
    """Flask-Security's settings for what it says."""
    return {**{f"MSG_{name}": message for name, message in MESSAGES.items()}, **SUBJECTS}
