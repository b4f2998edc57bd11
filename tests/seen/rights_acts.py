"""Acts on what a challenge says about IP and equity, and on possible conflicts of interest on a panel."""

from civtech.challenges.models import ABOUT_JUDGES, PARTS, Challenge, RightsCheck, known
from civtech.core.db import db
from civtech.people.models import User
from tests.factories.organisations import OrganisationFactory
from tests.seen.scene import Change, Scene, act, to
from tests.world import Age, World

MOVES = "All intellectual property will be transferred to the council."
STATE = {"state": "It is the state that the verb starts from."}


def parts_of(challenge: Challenge) -> dict[str, Change]:
    """A change for each part of the text."""
    return {part.key: to(challenge, **{part.key: f"Another text: {part.key}."}) for part in PARTS}


@act("challenges.rights", Age.PREPARED)
def check_rights(world: World) -> Scene:
    challenge = world.approved(constraints=MOVES)
    typed = {"kind": "harmless", "reason": "It is a quotation from a law."}
    page = f"/challenges/{challenge.slug}/rights"
    return Scene(world.staff, page, parts_of(challenge), typed=typed, kept=["reason"])


def on_an_exception(world: World, who: User, action: str, *, page: str = "", **typed: str) -> Scene:
    challenge = world.approved(constraints=MOVES)
    said = {"what": "Copyright in the tide tables", "to_whom": "The sponsor", "reason": "An old law requires this."}
    check = RightsCheck.record(challenge=challenge, by=world.staff, at=world.at, **said)
    db.session.flush()
    changes = parts_of(challenge) | {key: to(check, **{key: f"Another {key}."}) for key in said}
    address = f"/challenges/{challenge.slug}/rights"
    own = f"{address}/{check.reference}{action}"
    return Scene(who, own if page else address, changes, "" if page else own, typed=typed, fixed=STATE)


@act("challenges.approve_check", Age.PREPARED)
def approve_check(world: World) -> Scene:
    return on_an_exception(world, world.colleague, "/approval")


@act("challenges.refuse_check", Age.PREPARED)
def refuse_check(world: World) -> Scene:
    return on_an_exception(world, world.colleague, "/refusal", page="own", message="The law has changed.")


@act("challenges.withdraw_check", Age.PREPARED)
def withdraw_check(world: World) -> Scene:
    return on_an_exception(world, world.staff, "/withdrawal")


@act("judging.conflict", Age.RECEIVED)
def settle_conflict(world: World) -> Scene:
    world.convene(judges=world.judges)
    judge = world.judges[0]
    names = ("The Tidewater Signals Holdings PLC", "Tidewater Signals Group Ltd")
    alike = [OrganisationFactory(legal_name=name, by=judge, at=world.since) for name in names]
    db.session.flush()
    keys = {each.row.through_id: each.fact.key for each in known([judge.id], world.challenge.id, ABOUT_JUDGES)}
    changes = {keys[each.id]: to(each, trading_name=f"Another name {each.id}") for each in alike}
    return Scene(world.staff, world.url(f"/conflicts/{judge.reference}"), changes, typed={"because": "Long ago."})
