"""Signing out also ends viewing as another role, on record."""

from civtech.core.events import subscribe
from civtech.people.events import SignedOut
from civtech.people.sign_in.browser import this_session
from civtech.viewing.models import viewing_of


@subscribe(SignedOut)
def end_with_the_session(event: SignedOut) -> None:
    """End the viewing of the browser that signs out."""
    here = this_session()
    viewing = viewing_of(here) if here is not None else None
    if viewing is not None:
        viewing.end(by=event.by, at=event.at)
