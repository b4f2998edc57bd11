"""Who may do what, read from the application itself: its URL map and what each view declares.

The table in ARCHITECTURE.md lists it by address, for engineers. The page `/about/access` lists it by rule, for
everyone.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask

from civtech.core.policy import POLICIES, Policy, Proof
from civtech.core.text import N_
from civtech.web.gate import Grant, grant_of

EVERYONE = N_("Everyone.")
AREAS = (
    (N_("Your account and signing in"), ("people", "security", "identities", "acting")),
    (N_("Organisations and their members"), ("organisations", "invitations", "public_bodies")),
    (N_("Roles in the programme"), ("roles",)),
    (N_("Rounds and stages"), ("programmes",)),
    (N_("Challenges and questions"), ("challenges", "viewing")),
    (N_("Proposals"), ("proposals", "transparency")),
    (N_("Judging and decisions"), ("judging",)),
    (N_("Rights statements"), ("rights",)),
    (N_("Stage agreements and milestones"), ("stages",)),
    (N_("Money"), ("funding",)),
    (N_("Emails"), ("notifications",)),
    (N_("Audit log"), ("oversight",)),
    (N_("Personal data"), ("privacy",)),
)
ASKED_FOR = {
    Proof.SESSION: N_("Signing in is enough. You do not need a second factor."),
    Proof.OWN: N_("You need your second factor, if you have set one up."),
    Proof.DUTY: N_("You need a second factor if you hold a role, judge proposals or own a company."),
}
ASKED_ANEW = N_("You must confirm it’s you first, unless you did so in the last 15 minutes.")
NOT_SAID = frozenset({"HEAD", "OPTIONS"})


DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class Way:
    """One route into the application."""

    package: str
    path: str
    methods: tuple[str, ...]
    endpoint: str
    policy: str
    who: str
    because: str = ""
    act: str = ""


@dataclass(frozen=True)
class Rule:
    """One policy in plain words: what it governs, who may do it, and what else we ask for."""

    name: str
    acts: Sequence[str]
    sentence: str
    asks: Sequence[str]


@dataclass(frozen=True)
class OpenPage:
    """A page that is open to everyone, and why."""

    endpoint: str
    act: str
    because: str


def ways(app: Flask) -> list[Way]:
    """Return every route with its methods and who may use it, by package and address."""
    routes = []
    for rule in app.url_map.iter_rules():
        grant = grant_of(app, rule)
        routes.append(
            Way(
                package=rule.endpoint.split(".")[0],
                path=rule.rule,
                methods=tuple(sorted((rule.methods or set()) - NOT_SAID)),
                endpoint=rule.endpoint,
                policy=grant.policy.name if grant and grant.policy else "",
                who=_who(grant),
                because=grant.public_because if grant else "",
                act=grant.act if grant else "",
            )
        )
    return sorted(routes, key=lambda way: (way.package, way.path, way.methods, way.endpoint))


def _who(grant: Grant | None) -> str:
    if grant is None:
        return "Not declared."
    return grant.policy.sentence if grant.policy else EVERYONE


def rules(app: Flask) -> dict[str, list[Rule]]:
    """Return every rule by subject, in the order of a challenge's life."""
    governed: dict[str, dict[str, str]] = defaultdict(dict)
    for way in ways(app):
        governed[way.policy].setdefault(way.endpoint, way.act)
    areas: dict[str, list[Rule]] = {title: [] for title, _nouns in AREAS}
    for policy in POLICIES.values():
        acts = governed[policy.name]
        areas[_area(policy, list(acts))].append(Rule(policy.name, list(acts.values()), policy.sentence, _asks(policy)))
    return areas


def _area(policy: Policy, endpoints: Sequence[str]) -> str:
    """Return the section of the page for a rule: that of the first thing it governs."""
    noun = (endpoints[0] if endpoints else policy.name).partition(".")[0]
    return next((title for title, nouns in AREAS if noun in nouns), AREAS[0][0])


def _asks(policy: Policy) -> list[str]:
    return [ASKED_FOR[policy.proof]] + ([ASKED_ANEW] if policy.fresh else [])


def open_pages(app: Flask) -> list[OpenPage]:
    """Return what everyone may see and do, each once, with the reason."""
    pages = {way.endpoint: OpenPage(way.endpoint, way.act, way.because) for way in ways(app)}
    guarded = {way.endpoint for way in ways(app) if way.policy}
    return sorted((page for endpoint, page in pages.items() if endpoint not in guarded), key=lambda page: page.act)


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def table(app: Flask) -> str:
    """Return the access table in Markdown, without the routes that only a demonstration has."""
    lines = ["| route | methods | who may |", "| --- | --- | --- |"]
    lines += [
        f"| `{_cell(way.path)}` | {', '.join(way.methods)} | {_cell(f'{way.who} {way.because}')} |"
        for way in ways(app)
        if way.package != DEMONSTRATION
    ]
    return "\n".join(lines)
