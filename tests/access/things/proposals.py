"""Answers to challenges: sealed and open, ours and the rival's."""

from civtech.core.db import db
from civtech.organisations.models import Organisation
from civtech.proposals.models import Opening, Proposal
from tests.access.world import DAY, Town
from tests.world import World


def beside(world: Town, state: str) -> World:
    """The challenge in this state, for our first company and the rival to answer."""
    found = world.funded.beside(world.challenges[state], at=world.at - 5 * DAY)
    found.organisations = found.organisations | {"company": world.companies[1], "rival": world.companies[0]}
    return found


def enter(world: Town) -> None:
    idea: Organisation = world.inventor.organisations()[0]
    still_open, answered, closed = (beside(world, state) for state in ("open", "open, answered", "closed"))
    made = {
        "draft": still_open.started(by=world.owner),
        "submitted, before the deadline": answered.submitted(by=world.owner),
        "withdrawn": _withdrawn(world, answered, world.companies[2]),
        "submitted, to be opened": closed.submitted(by=world.owner),
    }
    for state, proposal in made.items():
        show(world, state, proposal)
    for state, proposal in (
        ("the rival's draft", still_open.started(still_open.rival)),
        ("the inventor's draft", still_open.started(idea)),
        ("the rival's, to be opened", closed.submitted(closed.rival)),
    ):
        world.mention("proposal", state, proposal.reference)
    Opening.request(challenge=closed.challenge, by=world.staff, at=world.at)


def _withdrawn(world: Town, answered: World, company: Organisation) -> Proposal:
    proposal = answered.submitted(company, by=world.owner)
    proposal.withdraw(by=world.owner, at=world.at)
    db.session.flush()
    return proposal


def show(world: Town, state: str, proposal: Proposal, **more: str) -> None:
    """Enter a proposal with its first section."""
    db.session.flush()
    world.enter("proposal", state, reference=proposal.reference, key=proposal.sections[0].key, **more)
