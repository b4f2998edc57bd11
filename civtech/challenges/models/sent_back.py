"""The messages with which a draft was sent back. The challenge itself keeps only the latest."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model
from civtech.core.deciding import decides
from civtech.core.guards import append_only


class SentBack(Model):
    """One message, for the history of the challenge. The audit log says who wrote it."""

    __tablename__ = "sent_back"

    id: Mapped[Identity]
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    at: Mapped[datetime]
    message: Mapped[str]


append_only("sent_back")
decides(SentBack, of=SentBack.challenge_id)
