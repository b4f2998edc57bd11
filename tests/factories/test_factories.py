"""Every factory works without arguments, with each of its traits."""

from inspect import getmembers, isclass

import pytest
from factory import Trait
from flask import Flask

from civtech.core.db import db
from tests.factories import challenges, funding, judging, organisations, people, programmes, proposals, stages
from tests.factories.verbs import VerbFactory
from tests.world import Age
from tests.world.kept import Worlds

MODULES = (challenges, funding, judging, organisations, people, programmes, proposals, stages)
FACTORIES = {
    name: made
    for module in MODULES
    for name, made in getmembers(module, isclass)
    if issubclass(made, VerbFactory) and made is not VerbFactory
}
NEED_A_WORLD = {"PanelFactory", "AssignmentFactory", "DecisionFactory", "AgreementFactory", "ReleaseFactory"}
ALONE = [
    (name, trait)
    for name, made in FACTORIES.items()
    if name not in NEED_A_WORLD
    for trait in [None, *(key for key, said in made._meta.parameters.items() if isinstance(said, Trait))]
]


@pytest.mark.parametrize(("name", "trait"), ALONE)
def test_a_factory_needs_nothing_but_its_trait(app: Flask, now: object, name: str, trait: str | None) -> None:
    made = FACTORIES[name](**({trait: True} if trait else {}))
    db.session.commit()
    assert db.session.get(type(made), made.id) is made


@pytest.mark.parametrize(
    ("name", "trait"),
    [
        ("AssignmentFactory", "clear"),
        ("AssignmentFactory", "recused"),
        ("AssignmentFactory", "scored"),
        ("AssignmentFactory", "locked"),
    ],
)
def test_an_assignment_goes_as_far_as_its_trait_says(worlds: Worlds, now: object, name: str, trait: str) -> None:
    world = worlds(Age.RECEIVED)
    world.convene()
    made = world.assignment(world.judge_one, world.proposals[0], **{trait: True})
    db.session.commit()
    assert made.state.value == {"scored": "clear"}.get(trait, trait)


def test_a_decision_an_agreement_and_a_release_go_all_the_way(worlds: Worlds, now: object) -> None:
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.in_force()
    assert agreement.state.value == "active"
    assert world.release(agreement.milestones[0], paid=True).state.value == "paid"
