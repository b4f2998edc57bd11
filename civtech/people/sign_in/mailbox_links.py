"""The secrets in the two emails that ask to confirm a new address."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from civtech.core.db import db
from civtech.core.errors import NotFound
from civtech.people.models import AddressChange, Mailbox


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="change of address")


def secret_for(change: AddressChange, mailbox: Mailbox) -> str:
    """The secret that only this address receives."""
    return str(_serializer().dumps([change.reference, mailbox.value]))


def told_by(secret: str) -> tuple[AddressChange, Mailbox]:
    """The address change and the old or new address that `secret` belongs to, or `NotFound`."""
    try:
        reference, mailbox = _serializer().loads(secret)
    except BadSignature as forged:
        raise NotFound from forged
    change = db.session.scalar(select(AddressChange).where(AddressChange.reference == reference).with_for_update())
    if change is None:
        raise NotFound
    return change, Mailbox(mailbox)
