"""Pathways: versioned data. Each round keeps the version it started with, so a new version never affects it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, db
from civtech.core.deciding import decides
from civtech.core.events import emit
from civtech.core.guards import append_only
from civtech.programmes.events import PathwayPublished
from civtech.programmes.models.document import check

if TYPE_CHECKING:
    from civtech.people.models import User


@dataclass(frozen=True)
class SectionTemplate:
    """One section that a proposal on this pathway answers."""

    key: str
    title: str
    guidance: str
    words: int
    required: bool = True


class Pathway(Model):
    """One version of an ordered list of stages, with the legal basis and the sections a proposal answers.

    `definition` holds `stages` (see `Stage.from_template`) and `sections`, like the preset files in `presets/`.
    """

    __tablename__ = "pathway"
    __table_args__ = (UniqueConstraint("key", "number"),)

    id: Mapped[Identity]
    key: Mapped[str]
    number: Mapped[int]
    name: Mapped[str]
    description: Mapped[str]
    legal_basis: Mapped[str]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime]

    @classmethod
    def publish(
        cls, *, key: str, number: int, document: Mapping[str, object], by: "User | None", at: datetime
    ) -> "Pathway":
        """Save version `number` of the pathway `key` from a checked document in the form of the preset files."""
        check(document)
        pathway = cls(
            key=key,
            number=number,
            name=document["name"],
            description=document["description"],
            legal_basis=document["legal_basis"],
            definition={"stages": document["stages"], "sections": document["sections"]},
            published_at=at,
        )
        db.session.add(pathway)
        emit(PathwayPublished(subject=pathway, by=by, at=at, facts={"key": key, "number": number}))
        return pathway

    @property
    def reference(self) -> str:
        return f"{self.key}-{self.number}"

    def differs_from(self, document: Mapping[str, object]) -> bool:
        """Whether a document differs from this version."""
        return (self.name, self.description, self.legal_basis, self.definition) != (
            document["name"],
            document["description"],
            document["legal_basis"],
            {"stages": document["stages"], "sections": document["sections"]},
        )

    @property
    def sections(self) -> list[SectionTemplate]:
        return [SectionTemplate(**section) for section in self.definition["sections"]]


append_only("pathway")
decides(Pathway, of=Pathway.key)
