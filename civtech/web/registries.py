"""How a later package reaches an earlier page without being imported by it.

`@panel("challenges.show", "agreements")` adds a block to a page; `@task` adds to "what needs me now", and `@first_step`
to what is there while nothing does; `@progress("proposals", "work")` says in a list how far each thing has come;
`@duty` says whose work asks for a second factor; `scope("round", …)` lets a role be granted for a thing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from civtech.core.text import Text
from civtech.web.ordering import Ordered, declared_in

Panel = Callable[[Any, Any], Markup | str | None]


@dataclass(frozen=True)
class Task:
    """One thing that waits for this person: what, on what, where to do it, and by when."""

    title: Text
    url: str
    about: str = ""
    due: datetime | None = None
    group: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True)
class FirstStep:
    """One thing to begin with: what, why, and where (none: it comes by itself)."""

    title: Text
    text: Text
    url: str | None = None
    label: Text | None = None


@dataclass(frozen=True)
class Progress:
    """How far something has come: word and colour of its tag, and what comes next, where to do it and by when.

    `over` says that nothing comes next.
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
    """The nouns of one kind that a role can be granted for: what they are called, and which of them to choose from."""

    kind: str
    names: Callable[[Sequence[str]], Mapping[str, str]]
    choices: Callable[[], Mapping[str, str]]


Tasks = Callable[[Any, datetime], Iterable[Task]]
FirstSteps = Callable[[Any], Iterable[FirstStep]]
Duty = Callable[[Any], bool]
ProgressReader = Callable[[Sequence[Any], datetime], Mapping[int, Progress]]

_progress: dict[str, Ordered[ProgressReader]] = defaultdict(Ordered)
_panels: dict[str, Ordered[Panel]] = defaultdict(Ordered)
_tasks: list[Tasks] = []
_first_steps: list[FirstSteps] = []
_duties: list[Duty] = []
_scopes: dict[str, ScopeNames] = {}


def panel(page: str, name: str, *, after: str | None = None, before: str | None = None) -> Callable[[Panel], Panel]:
    """Add what the function `(actor, subject)` returns to `page`, under a name of its own; None adds nothing."""
    return declared_in(_panels, page, name, after=after, before=before)


def panels(page: str, actor: Any, subject: Any) -> list[Markup]:
    """The blocks that later packages add to `page` for this actor and subject."""
    found = (function(actor, subject) for function in _panels[page])
    return [Markup(block) for block in found if block]  # noqa: S704


def task(function: Tasks) -> Tasks:
    """Add to "what needs me now": a function `(actor, at)` that yields the tasks its package knows of."""
    _tasks.append(function)
    return function


def tasks(actor: Any, at: datetime) -> list[Task]:
    """What waits for this person, the most urgent first."""
    found = [waiting for function in _tasks for waiting in function(actor, at)]
    return sorted(found, key=lambda waiting: (waiting.due is None, waiting.due or at))


def first_step(function: FirstSteps) -> FirstSteps:
    """Say what a person can begin with, when nothing waits for them: a function `(actor)` that yields its steps.

    What a later package says comes first.
    """
    _first_steps.insert(0, function)
    return function


def first_steps(actor: Any) -> list[FirstStep]:
    """What this person can begin with."""
    return [step for function in _first_steps for step in function(actor)]


def duty(function: Duty) -> Duty:
    """Say who does what asks for a second factor: a function that answers whether this person does."""
    _duties.append(function)
    return function


def has_duty(actor: Any) -> bool:
    """Whether what this person does asks for a second factor."""
    return any(function(actor) for function in _duties)


def progress(kind: str, name: str, *, after: str | None = None) -> Callable[[ProgressReader], ProgressReader]:
    """Say how far things of one kind have come: a function `(things, at)` that answers by id, for those it knows of.

    It reads a constant number of statements whatever their number. What comes `after` another knows of later things
    and wins; it is not asked about what the other calls over.
    """
    return declared_in(_progress, kind, name, after=after, before=None)


def progress_of(kind: str, things: Sequence[Any], at: datetime) -> dict[int, Progress]:
    """How far each of `things` has come, by id, as far as a later package knows."""
    found: dict[int, Progress] = {}
    for function in _progress[kind]:
        if going_on := [thing for thing in things if thing.id not in found or not found[thing.id].over]:
            found |= function(going_on, at)
    return found


def scope(
    kind: str, *, names: Callable[[Sequence[str]], Mapping[str, str]], choices: Callable[[], Mapping[str, str]]
) -> None:
    """Let roles be granted for nouns of this kind: their names by reference, and those one may choose from, in order.

    `roles` keep kind and reference of what a role counts for; what that is called, the noun's own package knows.
    """
    _scopes[kind] = ScopeNames(kind, names, choices)


def scope_choices() -> list[tuple[str, str, str]]:
    """Kind, reference and name of everything but the whole programme that a role can be granted for."""
    return [(known.kind, reference, name) for known in _scopes.values() for reference, name in known.choices().items()]


def scope_names(references: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What the nouns with these references, given by kind, are called; a statement for each kind there is."""
    found: dict[str, str] = {}
    for kind, wanted in references.items():
        if wanted and kind in _scopes:
            found |= _scopes[kind].names(wanted)
    return found
