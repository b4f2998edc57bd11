"""Reading for writing: what is decided on must not change before the commit."""

from civtech.core.db import db
from civtech.proposals.models import Proposal, Section


def hold_words(part: Proposal | Section) -> None:
    """Read a part of the working copy anew and keep it until the commit: no colleague saves it meanwhile."""
    words = ["body"] if isinstance(part, Section) else ["draft_title", "draft_summary", "state"]
    db.session.refresh(part, [*words, "version"], with_for_update=True)
