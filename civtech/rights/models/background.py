"""Background IP: intellectual property that existed before the stage began."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, one_of, relationship, stored
from civtech.core.state import State
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.rights.models.statement import RightsStatement


class BackgroundKind(State):
    PATENT = "patent", N_("Patent")
    SOFTWARE = "software", N_("Software")
    DESIGN = "design", N_("Design")
    DATA = "data", N_("Data")
    KNOW_HOW = "know_how", N_("Know-how")
    MARK = "mark", N_("Trade mark")


class BackgroundItem(Model):
    """Background IP of the company, listed so that no one can later claim it was created in the stage."""

    __tablename__ = "background_item"
    __table_args__ = (one_of("kind", BackgroundKind),)

    id: Mapped[Identity]
    statement_id: Mapped[int] = mapped_column(ForeignKey("rights_statement.id"), index=True)
    kind: Mapped[BackgroundKind] = mapped_column(stored(BackgroundKind))
    title: Mapped[str]
    owner: Mapped[str]

    statement: Mapped["RightsStatement"] = relationship(back_populates="background")
