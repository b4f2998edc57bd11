"""Locking what a decision depends on, so that it cannot change before the commit."""

from civtech.core.db import db
from civtech.proposals.models import Proposal, Section
from civtech.proposals.models.parts import DRAFT, HEAD


def hold_words(part: Proposal | Section) -> None:
    """Read a part of the working copy again and lock it until the commit, so that no colleague saves it meanwhile."""
    words = ["body"] if isinstance(part, Section) else [*(DRAFT + each.key for each in HEAD), "state"]
    db.session.refresh(part, [*words, "version"], with_for_update=True)
