"""Every page for every role on the demonstration data: it answers, it is valid HTML, it reads and never writes.

We parse each page once, and every check uses the result.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import String, cast, func, select

from civtech.core.db import db
from civtech.oversight.models import AuditEntry
from tests.support.demonstration import Seen

PLACEHOLDER = re.compile(r"%%|%\{|%\(")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
Fault = tuple[Any, ...]
DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
OF_DAY = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?"
OFFSET = r"(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)"
WHOLE = r"-?\d+"
MACHINE_READ = {
    "datetime": re.compile(rf"{DAY}([T ]{OF_DAY}{OFFSET})?", re.ASCII),
    "lang": re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII),
    "colspan": re.compile(r"[1-9]\d{0,3}", re.ASCII),
    "rows": re.compile(r"[1-9]\d*", re.ASCII),
    "maxlength": re.compile(r"\d+", re.ASCII),
    "tabindex": re.compile(WHOLE, re.ASCII),
    "max": re.compile(rf"{WHOLE}(\.\d+)?", re.ASCII),
    "min": re.compile(rf"{WHOLE}(\.\d+)?", re.ASCII),
}
"""What attributes for machines may be, in HTML's words: a valid date with an optional time and offset, and so on."""


@dataclass(frozen=True)
class Page:
    """A parsed page, with what the parser found wrong with it."""

    document: Element
    errors: list[tuple[Any, ...]]

    @classmethod
    def parsed(cls, text: str) -> "Page":
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        return cls(parser.parse(text), parser.errors)

    @property
    def title(self) -> str:
        return "".join(next(self.document.iter("title")).itertext()).strip()


def ill_formed(page: Page) -> Iterator[Fault]:
    for place, fault, _details in page.errors:
        yield place, fault


def wrong_ids(page: Page) -> Iterator[Fault]:
    ids = [element.get("id") for element in page.document.iter() if element.get("id")]
    known = set(ids)
    yield from (("twice", name) for name in known if ids.count(name) > 1)
    for element in page.document.iter():
        for attribute in REFERENCES:
            yield from ((attribute, name) for name in (element.get(attribute) or "").split() if name not in known)


def cells_without_a_column(page: Page) -> Iterator[Fault]:
    for cell in page.document.iter("td"):
        if not cell.get("data-label") and (words := "".join(cell.itertext()).strip()):
            yield (words,)


def placeholders(page: Page) -> Iterator[Fault]:
    shown = "".join(next(page.document.iter("body")).itertext())
    yield from ((found,) for found in PLACEHOLDER.findall(shown))
    for element in page.document.iter():
        for name, value in element.attrib.items():
            if name not in {"value", "href", "action"}:
                told = value.replace(" %{count} ", "") if name.startswith("data-i18n") else value
                yield from ((name, found) for found in PLACEHOLDER.findall(told))


def heading_and_language(page: Page) -> Iterator[Fault]:
    headings = list(page.document.iter("h1"))
    if len(headings) != 1 or not "".join(headings[0].itertext()).strip():
        yield "headings", len(headings)
    if not page.document.get("lang"):
        yield "language", None


def foreign_or_inline(page: Page) -> Iterator[Fault]:
    for element in page.document.iter():
        if not isinstance(element.tag, str):
            continue
        sources = {name: element.get(name) or "" for name in ("src", "srcset", "poster", "data")}
        if element.tag == "link" and element.get("rel") not in {"canonical", "alternate"}:
            sources["href"] = element.get("href") or ""
        for source in sources.values():
            if source.startswith(("http:", "https:", "//")):
                yield element.tag, source
        yield from ((element.tag, name) for name in element.attrib if name.startswith("on"))
        if element.get("style") is not None:
            yield element.tag, "style"


def values_no_machine_reads(page: Page) -> Iterator[Fault]:
    for element in page.document.iter():
        for name, shape in MACHINE_READ.items():
            value = element.get(name)
            if value is not None and isinstance(element.tag, str) and not shape.fullmatch(value):
                yield element.tag, name, value
    yield from (("time", "datetime", None) for moment in page.document.iter("time") if not moment.get("datetime"))


Check = Callable[[Page], Iterator[Fault]]
CHECKS: tuple[Check, ...] = (
    ill_formed,
    wrong_ids,
    cells_without_a_column,
    placeholders,
    heading_and_language,
    foreign_or_inline,
    values_no_machine_reads,
)


@dataclass(frozen=True)
class Read:
    """What every check found on every page, and which endpoints share a title."""

    faults: dict[Check, list[Fault]]
    titles: dict[str, set[str]]


@pytest.fixture(scope="module")
def read(seen: Seen) -> Read:
    found = Read(defaultdict(list), defaultdict(set))
    for who, visit in seen:
        if visit.response.mimetype != "text/html":
            continue
        page = Page.parsed(visit.response.text)
        if visit.response.status_code == 200:
            found.titles[page.title].add(visit.endpoint)
        for check in CHECKS:
            found.faults[check] += [(who, visit.url, *fault) for fault in check(page)]
    return found


def test_every_link_leads_to_a_page_that_one_may_see(seen):
    broken = [(who, visit.url, visit.response.status_code) for who, visit in seen if visit.response.status_code >= 400]
    assert not broken, broken


def test_looking_writes_nothing(seen):
    assert seen.written == []


def test_every_page_is_well_formed_html(read):
    assert read.faults[ill_formed] == []


def test_ids_on_a_page_are_unique_and_every_reference_to_one_is_kept(read):
    assert read.faults[wrong_ids] == []


def test_every_cell_says_its_column_where_rows_become_blocks(read):
    assert read.faults[cells_without_a_column] == []


def test_no_sentence_shows_a_placeholder(read):
    assert read.faults[placeholders] == []


def test_every_page_has_one_main_heading_a_title_of_its_own_and_a_language(read):
    assert read.faults[heading_and_language] == []
    assert {title: kinds for title, kinds in read.titles.items() if len(kinds) > 1} == {}


def test_nothing_comes_from_another_host_and_nothing_is_inline(read):
    assert read.faults[foreign_or_inline] == []


def test_e10_every_value_for_machines_is_valid(read, demonstration):
    """The demonstration has fractions of seconds, as life has; without them a wrong format could not be seen."""
    with demonstration.app_context():
        fractions = db.session.scalars(select(func.count()).where(cast(AuditEntry.at, String).like("%.______"))).one()
        whole = db.session.scalars(select(func.count()).where(cast(AuditEntry.at, String).like("%.000000"))).one()
    assert whole < fractions / 5
    assert read.faults[values_no_machine_reads] == []


def test_the_walk_reaches_most_of_the_pages_there_are(seen, demonstration):
    """Pages that links do not reach must be listed here with the reason."""
    reached = {visit.endpoint for _who, visit in seen}
    readable = {
        rule.endpoint
        for rule in demonstration.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint not in UNREACHED
    }
    assert not readable - reached, sorted(readable - reached)


UNREACHED = frozenset(
    {
        # For machines, or left out of the walk on purpose.
        "contact.security_txt",
        "demonstration.index",
        "health.alive",
        "health.ready",
        "static",
        # Only there if the operator has set up a provider; tests/people and a journey go through them.
        "elsewhere.answer",
        "elsewhere.begin",
        "identities.index",
        # Reached by a link in an email, or between two steps of signing in; tests/people shows them.
        "people.check_mail",
        "people.confirm",
        "people.say_yes",
        "elsewhere.show",
        "security.confirm_email",
        "security.mf_recovery",
        "security.mf_recovery_codes",
        "security.reset_password",
        "security.tf_select",
        "security.two_factor_rescue",
        "security.two_factor_token_validation",
        # Only while someone views a challenge as another role; tests/viewing shows it.
        "viewing.status",
        # Only when something is known about the person who acts; tests/faults/test_a3_*.py show them.
        "funding.propose",
        "judging.conflict",
        # Only once the log was signed, for which the demonstration has no key; tests/faults/test_i2_signing.py.
        "oversight.checkpoint_lines",
        "oversight.public_keys",
        # One step in a story that the demonstration has already passed; the journeys go through them.
        "challenges.answer",
        "challenges.ask",
        "challenges.edit",
        "challenges.move",
        "challenges.publish",
        "challenges.refuse_check",
        "challenges.rights",
        "challenges.send_back",
        "funding.refuse",
        "judging.decision",
        "organisations.become_company",
        "proposals.check",
        "proposals.start",
        "proposals.withdrawal",
        "stages.change_dates",
        "stages.deliver",
        "stages.new_agreement",
        "stages.edit_milestone",
        "stages.new_milestone",
        "stages.offer",
        "stages.send_back",
    }
)
