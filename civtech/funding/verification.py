"""A check of the ledger: recomputes it from the transfers and the accepted statements."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from civtech.challenges.models import Challenge
from civtech.core.currency import disagreeing
from civtech.core.db import db
from civtech.funding import queries
from civtech.funding.models import LedgerAccount
from civtech.programmes.models import Stage
from civtech.proposals import queries as proposals
from civtech.rights.models import RightsStatement
from civtech.stages.models import Milestone

BATCH = 500


def findings() -> Iterator[str]:
    """Yield a sentence for each difference, or none if everything adds up."""
    for account, moved in db.session.execute(queries.recomputed()):
        yield f"Balance of {_name(account)}: {account.balance_pence} pence, but its transfers add up to {moved}."
    for release in db.session.scalars(queries.unmoved()).unique():
        yield f"Release {release.reference} is {release.state}, but its money has not moved."
    for key, moved in db.session.execute(queries.unpaired()):
        yield f"Transfer {key}: {'nothing decided it' if moved else 'it is due, but the money has not moved'}."
    for table, row, currency, right in db.session.execute(disagreeing()):
        yield f"Row {row} of {table} is in {currency}, but what it belongs to is in {right}."
    for statement in _accepted():
        if statement.compute_digest() != statement.digest:
            yield f"Rights statement {statement.reference}: its terms are not those that were accepted."


def _accepted() -> Iterator[RightsStatement]:
    last = 0
    terms = (
        joinedload(RightsStatement.proposal).options(*proposals.HEADING),
        joinedload(RightsStatement.stage),
        selectinload(RightsStatement.background),
    )
    accepted = select(RightsStatement).where(RightsStatement.digest.is_not(None)).order_by(RightsStatement.id)
    while (
        batch := db.session.scalars(accepted.where(RightsStatement.id > last).limit(BATCH).options(*terms))
        .unique()
        .all()
    ):
        yield from batch
        last = batch[-1].id


def _name(account: LedgerAccount) -> str:
    if account.milestone_id is not None:
        milestone = db.session.get_one(Milestone, account.milestone_id)
        return f"{account.kind} of milestone {milestone.reference}"
    challenge = db.session.get_one(Challenge, account.challenge_id)
    stage = db.session.get_one(Stage, account.stage_id)
    return f"{account.kind} of challenge {challenge.reference}, {stage.key}"
