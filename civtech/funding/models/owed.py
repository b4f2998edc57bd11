"""Transfers that a decision makes due. Money moves in the same transaction as the decision, or neither happens."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model


class Owed(Model):
    """The key of a transfer that a decision made due. The database writes it with the decision.

    The foreign key is checked at the commit. By then the transfer exists, or nothing is committed.
    """

    __tablename__ = "owed_transfer"

    id: Mapped[Identity]
    key: Mapped[str] = mapped_column(ForeignKey("transfer.key", deferrable=True, initially="DEFERRED"), unique=True)
