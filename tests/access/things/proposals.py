"""Answers to challenges: sealed and open, ours and the rival's."""

from civtech.accounts.models import Organisation
from civtech.core.db import db
from civtech.proposals.models import Opening, Proposal
from tests.access.world import DAY, World
from tests.factories.proposals import Open


def scene(world: World, state: str) -> Open:
    """The challenge in this state as a maker of proposals."""
    owners = {"rival_owner": world.rival, "our_owner": world.owner, "idea_owner": world.inventor}
    people = {"staff": world.staff, "colleague": world.colleague} | owners
    challenge = world.challenges[state]
    return Open(world.at - 5 * DAY, people, challenge, world.funded.body, world.companies[1], world.companies[0])


def enter(world: World) -> None:
    idea: Organisation = world.inventor.organisations()[0]
    still_open, answered, closed = (scene(world, state) for state in ("open", "open, answered", "closed"))
    made = {
        "draft": still_open.started(),
        "submitted, before the deadline": answered.submitted(),
        "withdrawn": _withdrawn(world, answered, world.companies[2]),
        "submitted, to be opened": closed.submitted(),
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


def _withdrawn(world: World, answered: Open, company: Organisation) -> Proposal:
    proposal = answered.submitted(company)
    proposal.withdraw(by=world.owner, at=world.at)
    db.session.flush()
    return proposal


def show(world: World, state: str, proposal: Proposal, **more: str) -> None:
    """Enter a proposal with its first section."""
    db.session.flush()
    world.enter("proposal", state, reference=proposal.reference, key=proposal.sections[0].key, **more)
