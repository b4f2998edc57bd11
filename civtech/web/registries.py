"""How a later package reaches an earlier page without being imported by it.

`@panel("challenges.show")` adds a block to a page; `@task` adds to "what needs me now".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from civtech.core.text import Text

Panel = Callable[[Any, Any], Markup | str | None]


@dataclass(frozen=True)
class Task:
    """One thing that waits for this person: what, on what, where to do it, and by when."""

    title: Text
    url: str
    about: str = ""
    due: datetime | None = None
    group: Text = field(default_factory=lambda: Text(""))


Tasks = Callable[[Any, datetime], Iterable[Task]]

_panels: dict[str, list[tuple[int, Panel]]] = defaultdict(list)
_tasks: list[Tasks] = []


def panel(page: str, *, order: int = 50) -> Callable[[Panel], Panel]:
    """Add what the function `(actor, subject)` returns to `page`; None adds nothing. Lower orders come first."""

    def register(function: Panel) -> Panel:
        _panels[page].append((order, function))
        _panels[page].sort(key=lambda entry: entry[0])
        return function

    return register


def panels(page: str, actor: Any, subject: Any) -> list[Markup]:
    """The blocks that later packages add to `page` for this actor and subject."""
    found = (function(actor, subject) for _order, function in _panels[page])
    return [Markup(block) for block in found if block]  # noqa: S704


def task(function: Tasks) -> Tasks:
    """Add to "what needs me now": a function `(actor, at)` that yields the tasks its package knows of."""
    _tasks.append(function)
    return function


def tasks(actor: Any, at: datetime) -> list[Task]:
    """What waits for this person, the most urgent first."""
    found = [waiting for function in _tasks for waiting in function(actor, at)]
    return sorted(found, key=lambda waiting: (waiting.due is None, waiting.due or at))
