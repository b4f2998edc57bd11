"""How a later package adds to an earlier one's pages without being imported by it.

`@panel("challenges.show", "agreements")` adds a block to a page. `@first_step` adds to what “Needs your attention”
shows when it is empty. `@progress("proposals", "work")` shows in a list how far each item is.
`@duty` says whose work requires a second factor. `scope("round", …)` lets a role apply to one item of that kind.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import Markup

from civtech.core.text import Text
from civtech.web.ordering import Ordered, declared_in

if TYPE_CHECKING:
    from civtech.people.models import User

Subject: TypeAlias = Any
"""What a block or a list is about. Each function takes the nouns of its own page, and one registry keeps them all."""
Panel: TypeAlias = "Callable[[User, Subject], Markup | str | None]"


@dataclass(frozen=True)
class FirstStep:
    """A first step: what to do, why and where (no URL if there is nothing to do)."""

    title: Text
    text: Text
    url: str | None = None
    label: Text | None = None


@dataclass(frozen=True)
class Progress:
    """How far something is: the label and colour of its tag, then what comes next, where to do it and by when.

    `over` means that nothing comes next.
    """

    label: Text
    colour: str
    title: str = ""
    text: str = ""
    url: str | None = None
    action: str | None = None
    due: datetime | None = None
    over: bool = False


@dataclass(frozen=True)
class ScopeNames:
    """The nouns of one kind that a role can be granted for: their names, and the choices to offer."""

    kind: str
    names: Callable[[Sequence[str]], Mapping[str, str]]
    choices: Callable[[], Mapping[str, str]]


FirstSteps: TypeAlias = "Callable[[User], Iterable[FirstStep]]"
Duty: TypeAlias = "Callable[[User], bool]"
ProgressReader = Callable[[Sequence[Subject], datetime], Mapping[int, Progress]]

_progress: dict[str, Ordered[ProgressReader]] = defaultdict(Ordered)
_panels: dict[str, Ordered[Panel]] = defaultdict(Ordered)
_first_steps: list[FirstSteps] = []
_duties: list[Duty] = []
_scopes: dict[str, ScopeNames] = {}


def panel(page: str, name: str, *, after: str | None = None, before: str | None = None) -> Callable[[Panel], Panel]:
    """Add what the function `(actor, subject)` returns to `page`, under a name of its own; None adds nothing."""
    return declared_in(_panels, page, name, after=after, before=before)


def panels(page: str, actor: "User", subject: object) -> list[Markup]:
    """The blocks that later packages add to `page` for this actor and subject."""
    blocks = (function(actor, subject) for function in _panels[page])
    return [Markup(block) for block in blocks if block]  # noqa: S704


def first_step(function: FirstSteps) -> FirstSteps:
    """Suggest what a person can start with when they have no tasks: a function `(actor)` that yields steps.

    Steps from later packages come first.
    """
    _first_steps.insert(0, function)
    return function


def first_steps(actor: "User") -> list[FirstStep]:
    """What this person can start with."""
    return [step for function in _first_steps for step in function(actor)]


def duty(function: Duty) -> Duty:
    """Declare a duty that requires a second factor: the function tells whether a person has it."""
    _duties.append(function)
    return function


def has_duty(actor: "User") -> bool:
    """Whether this person has a duty that requires a second factor."""
    return any(function(actor) for function in _duties)


def progress(kind: str, name: str, *, after: str | None = None) -> Callable[[ProgressReader], ProgressReader]:
    """Say how far items of one kind are, with a function `(things, at)` that returns `Progress` by id where it can.

    It runs a constant number of queries for any number of items. What comes `after` another overrides it, but is not
    asked about an item that the other reports as `over`.
    """
    return declared_in(_progress, kind, name, after=after, before=None)


def progress_of(kind: str, things: Sequence[Subject], at: datetime) -> dict[int, Progress]:
    """How far each of `things` is, by id, where a package can tell."""
    progress: dict[int, Progress] = {}
    for function in _progress[kind]:
        if going_on := [thing for thing in things if thing.id not in progress or not progress[thing.id].over]:
            progress |= function(going_on, at)
    return progress


def scope(
    kind: str, *, names: Callable[[Sequence[str]], Mapping[str, str]], choices: Callable[[], Mapping[str, str]]
) -> None:
    """Let roles be granted for nouns of this kind: their names by reference, and the choices to offer, in order.

    `roles` only keeps the kind and reference of what a role applies to. The noun's own package knows its name.
    """
    _scopes[kind] = ScopeNames(kind, names, choices)


def scope_choices() -> list[tuple[str, str, str]]:
    """Kind, reference and name of everything a role can be granted for, apart from the whole programme."""
    return [(scope.kind, reference, name) for scope in _scopes.values() for reference, name in scope.choices().items()]


def scope_names(references: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The names of the nouns with these references, given by kind. Runs one query for each kind."""
    names: dict[str, str] = {}
    for kind, wanted in references.items():
        if wanted and kind in _scopes:
            names |= _scopes[kind].names(wanted)
    return names
