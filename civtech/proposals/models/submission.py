"""Submissions: exactly what we received, and when. They never change; a later one replaces an earlier one."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, relationship
from civtech.core.deciding import decides
from civtech.core.guards import append_only
from civtech.core.text import N_
from civtech.proposals.models.parts import Written

if TYPE_CHECKING:
    from civtech.proposals.models.proposal import Proposal


FIRST = (("title", N_("Title")), ("summary", N_("Summary")))
"""The parts in addition to the sections, for submissions received before submissions named their parts."""


def canonical(content: Mapping[str, object]) -> bytes:
    """The form of `content` that we hash: JSON in UTF-8 with sorted keys and no white space between tokens."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(content: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON of `content`. Anyone with the content can work it out."""
    return hashlib.sha256(canonical(content)).hexdigest()


class Submission(Model):
    """One act of submitting: the content as it was, its digest, and the instant of complete receipt.

    `content` is `{"reference", "challenge", "number", "received_at", "declaration", "organisation",
    "organisation_number", "parts": [{"key", "label",
    "body"}]}`. So the digest, which the audit log keeps too, covers the instant as well as the text (Directive 2014/24
    Annex IV (a)). It names its own parts, so later changes to what we ask do not affect it.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        CheckConstraint("number > 0", name="number_counts_from_one"),
        CheckConstraint("length(digest) = 64", name="digest_is_sha_256"),
    )

    id: Mapped[Identity]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    received_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]

    proposal: Mapped["Proposal"] = relationship(back_populates="submissions")

    @property
    def canonical(self) -> bytes:
        """The bytes whose SHA-256 is `digest`."""
        return canonical(self.content)

    @property
    def parts(self) -> list[Written]:
        """What the team wrote, in the parts that the submission names."""
        if "parts" in self.content:
            return [Written(**part) for part in self.content["parts"]]
        head = [Written(key, label, self.content[key]) for key, label in FIRST]
        return head + [Written(part["key"], part["title"], part["body"]) for part in self.content["sections"]]


append_only("submission")
decides(Submission, of=Submission.proposal_id)
