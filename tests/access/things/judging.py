"""Panels before, during and after judging; assignments and decisions."""

from civtech.core.db import db
from civtech.judging.models import Assignment, Decision, Panel
from civtech.judging.panel_ranking import ranking
from civtech.proposals.models import Proposal
from tests.access.things.proposals import beside, show
from tests.access.world import DAY, Town
from tests.world import World

JUDGED = 5
FUNDED = 3
"""The index of the funded team that `stages` mentions as such."""


def enter(world: Town) -> None:
    in_pool = world.funded.person("in_the_pool", judge=True)
    world.mention("person", "in the pool of judges", in_pool.email)
    world.mention("person", "nobody put into it", world.stranger.email)
    _being_judged(world)
    _decided(world)
    _funded(world)


def opened(world: Town, state: str) -> World:
    """The challenge in this state, opened, with an answer from each of our first companies and the rival."""
    found = beside(world, state)
    found.proposals = [
        found.submitted(company, title=f"Idea {company.id}", by=world.acting_for(company))
        for company in world.companies[:JUDGED]
    ]
    found.opened()
    found.at, found.judges = world.at - DAY, [world.judge, world.seated]
    return found


def _being_judged(world: Town) -> None:
    found = opened(world, "judged")
    rival, ours, *others = found.proposals
    show(world, "opened", ours)
    show(world, "the rival's, opened", rival)
    panel = found.convene(due_at=world.at + DAY)
    found.assigned()
    mine = {proposal.id: found.of(world.judge, proposal) for proposal in found.proposals}
    found.score(mine[ours.id], 4, lock=False)
    found.score(mine[others[0].id], 4)
    mine[others[1].id].declare_conflict(conflict="My sister works there.", by=world.judge, at=found.at)
    for state, proposal in (
        ("before the declaration", rival),
        ("being scored", ours),
        ("locked", others[0]),
        ("recused", others[1]),
    ):
        world.enter("assignment", state, reference=mine[proposal.id].reference)
    _place(world, "while it is judged", panel)
    slug = found.challenge.slug
    world.enter("panel", "before it is convened", mark=f"/{slug}/panels/interview", slug=slug, stage_key="interview")
    _scores(world, "while it is judged", panel, _next_to(panel, rival))


def _decided(world: Town) -> None:
    found = opened(world, "decided")
    panel = found.convene()
    found.score_all(dict.fromkeys(found.proposals, 4))
    decision = found.decided(found.proposals[:1], release=False)
    _place(world, "with a decision to approve", panel)
    where = {"slug": found.challenge.slug, "stage_key": panel.stage.key}
    world.enter("possible conflict", "decided", **where, reference=world.judge.reference)
    _decision(world, "to approve", decision)
    world.mention("proposal", "decided, not released", found.proposals[1].reference)
    _scores(world, "with a decision to approve", panel, found.proposals[1].reference)


def _funded(world: Town) -> None:
    interview = world.funded.stage("interview")
    panel = db.session.query(Panel).filter_by(stage_id=interview.id, challenge_id=world.funded.challenge.id).one()
    _place(world, "after its decision", panel)
    _scores(world, "after its decision", panel, _next_to(panel, world.funded.proposals[FUNDED]))
    _decision(world, "released", db.session.query(Decision).filter_by(panel_id=panel.id).one())
    locked = db.session.query(Assignment).filter_by(panel_id=panel.id, judge_id=world.judge.id)
    world.enter("assignment", "decided", reference=locked.order_by(Assignment.id).first().reference)


def _place(world: Town, state: str, panel: Panel) -> None:
    slug, key = panel.challenge.slug, panel.stage.key
    world.enter("panel", state, mark=f"/{slug}/panels/{key}", slug=slug, stage_key=key)


def _next_to(panel: Panel, proposal: Proposal) -> str:
    """The proposal ranked before this one, or after it if this is the first. Its page names both neighbours."""
    references = ranking(panel).order
    place = references.index(proposal.reference)
    return references[place - 1] if place else references[1]


def _scores(world: Town, state: str, panel: Panel, reference: str) -> None:
    slug, key = panel.challenge.slug, panel.stage.key
    mark = f"/{slug}/panels/{key}/ranking/{reference}"
    world.enter("scores", state, mark=mark, slug=slug, stage_key=key, reference=reference)


def _decision(world: Town, state: str, decision: Decision) -> None:
    world.enter("decision", state, reference=decision.reference)
