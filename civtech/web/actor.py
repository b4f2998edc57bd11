"""Who is asking, in this request."""

from typing import TYPE_CHECKING, cast

from flask_login import current_user

if TYPE_CHECKING:
    from civtech.accounts.models import User


def actor() -> "User":
    """The signed-in person, or the visitor, behind this request.

    Typed as a person because every guarded view has one; a public view gets a `Visitor` with the same questions.
    """
    return cast("User", current_user._get_current_object())
