"""Passkeys: keys kept by a phone, computer or security key, which no page on another host can use."""

import hashlib
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, db
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.people.events import PasskeyAdded, PasskeyRemoved
from civtech.people.models.names import refuse_bad_name
from civtech.people.models.person import User

MOST = 10


class Passkey(Model):
    """A person's passkey. Using it takes the device and its PIN, finger or face: two factors in one.

    `uses` is the key's own count of signatures. If it goes down, the key was copied (WebAuthn, section 7.2).
    """

    __tablename__ = "passkey"

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    credential: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    uses: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @classmethod
    def add(
        cls, person: User, *, name: str, credential: bytes, public_key: bytes, uses: int, at: datetime
    ) -> "Passkey":
        """Let `person` sign in with this key from now on, under a name they choose."""
        refuse_bad_name(name)
        if (db.session.scalar(select(func.count()).where(cls.user_id == person.id)) or 0) >= MOST:
            raise RuleViolation(N_("You already have %(most)s passkeys. Remove one before you add another."), most=MOST)
        added = cls(
            reference=new_reference("F"),
            user_id=person.id,
            name=name,
            credential=credential,
            public_key=public_key,
            uses=uses,
            added_at=at,
        )
        db.session.add(added)
        db.session.flush()
        emit(PasskeyAdded(subject=person, by=person, at=at, facts={"passkey": added.reference}))
        return added

    def use(self, uses: int, *, at: datetime) -> None:
        """Record that it was used."""
        self.uses = uses
        self.used_at = at


def remove_passkey(person: User, passkey: Passkey, *, by: User, at: datetime) -> None:
    """Stop this key from signing anyone in."""
    db.session.delete(passkey)
    emit(PasskeyRemoved(subject=person, by=by, at=at, facts={"passkey": passkey.reference}))


def handle_of(person: User) -> bytes:
    """The handle by which a passkey knows its person. It reveals nothing to anyone else (WebAuthn, section 14.6.1)."""
    return hashlib.sha256(f"passkey of {person.reference}".encode()).digest()
