"""The addresses of all the things that belong to one challenge which has reached payments."""

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from civtech.core.db import db
from civtech.funding.models import Release
from civtech.judging.models import Decision
from tests.world import World

OF_A_THING = (
    "agreements",
    "challenges",
    "decisions",
    "milestones",
    "proposals",
    "releases",
    "rights-statements",
    "rounds",
)
ARGUMENT = re.compile(r"<(?:[^:>]+:)?(\w+)>")


def values(world: World) -> dict[str, dict[str, object]]:
    """The values for the addresses, by the first part of the address."""
    release = db.session.scalars(db.select(Release)).unique().one()
    agreement = release.milestone.agreement
    decision = db.session.scalars(db.select(Decision).order_by(Decision.id)).unique().first()
    section = world.proposals[0].sections[0]
    background = agreement.statement.background[0]
    places = {"slug": world.challenge.slug, "stage_key": "sift"}
    return {
        "agreements": {"reference": agreement.reference},
        "challenges": places | {"reference": world.proposals[0].reference},
        "decisions": {"reference": decision.reference},
        "milestones": {"reference": release.milestone.reference},
        "proposals": {"reference": world.proposals[0].reference, "key": section.key},
        "releases": {"reference": release.reference},
        "rights-statements": {"reference": agreement.statement.reference, "item": background.id},
        "rounds": {"reference": world.challenge.round.reference, "key": "sift"},
    }


def addresses(app: Flask, world: World) -> Iterator[tuple[Rule, str]]:
    """Every rule about a thing, with the address of an existing one."""
    known = values(world)
    for rule in app.url_map.iter_rules():
        area = rule.rule.split("/")[1]
        if area in OF_A_THING and rule.arguments:
            yield rule, ARGUMENT.sub(lambda found, area=area: str(known[area][found[1]]), rule.rule)
        if rule.endpoint == "stages.new_agreement":
            yield rule, f"/proposals/{world.proposals[1].reference}/agreements/new?stage=exploration"
