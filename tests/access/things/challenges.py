"""Challenges and questions."""

from civtech.challenges.models import Challenge
from civtech.core.db import db
from tests.access.world import World
from tests.factories.challenges import Sponsor

DOORS = ("waiting for approval", "open", "closed", "judged")
"""The states that make a difference to who may; the others are there for what stands in them."""


def sponsor(world: World) -> Sponsor:
    """The world's own sponsor as a maker of challenges."""
    names = ("author", "approver", "acceptor", "staff", "auditor", "stranger")
    return Sponsor(
        at=world.at,
        body=world.funded.body,
        owner=world.head,
        second=world.head,
        round=world.funded.challenge.round,
        **{name: world.people[name] for name in names},
    )


def enter(world: World) -> None:
    ours = sponsor(world)
    made = {
        "draft": ours.draft(question="How can we hear otters?"),
        "waiting for approval": ours.draft(question="How can we hear seals?"),
        "cancelled before anybody saw it": ours.draft(question="How can we hear moss?"),
        "open": ours.published(question="How can we hear terns?"),
        "open, answered": ours.published(question="How can we hear newts?"),
        "closed": ours.published(closes=-1, question="How can we hear owls?"),
        "judged": ours.published(closes=-2, question="How can we hear eels?"),
        "decided": ours.published(closes=-2, question="How can we hear deer?"),
    }
    made["funded"] = world.funded.challenge
    made["waiting for approval"].propose(by=world.head, at=world.at)
    made["cancelled before anybody saw it"].cancel(message="Not needed.", by=world.staff, at=world.at)
    for state in DOORS:
        world.enter("challenge", state, slug=made[state].slug)
    for state in [state for state in made if state not in DOORS]:
        world.mention("challenge", state, made[state].slug)
    _questions(world, ours, made)
    world.challenges = made


def _questions(world: World, ours: Sponsor, made: dict[str, Challenge]) -> None:
    waiting = ours.question(made["open"], "Are there numbers?")
    answered = ours.question(made["open"], "Are there maps?")
    answered.give_answer(answer="Yes.", by=world.author, at=world.at)
    db.session.flush()
    for state, question in (("waiting", waiting), ("answered", answered)):
        values = {"slug": made["open"].slug, "reference": question.reference}
        world.enter("question", state, mark=question.text, **values)
