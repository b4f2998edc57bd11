"""Who may have an agreement for a stage: those whom the released decision of the stage before lets go on."""

from sqlalchemy import select

from civtech.core.db import db
from civtech.judging.models import chosen_for
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal


def is_chosen(proposal: Proposal, stage: Stage) -> bool:
    """Whether `proposal` may have an agreement for `stage`."""
    if proposal.challenge.round_id != stage.round_id:
        return False
    chosen = chosen_for(stage, proposal.challenge).where(Proposal.id == proposal.id).order_by(None)
    return bool(db.session.scalar(select(chosen.exists())))
