"""Reading for writing: what is decided on must not change before the commit."""

from civtech.core.db import db
from civtech.proposals.models import Proposal, Section
from civtech.proposals.models.parts import DRAFT, HEAD


def hold_words(part: Proposal | Section) -> None:
    """Read a part of the working copy anew and keep it until the commit: no colleague saves it meanwhile."""
    words = ["body"] if isinstance(part, Section) else [*(DRAFT + each.key for each in HEAD), "state"]
    db.session.refresh(part, [*words, "version"], with_for_update=True)
