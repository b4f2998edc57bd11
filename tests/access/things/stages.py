"""Agreements, milestones, rights statements and releases, each of another team of the funded challenge."""

from civtech.core.db import db
from civtech.stages.models import Milestone, StageAgreement
from tests.access.things.proposals import show
from tests.access.world import DAY, World
from tests.factories import stages as make


def enter(world: World) -> None:
    funded = world.funded
    rival, drafted, offered, active, done, lapsed, refused, awarded = funded.teams
    show(world, "chosen, without agreement", awarded, **{"?stage": "exploration"})
    world.mention("proposal", "funded", active.reference)
    agreements = {
        "the rival's, in force": make.in_force(funded, rival),
        "being drawn up": make.drafted(funded, drafted),
        "offered": make.offered(funded, offered),
        "in force": make.in_force(funded, active, amounts=(200_000, 100_000, 100_000)),
    }
    ended = make.in_force(funded, done)
    lapsing = make.offered(funded, lapsed)
    lapsing.lapse(by=world.staff, at=world.at)
    _money(world, agreements["in force"].milestones[0], ended.milestones, make.in_force(funded, refused).milestones[0])
    ended.complete(by=world.staff, at=world.at)
    for state, agreement in (("completed", ended), ("lapsed", lapsing)):
        world.mention("agreement", state, agreement.reference)
        world.mention("rights statement", f"of an agreement {state}", agreement.statement.reference)
    for state, agreement in agreements.items():
        _enter_agreement(world, state, agreement)
    for state, milestone in (
        ("planned", agreements["being drawn up"].milestones[0]),
        ("due", agreements["in force"].milestones[2]),
        ("delivered", _delivered(world, agreements["in force"].milestones[1])),
        ("accepted", agreements["in force"].milestones[0]),
        ("of the rival, due", agreements["the rival's, in force"].milestones[0]),
    ):
        world.enter("milestone", state, reference=milestone.reference)


def _enter_agreement(world: World, state: str, agreement: StageAgreement) -> None:
    world.enter("agreement", state, reference=agreement.reference)
    statement = agreement.statement
    world.enter("rights statement", f"of an agreement {state}", reference=statement.reference)
    if statement.background:
        item = statement.background[0].id
        mark, values = f"/background/{item}/removal", {"reference": statement.reference, "item": item}
        world.enter("background", f"of an agreement {state}", mark=mark, **values)


def _delivered(world: World, milestone: Milestone) -> Milestone:
    milestone.deliver(evidence="All junctions.", link="https://example.org/counts", by=world.editor, at=world.at - DAY)
    db.session.flush()
    return milestone


def _money(world: World, to_decide: Milestone, done: list[Milestone], to_refuse: Milestone) -> None:
    proposed, approved, paid, turned_down = (
        make.proposed(world.funded, milestone) for milestone in (to_decide, *done, to_refuse)
    )
    for release in (approved, paid):
        release.approve(by=world.colleague, at=world.at - DAY)
    db.session.flush()
    paid.pay(bank_reference="BACS0001", by=world.finance, at=world.at)
    turned_down.refuse(reason="Wrong figure.", by=world.colleague, at=world.at)
    for state, release in (
        ("proposed", proposed),
        ("approved", approved),
        ("paid", paid),
        ("refused", turned_down),
    ):
        world.enter("release", state, reference=release.reference)
