"""Who may what, read from the application itself: its URL map, and what each view declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import Flask

from civtech.core.policy import POLICIES
from civtech.core.text import N_
from civtech.web.gate import Grant, grant_of

EVERYBODY = N_("Everybody.")
AREAS = {
    "accounts": N_("Accounts, companies and public bodies"),
    "programmes": N_("Rounds and stages"),
    "challenges": N_("Challenges and questions"),
    "proposals": N_("Proposals"),
    "judging": N_("Judging and decisions"),
    "rights": N_("Rights statements"),
    "stages": N_("Stage agreements and milestones"),
    "funding": N_("Money"),
    "notifications": N_("Mails"),
    "oversight": N_("Audit log"),
    "transparency": N_("What the public may follow"),
    "privacy": N_("Personal data"),
}
NOT_SAID = frozenset({"HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Way:
    """One way into the application."""

    package: str
    path: str
    methods: tuple[str, ...]
    endpoint: str
    policy: str
    who: str
    because: str = ""


@dataclass(frozen=True)
class Rule:
    """One policy, where it is asked, and its sentence."""

    name: str
    act: str
    sentence: str
    guards: int


def ways(app: Flask) -> list[Way]:
    """Every route with its methods and who may use it, by package and address."""
    found = []
    for rule in app.url_map.iter_rules():
        grant = grant_of(app, rule)
        found.append(
            Way(
                package=rule.endpoint.split(".")[0],
                path=rule.rule,
                methods=tuple(sorted((rule.methods or set()) - NOT_SAID)),
                endpoint=rule.endpoint,
                policy=grant.policy.name if grant and grant.policy else "",
                who=_who(grant),
                because=grant.public_because if grant else "",
            )
        )
    return sorted(found, key=lambda way: (way.package, way.path, way.methods, way.endpoint))


def _who(grant: Grant | None) -> str:
    if grant is None:
        return "Nobody has said."
    return grant.policy.sentence if grant.policy else EVERYBODY


def rules(app: Flask) -> list[Rule]:
    """Every policy with its sentence; `guards` is how many routes ask it (buttons and other policies may too)."""
    asked = [way.policy for way in ways(app)]
    return [Rule(name, policy.act, policy.sentence, asked.count(name)) for name, policy in sorted(POLICIES.items())]


def by_area(app: Flask) -> Mapping[str, list[Rule]]:
    """The rules of each area, in the order of a challenge's life."""
    grouped: dict[str, list[Rule]] = {area: [] for area in AREAS}
    for rule in rules(app):
        grouped.setdefault(rule.name.partition(".")[0], []).append(rule)
    return {AREAS.get(area, area): found for area, found in grouped.items() if found}


def by_package(app: Flask) -> Mapping[str, list[Way]]:
    """The routes of each package."""
    return {package: list(found) for package, found in groupby(ways(app), key=lambda way: way.package)}


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def table(app: Flask) -> str:
    """The access table in Markdown."""
    lines = ["| route | methods | who may |", "| --- | --- | --- |"]
    lines += [
        f"| `{_cell(way.path)}` | {', '.join(way.methods)} | {_cell(f'{way.who} {way.because}')} |" for way in ways(app)
    ]
    return "\n".join(lines)
