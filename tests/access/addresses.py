"""Every address that people can try: the routes, with an address for each state of the thing that it names."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tests.access.world import Guide

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
BEHIND = (
    ("/accessibility/problems/<", "problem"),
    ("/account/identities/<", "sign-in elsewhere"),
    ("/account/passkeys/<", "passkey"),
    ("/account/sessions/<", "session"),
    ("/agreements/<", "agreement"),
    ("/assignments/<", "assignment"),
    ("/audit/<", "audit entry"),
    ("/challenges/<slug>/panels/<stage_key>/conflicts/<", "possible conflict"),
    ("/challenges/<slug>/panels/<stage_key>/ranking/<", "scores"),
    ("/challenges/<slug>/panels/<", "panel"),
    ("/challenges/<slug>/questions/<", "question"),
    ("/challenges/<slug>/rights/<", "check of rights"),
    ("/challenges/<", "challenge"),
    ("/data-protection/holds/<", "hold"),
    ("/data-protection/requests/<", "request for erasure"),
    ("/decisions/<", "decision"),
    ("/invitations/<", "invitation"),
    ("/milestones/<", "milestone"),
    ("/organisations/<reference>/invitations/<", "organisation's invitation"),
    ("/organisations/<reference>/members/<", "membership"),
    ("/organisations/<reference>/requests/<", "request to join"),
    ("/organisations/join/<", "request to join"),
    ("/organisations/<", "organisation"),
    ("/outbox/<", "mail"),
    ("/proposals/<", "proposal"),
    ("/register/<", "challenge"),
    ("/releases/<", "release"),
    ("/rights-statements/<reference>/background/<", "background"),
    ("/rights-statements/<", "rights statement"),
    ("/roles/<", "grant"),
    ("/rounds/<", "round"),
)
"""What the values in an address name, by the start of its route. The first match counts."""

NOTHING_BEHIND = {
    "/account/second-factor/<token>": "the token is a step of one's own set-up",
    "/address/<secret>": "opened by the secret of a mail, whoever comes; tests/people has one",
    "/confirmation/<token>": "the same",
    "/new-password/<token>": "the same",
    "/sign-in/with/<name>": "a provider that the operator sets; tests/people has some",
    "/sign-in/with/<name>/answer": "the same",
    "/help/<guide>": "a document of ours; tests/transparency reads each",
    "/static/<path:filename>": "files, which know no one",
}
MISSING = (
    "%s is new, and nothing says what its address names. Add how it begins to BEHIND in tests/access/addresses.py, and "
    "the thing it names in every state that matters to tests/access/things. A route that names nothing of ours goes to "
    "NOTHING_BEHIND, with the reason. Then: make access-table"
)


@dataclass(frozen=True)
class Address:
    """What one can try: a route with a method, the state of the thing behind it, and an address."""

    rule: str
    endpoint: str
    method: str
    state: str
    url: str


def addresses_of(app: Flask, world: Guide) -> list[Address]:
    """Every route with each of its methods, and with each state of the thing it names."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        for state, values in _states(rule, world):
            url = adapter.build(rule.endpoint, {name.lstrip("?"): value for name, value in values.items()})
            methods = [method for method in METHODS if method in (rule.methods or ())]
            found += [Address(rule.rule, rule.endpoint, method, state, url) for method in methods]
    return sorted(found, key=lambda address: (address.rule, METHODS.index(address.method), address.endpoint))


def _states(rule: Rule, world: Guide) -> Iterator[tuple[str, dict[str, str | int]]]:
    if not rule.arguments:
        yield "", {}
    elif rule.rule in NOTHING_BEHIND:
        yield "nothing there", dict.fromkeys(rule.arguments, "nothing")
    else:
        what = next((what for beginning, what in BEHIND if rule.rule.startswith(beginning)), None)
        for state, values in world.things[what].items() if what else ():
            assert rule.arguments <= set(values), (rule.rule, what, state)
            yield state, {name: value for name, value in values.items() if name in rule.arguments or name[0] == "?"}


def missing(app: Flask, found: list[Address]) -> list[str]:
    """Routes without an address, each with what to do."""
    known = {address.rule for address in found}
    return [MISSING % rule.rule for rule in app.url_map.iter_rules() if rule.rule not in known]
