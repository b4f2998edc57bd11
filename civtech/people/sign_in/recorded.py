"""Turns Flask-Security's signals into our events, in the same transaction."""

from blinker import Signal
from flask import Flask, g, request
from flask_security import signals

from civtech.core import clock
from civtech.core.events import PlainEvent, emit
from civtech.people import events
from civtech.people.models import User
from civtech.people.sign_in.browser import begin_session, can_prove_more, confirm_session, this_session
from civtech.people.sign_in.second_factor import person_behind

BY_THE_PERSON: dict[Signal, type[PlainEvent[User]]] = {
    signals.password_changed: events.PasswordChanged,
    signals.password_reset: events.PasswordReset,
    signals.tf_disabled: events.SecondFactorRemoved,
    signals.tf_profile_changed: events.SecondFactorSet,
    signals.user_confirmed: events.AddressConfirmed,
}
BY_A_VISITOR: dict[Signal, type[PlainEvent[User]]] = {
    signals.confirm_instructions_sent: events.ConfirmationRequested,
    signals.reset_password_instructions_sent: events.PasswordResetRequested,
    signals.user_not_registered: events.RegistrationRepeated,
}
STAYING = "change"
SURE = frozenset({"authenticator code", "recovery code", "passkey", "its second factor", "demonstration"})
SECOND_STEP = {"security.two_factor_token_validation": "authenticator code", "security.mf_recovery": "recovery code"}


def _listen(app: Flask, signal: Signal, event: type[PlainEvent[User]], *, by_the_person: bool) -> None:
    def tell(_app: Flask, *, user: User, **_rest: object) -> None:
        person = person_behind(user)
        emit(event(subject=person, by=person if by_the_person else None, at=clock.now()))

    signal.connect(tell, sender=app, weak=False)


def _distrust_password(_app: Flask, *, user: User, **_rest: object) -> None:
    """Delete the password of an unconfirmed account when its address is registered again.

    The person who registered first may not own the address. Its owner chooses a password after confirming it.
    """
    person = person_behind(user)
    if not person.is_confirmed:
        person.password = None


def _signed_in(_app: Flask, *, user: User, authn_via: list[str] | None = None, **_rest: object) -> None:
    person = person_behind(user)
    ways = authn_via or [SECOND_STEP.get(request.endpoint or "", "other")]
    here = this_session()
    if STAYING in ways and here is not None:
        if not can_prove_more(person):
            confirm_session(person, with_second_factor=False)
        return
    begin_session(person, with_second_factor=bool(SURE.intersection(ways)))
    emit(events.SignedIn(subject=person, by=person, at=clock.now(), facts={"method": ", ".join(ways)}))


def _failed(_app: Flask, *, user: User, auth_type: str, **_rest: object) -> None:
    note_failure(person_behind(user), auth_type)


def note_failure(person: User | None, what: str) -> None:
    """Note that signing in failed. It is recorded after the rest of the request is rolled back."""
    g.failed_sign_in = events.SignInFailed(subject=person, by=None, at=clock.now(), facts={"method": what})


def init(app: Flask) -> None:
    """Connect this application's signals."""
    for signal, event in BY_THE_PERSON.items():
        _listen(app, signal, event, by_the_person=True)
    for signal, event in BY_A_VISITOR.items():
        _listen(app, signal, event, by_the_person=False)
    signals.user_not_registered.connect(_distrust_password, sender=app, weak=False)
    signals.user_authenticated.connect(_signed_in, sender=app, weak=False)
    signals.user_failed_authn.connect(_failed, sender=app, weak=False)
