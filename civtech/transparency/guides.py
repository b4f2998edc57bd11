"""The guides in `docs`, as pages: one for each role, and a few about rules that concern everyone."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

import config
from civtech.core.text import N_, Text
from civtech.organisations.models import OrganisationKind
from civtech.people.models import ProgrammeRole, User

FOLDER = config.ROOT / "docs"
INDEX = "README"
CODE = ("fence", "code_block")
HEADINGS = {"h2": "govuk-heading-l", "h3": "govuk-heading-m", "h4": "govuk-heading-s"}
CLASSES = HEADINGS | {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href"},
    "div": {"role", "tabindex", "aria-label"},
    "ol": {"start"},
    "td": {"data-label"},
    "th": {"scope"},
}


@dataclass(frozen=True)
class Guide:
    """One guide: its name in addresses and in `docs`, what links call it, and who reads it first."""

    name: str
    title: Text
    concerns: Callable[[User], bool] = lambda _person: False


def _in_role(role: ProgrammeRole) -> Callable[[User], bool]:
    return lambda person: bool(person.reach(role))


def _acts_for(*kinds: OrganisationKind) -> Callable[[User], bool]:
    return lambda person: bool(person.organisations(*kinds))


GUIDES = {
    guide.name: guide
    for guide in (
        Guide(
            "applicants",
            Text(N_("Guide for applicants")),
            _acts_for(OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL),
        ),
        Guide("sponsors", Text(N_("Guide for sponsors")), _acts_for(OrganisationKind.PUBLIC_BODY)),
        Guide("judges", Text(N_("Guide for judges")), _in_role(ProgrammeRole.JUDGE)),
        Guide("panel-secretaries", Text(N_("Guide for panel secretaries")), _in_role(ProgrammeRole.SECRETARY)),
        Guide("programme-staff", Text(N_("Guide for programme staff")), _in_role(ProgrammeRole.STAFF)),
        Guide("administrators", Text(N_("Guide for administrators")), _in_role(ProgrammeRole.ADMINISTRATOR)),
        Guide("finance", Text(N_("Guide for finance")), _in_role(ProgrammeRole.FINANCE)),
        Guide("auditors", Text(N_("Guide for auditors")), _in_role(ProgrammeRole.AUDITOR)),
        Guide("rights-and-money", Text(N_("Guide to rights and money"))),
        Guide("pathways", Text(N_("Guide to pathways"))),
        Guide("privacy", Text(N_("Guide to personal data"))),
        Guide("words", Text(N_("Words we use"))),
    )
}


@dataclass(frozen=True)
class Page:
    """A guide as HTML, and its title."""

    title: str
    html: str


def guides_for(person: User) -> list[Guide]:
    """The guides for what this person does here."""
    return [guide for guide in GUIDES.values() if guide.concerns(person)]


@cache
def page_of(name: str, root: str) -> Page:
    """Return the page of a guide, whose links to other guides begin with `root`."""
    tokens = _reader().parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    title = tokens[1].content
    html = _reader().renderer.render(list(_linked(tokens[3:], title, root)), _reader().options, {})
    return Page(title, nh3.clean(html, attributes=ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"}))


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _linked(tokens: list[Token], title: str, root: str) -> Iterator[Token]:
    """Give each element its class, headings their ids, and links their place here.

    A wide table or piece of code can be scrolled. On a narrow screen the rows of a table become blocks, so each cell
    says its column.
    """
    columns: list[str] = []
    column = 0
    regions: Counter[str] = Counter()
    for place, token in enumerate(tokens):
        if token.tag in CLASSES and token.nesting == 1:
            token.attrJoin("class", CLASSES[token.tag])
        if token.type == "heading_open":
            title = tokens[place + 1].content
            token.attrSet("id", slug_of(title))
        if token.type == "th_open":
            token.attrSet("scope", "col")
            columns.append(_plain(tokens[place + 1]))
        if token.type == "tr_open":
            column = 0
        if token.type == "td_open":
            token.attrSet("data-label", columns[column])
            column += 1
        if token.type == "table_open":
            columns = []
        if token.type in {"table_open", *CODE}:
            regions[title] += 1
            yield Token("scroll_open", "div", 1, attrs=_scrolled(title, regions[title]))
        if token.children is not None:
            token.children = list(_inside(token.children, root))
        yield token
        if token.type in {"table_close", *CODE}:
            yield Token("scroll_close", "div", -1)


def _plain(inline: Token) -> str:
    """The words of a piece of text, without its marks."""
    return "".join(part.content for part in inline.children or ())


def _scrolled(title: str, number: int) -> dict[str, str | int | float]:
    """The marks of the `number`th region under a heading. Each has its own name."""
    name = title if number == 1 else f"{title} ({number})"
    return {"class": "scroll", "role": "region", "aria-label": name, "tabindex": "0"}


def _inside(tokens: list[Token], root: str) -> Iterator[Token]:
    """Point links to other guides at their pages. A link to a document that is no guide becomes plain text."""
    dropped = False
    for token in tokens:
        if token.type == "link_open":
            href = _address(str(token.attrGet("href")), root)
            dropped = href is None
            token.attrSet("href", href or "")
            token.attrJoin("class", CLASSES["a"])
        if not (dropped and token.type in {"link_open", "link_close"}):
            yield token


def _address(href: str, root: str) -> str | None:
    parts = urlsplit(href)
    if parts.scheme or not parts.path:
        return href
    name = parts.path.removesuffix(".md")
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if name == INDEX:
        return f"{root}{fragment}"
    return f"{root}/{name}{fragment}" if name in GUIDES else None


def slug_of(heading: str) -> str:
    """The id of a heading, as links in the documents write it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
