"""The daily checkpoint: the worker checks the log, signs where it ends, and tells the witness file."""

import os
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.events import emit
from civtech.core.jobs import hourly
from civtech.oversight import signing, whole
from civtech.oversight.events import LogSigned, SignedFacts
from civtech.oversight.models import Checkpoint
from civtech.oversight.witness import Head
from civtech.web.display import zone
from civtech.web.logs import log


class NothingSigned(RuntimeError):
    """Why there is nothing to sign. The message says it."""


def own_key() -> Ed25519PrivateKey | None:
    """The key of this installation, if it has one."""
    text: str = current_app.config["AUDIT_SIGNING_KEY"]
    return signing.private_key(text) if text else None


def head_now() -> Head:
    """Check everything and return the end of the log, or raise `NothingSigned`."""
    result = whole.check()
    if result.first_fault is not None or result.end is None:
        raise NothingSigned(f"{result.first_fault}.")
    if not result.end.sequence:
        raise NothingSigned("the log is empty.")
    return Head(result.end.sequence, result.end.hash, clock.now())


def signed_on(at: datetime) -> Checkpoint | None:
    """Return the checkpoint of the day of `at`, if there is one."""
    day = at.astimezone(zone()).date()
    return db.session.scalars(select(Checkpoint).where(Checkpoint.day == day)).one_or_none()


def sign(key: Ed25519PrivateKey) -> Checkpoint | None:
    """Sign today's checkpoint. Return None if there is one: then another worker was faster."""
    if signed_on(clock.now()) is not None:
        return None
    return record(head_now(), key)


def record(head: Head, key: Ed25519PrivateKey) -> Checkpoint | None:
    """Write the checkpoint of the day of `head`. Return None if another worker was faster."""
    public = key.public_key()
    name = signing.id_of(public)
    try:
        with unit_of_work():
            if signed_on(head.at) is not None:
                return None
            made = Checkpoint(
                day=head.at.astimezone(zone()).date(),
                sequence=head.sequence,
                hash=head.hash,
                at=head.at,
                key=name,
                public_key=signing.pem_of(public),
                signature=signing.sign(head.words(name), key),
            )
            db.session.add(made)
            emit(LogSigned(subject=None, by=None, at=head.at, facts=SignedFacts(sequence=head.sequence, key=name)))
    except IntegrityError:
        return None
    return made


def tell_witness() -> int:
    """Append to AUDIT_WITNESS_FILE the checkpoints that it lacks. Return how many."""
    if not (place := current_app.config["AUDIT_WITNESS_FILE"]):
        return 0
    file = Path(place)
    known = set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()
    lines = [kept.line for kept in db.session.scalars(select(Checkpoint).order_by(Checkpoint.id))]
    missing = [line for line in lines if line not in known]
    if missing:
        append(file, missing)
    return len(missing)


def append(file: Path, lines: list[str]) -> None:
    """Append the lines to a file, and return when they are on the disk."""
    with file.open("a", encoding="utf-8") as witness:
        witness.writelines(f"{line}\n" for line in lines)
        witness.flush()
        os.fsync(witness.fileno())


@hourly
def sign_the_log() -> None:
    """Sign once a day. If the log is broken nothing is signed, and the log of the worker says why."""
    key = own_key()
    if key is not None:
        try:
            sign(key)
        except NothingSigned as why:
            log.error("audit_log_not_signed", why=str(why))
    try:
        tell_witness()
    except OSError as error:
        log.error("witness_file_not_written", why=str(error))
    db.session.rollback()
