"""Requests while someone views a challenge as another role: who asks, what is answered, and what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_, Text
from civtech.people.sign_in.browser import this_session
from civtech.viewing import policy, queries
from civtech.viewing.models import SeenRole, Viewing, viewing_of
from civtech.web import gate
from civtech.web.actor import as_oneself, ask_as, person
from civtech.web.transaction import is_write
from civtech.web.translation import gettext

STATUS = "viewing.status"
ALWAYS = frozenset({"static", "health.alive", "health.ready", "contact.security_txt"})
AS_ONESELF = frozenset({STATUS, "viewing.end", "security.logout"})
HOMES = {
    SeenRole.COMPANY: frozenset({"proposals.mine"}),
    SeenRole.TEAM: frozenset({"proposals.mine"}),
    SeenRole.JUDGE: frozenset({"judging.queue"}),
}
LEADS_TO_CHALLENGE = ("challenge", "panel", "proposal", "agreement", "milestone", "statement", "release")


class OnlyLooking(RuleViolation):
    """Someone who views a challenge as another role tried to change something (403)."""

    status = 403


class Elsewhere(Exception):
    """The page does not belong to the challenge."""


@dataclass(frozen=True)
class Shown:
    """What the mark on every page says. Plain values, so that error pages can show it too."""

    role: Text
    question: str
    slug: str
    ends_at: datetime


def this_viewing(at: datetime) -> Viewing | None:
    """Return this browser's viewing, as long as it is on and the person may view."""
    who, here = person(), this_session()
    viewing = viewing_of(here) if here is not None else None
    if viewing is None or not viewing.is_on(at):
        return None
    viewing = db.session.scalars(queries.with_challenge(viewing)).one()
    return viewing if policy.see_as(who, viewing.challenge) else None


def _look() -> ResponseReturnValue | None:
    if request.endpoint in ALWAYS:
        return None
    viewing = this_viewing(clock.now())
    if viewing is None:
        return None
    challenge = viewing.challenge
    g.shown_as = Shown(viewing.role.label, challenge.question, challenge.slug, viewing.ends_at)
    if request.url_rule is None or request.endpoint in AS_ONESELF:
        return None
    if is_write():
        raise OnlyLooking(
            N_(
                "You are viewing this as %(role)s, so you cannot change anything. Stop viewing as another "
                "role, then do this as yourself."
            ),
            role=viewing.role.label,
        )
    if not _belongs(viewing):
        return redirect(url_for(STATUS, elsewhere=1))
    g.viewing = viewing
    ask_as(viewing.stand_in(company=gettext("A company")))
    return None


def _belongs(viewing: Viewing) -> bool:
    """Whether the address belongs to the challenge, or the gate can check its noun for that."""
    values, rule = request.view_args or {}, request.url_rule
    grant = gate.grant_of(current_app, rule) if rule is not None else None
    if rule is None or grant is None or request.blueprint == "viewing":
        return False
    if grant.policy is not None and viewing.role is SeenRole.PUBLIC:
        return False
    if "slug" in values:
        return bool(values["slug"] == viewing.challenge.slug)
    return grant.finds or rule.endpoint in HOMES.get(viewing.role, ())


def challenge_of(noun: object) -> Challenge | None:
    """Return the challenge a noun belongs to, or None if it belongs to none."""
    while noun is not None and not isinstance(noun, Challenge):
        noun = next((getattr(noun, step) for step in LEADS_TO_CHALLENGE if hasattr(noun, step)), None)
    return noun


@gate.checked_by
def _one_finds_it_too(find: gate.Find, values: Mapping[str, object], noun: object) -> None:
    """Show no more than the person could find as themselves, and nothing of another challenge."""
    viewing: Viewing | None = g.get("viewing")
    if viewing is None:
        return
    if challenge_of(noun) is not viewing.challenge:
        raise Elsewhere
    with as_oneself():
        find(**values)


def init(app: Flask) -> None:
    """Check every request, and let every page show the mark."""
    app.before_request(_look)
    app.jinja_env.globals.update(shown_as=lambda: g.get("shown_as"))

    @app.errorhandler(Elsewhere)
    def elsewhere(_error: Elsewhere) -> ResponseReturnValue:
        return redirect(url_for(STATUS, elsewhere=1))
