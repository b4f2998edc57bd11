"""Reading for writing: what is decided on must not change before the commit."""

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.proposals.models import Proposal, Section


def hold(challenge: Challenge, *, alone: bool = False) -> None:
    """Read the challenge's state and instants anew and keep them so until the commit: nobody cancels meanwhile.

    Submitters hold it together, an opening holds it `alone`. SQLite holds the whole database already.
    """
    db.session.refresh(challenge, ["state", "opens_at", "closes_at", "version"], with_for_update={"read": not alone})


def hold_words(part: Proposal | Section) -> None:
    """Read a part of the working copy anew and keep it until the commit: no colleague saves it meanwhile."""
    words = ["body"] if isinstance(part, Section) else ["draft_title", "draft_summary", "state"]
    db.session.refresh(part, [*words, "version"], with_for_update=True)
