"""Agreements, milestones, rights statements and releases, each of another team of the funded challenge."""

from civtech.core.db import db
from civtech.stages.models import Milestone, StageAgreement
from tests.access.things.proposals import show
from tests.access.world import DAY, Town


def enter(world: Town) -> None:
    funded = world.funded
    rival, drafted, offered, active, done, lapsed, refused, awarded = funded.proposals
    show(world, "chosen, without agreement", awarded, **{"?stage": "exploration"})
    world.mention("proposal", "funded", active.reference)
    agreements = {
        "the rival's, in force": funded.in_force(rival),
        "being drawn up": funded.agreement(drafted),
        "offered": funded.offered(offered),
        "in force": funded.in_force(active, amounts=(200_000, 100_000, 100_000)),
    }
    ended = funded.in_force(done)
    lapsing = funded.offered(lapsed)
    lapsing.lapse(by=world.staff, at=world.at)
    outlived = funded.in_force(refused)
    outlived.complete(by=None, at=world.at - 25 * DAY)
    _money(world, agreements["in force"].milestones[0], ended.milestones, outlived.milestones[0])
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
        ("due after its stage, overdue", outlived.milestones[1]),
    ):
        world.enter("milestone", state, reference=milestone.reference)


def _enter_agreement(world: Town, state: str, agreement: StageAgreement) -> None:
    world.enter("agreement", state, reference=agreement.reference)
    statement = agreement.statement
    world.enter("rights statement", f"of an agreement {state}", reference=statement.reference)
    if statement.background:
        item = statement.background[0].id
        mark, values = f"/background/{item}/removal", {"reference": statement.reference, "item": item}
        world.enter("background", f"of an agreement {state}", mark=mark, **values)


def _delivered(world: Town, milestone: Milestone) -> Milestone:
    milestone.deliver(evidence="All junctions.", link="https://example.org/counts", by=world.editor, at=world.at - DAY)
    db.session.flush()
    return milestone


def _money(world: Town, to_decide: Milestone, done: list[Milestone], to_refuse: Milestone) -> None:
    proposed, approved, paid, turned_down = (
        world.funded.release(milestone) for milestone in (to_decide, *done, to_refuse)
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
