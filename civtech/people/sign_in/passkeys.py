"""Passkeys: asking a browser for one, and checking its answer (Web Authentication, W3C Recommendation, level 2).

Flask-Security makes people choose between a first and a second factor for each key. Here a passkey always takes the
device and its PIN, finger or face, so it counts as both wherever it is used.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from secrets import token_urlsafe
from urllib.parse import urlsplit

import webauthn
from flask import Flask, current_app, request, session
from sqlalchemy import select
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.people.models import Passkey, User
from civtech.people.models.passkey import handle_of
from config import is_loopback

CHALLENGE = "passkey"
GOOD_FOR = timedelta(minutes=10)
LETTERS = 43
ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
NOT_TAKEN = N_("This passkey was not accepted. Try again, or sign in another way.")
TOO_LATE = N_("That took too long. Try again.")


@dataclass(frozen=True)
class Challenge:
    """What a key must sign, and when it was created."""

    letters: str
    made_at: datetime


def _new_challenge() -> bytes:
    session[CHALLENGE] = [token_urlsafe(LETTERS), clock.now().timestamp()]
    return str(session[CHALLENGE][0]).encode()


def _challenge() -> Challenge:
    letters, made = session.pop(CHALLENGE, ("", 0))
    challenge = Challenge(letters, datetime.fromtimestamp(made, UTC))
    if not letters or challenge.made_at <= clock.now() - GOOD_FOR:
        raise RuleViolation(TOO_LATE)
    return challenge


def _host() -> str:
    return urlsplit(f"//{request.host}").hostname or ""


def passkeys_work_here() -> bool:
    """Whether this address has a name. A browser keeps no passkey for an address made of numbers."""
    try:
        ip_address(_host())
    except ValueError:
        return True
    return False


def address_with_a_name() -> str | None:
    """The address of this page where passkeys work, if it is served by this machine under a number."""
    if passkeys_work_here() or not is_loopback(request.host):
        return None
    port = urlsplit(f"//{request.host}").port
    return f"{request.scheme}://localhost{f':{port}' if port else ''}{request.full_path.rstrip('?')}"


def init(app: Flask) -> None:
    """Let the component for passkeys say where they work."""
    app.jinja_env.globals.update(passkeys_work_here=passkeys_work_here, address_with_a_name=address_with_a_name)


def _origin() -> str:
    return request.host_url.rstrip("/")


def _described(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential) for passkey in passkeys]


def ask_for_new(person: User, passkeys: Iterable[Passkey]) -> str:
    """The options, as JSON, for a browser to create a passkey for `person`, who has the passkeys in `known`."""
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=current_app.config["PROGRAMME_NAME"],
        user_id=handle_of(person),
        user_name=person.email,
        user_display_name=person.name,
        challenge=_new_challenge(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_described(passkeys),
        supported_pub_key_algs=ALGORITHMS,
    )
    return webauthn.options_to_json(options)


def add_passkey(person: User, answer: str, name: str) -> Passkey:
    """Add the passkey that the browser created, or raise `RuleViolation`."""
    challenge = _challenge()
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge.letters.encode(),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as refusal:
        raise RuleViolation(NOT_TAKEN) from refusal
    return Passkey.add(
        person,
        name=name,
        credential=made.credential_id,
        public_key=made.credential_public_key,
        uses=made.sign_count,
        at=clock.now(),
    )


def ask_for_passkey(passkeys: Iterable[Passkey] = ()) -> str:
    """The options, as JSON, for a browser to ask for a passkey in `known`, or for any it has for this site."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        challenge=_new_challenge(),
        allow_credentials=_described(passkeys) or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def behind(answer: str) -> Passkey:
    """The passkey that gave this answer, or `RuleViolation`. Each challenge can be used once."""
    challenge = _challenge()
    passkey = _named_in(answer)
    if passkey.used_at is not None and passkey.used_at >= challenge.made_at:
        raise RuleViolation(NOT_TAKEN)
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.letters.encode(),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as refusal:
        raise RuleViolation(NOT_TAKEN) from refusal
    passkey.use(verified.new_sign_count, at=clock.now())
    return passkey


def _named_in(answer: str) -> Passkey:
    """The passkey named in the answer, with its row locked: two answers to one challenge cannot both count."""
    try:
        credential = webauthn.base64url_to_bytes(json.loads(answer)["rawId"])
    except (ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise RuleViolation(NOT_TAKEN) from unreadable
    passkey = db.session.scalar(select(Passkey).where(Passkey.credential == credential).with_for_update())
    if passkey is None:
        raise RuleViolation(NOT_TAKEN)
    return passkey
