"""Authenticator codes and recovery codes: each works once."""

from base64 import b64encode
from typing import Any

import qrcode
from flask_security import MfRecoveryCodesUtil, Totp, UserMixin
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from qrcode.image.svg import SvgPathFillImage

from civtech.core import clock
from civtech.core.db import db
from civtech.core.events import emit
from civtech.people.events import RecoveryCodesMade
from civtech.people.models import User


def person_behind(user: Any) -> User:
    """The person, if Flask-Security passes its proxy."""
    unwrap = getattr(user, "_get_current_object", None)
    person: User = unwrap() if unwrap else user
    return person


class Authenticator(Totp):
    """Uses up a code's time step in the database, because Flask-Security would accept the same code twice."""

    def __init__(self, secrets: dict[str, str] | dict[int, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._totp = self._totp.using(now=lambda: clock.now().timestamp())

    def get_last_counter(self, user: UserMixin) -> int | None:
        return person_behind(user).tf_last_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        if not person_behind(user).use_code(tmatch.counter):
            raise UsedTokenError

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The QR code for phones: dark on white, even if the page is dark."""
        picture = qrcode.make(self.get_totp_uri(username, totp), image_factory=SvgPathFillImage, border=3)
        return "data:image/svg+xml;base64," + b64encode(picture.to_string()).decode()


class RecoveryCodes(MfRecoveryCodesUtil):
    """Kept encrypted. Checking a code locks the person's row, so that two simultaneous attempts cannot both succeed."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        person = person_behind(user)
        codes: list[str] = super().create_recovery_codes(person)
        emit(RecoveryCodesMade(subject=person, by=person, at=clock.now(), facts={"count": len(codes)}))
        return codes

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        db.session.refresh(person_behind(user), ["mf_recovery_codes"], with_for_update=True)
        return bool(super().check_recovery_code(user, code))
