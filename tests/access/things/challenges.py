"""Challenges and questions."""

from civtech.challenges.models import Challenge, RightsCheck
from civtech.core.db import db
from tests.access.world import Town
from tests.world import World

TRIED = ("waiting for approval", "with an exception", "open", "closed", "judged")
"""The states that make a difference to access rules. The others are there for what belongs to them."""


def enter(world: Town) -> None:
    ours = world.funded
    made = {
        "draft": ours.drafted(question="How can we hear otters?"),
        "waiting for approval": ours.drafted(question="How can we hear seals?"),
        "with an exception": ours.drafted(question="How can we hear bees?", need="All patents vest in the council."),
        "cancelled before anybody saw it": ours.drafted(question="How can we hear moss?"),
        "open": ours.published(question="How can we hear terns?"),
        "open, answered": ours.published(question="How can we hear newts?"),
        "closed": ours.published(closes=-1, question="How can we hear owls?"),
        "judged": ours.published(closes=-2, question="How can we hear eels?"),
        "decided": ours.published(closes=-2, question="How can we hear deer?"),
    }
    made["funded"] = world.funded.challenge
    for state in ("waiting for approval", "with an exception"):
        made[state].propose(by=world.head, at=world.at)
    made["cancelled before anybody saw it"].cancel(message="Not needed.", by=world.staff, at=world.at)
    for state in TRIED:
        world.enter("challenge", state, slug=made[state].slug)
    for state in [state for state in made if state not in TRIED]:
        world.mention("challenge", state, made[state].slug)
    _questions(world, ours, made)
    _rights(world, made["with an exception"])
    world.challenges = made


def _questions(world: Town, ours: World, made: dict[str, Challenge]) -> None:
    waiting = ours.asked(made["open"], "Are there numbers?")
    answered = ours.asked(made["open"], "Are there maps?")
    answered.give_answer(answer="Yes.", by=world.author, at=world.at)
    db.session.flush()
    for state, question in (("waiting", waiting), ("answered", answered)):
        values = {"slug": made["open"].slug, "reference": question.reference}
        world.enter("question", state, mark=question.text, **values)


def _rights(world: Town, challenge: Challenge) -> None:
    said = {"what": "Patents on bees", "to_whom": "The sponsor", "reason": "An old law requires this."}
    check = RightsCheck.record(challenge=challenge, by=world.staff, at=world.at, **said)
    world.enter("check of rights", "exception", mark=said["what"], slug=challenge.slug, reference=check.reference)
