"""State charts of every noun, drawn from its declared transitions."""

from collections.abc import Iterator

from civtech.core.db import Model
from civtech.core.state import State
from civtech.core.workflow import AnyMove, moves_of


def nouns() -> Iterator[tuple[type, list[AnyMove]]]:
    """Yield every noun with declared transitions, by name."""
    for mapper in sorted(Model.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        if moves := list(moves_of(mapper.class_)):
            yield mapper.class_, moves


def _label(move: AnyMove) -> str:
    conditions = ", ".join(condition.name.replace("_", " ") for condition in move.conditions)
    verb = move.verb.replace("_", " ")
    return f"{verb} [{conditions}]" if conditions else verb


def _states(moves: list[AnyMove]) -> list[State]:
    kinds = {type(state) for move in moves for state in (*move.sources, move.to) if state is not None}
    return [state for kind in sorted(kinds, key=lambda kind: kind.__name__) for state in kind]


def chart(moves: list[AnyMove]) -> str:
    """Return a mermaid state chart. A state that no arrow leads to is entered by another noun's verb."""
    states = _states(moves)
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in states]
    if states:
        lines.append(f"    [*] --> {states[0].value}")
    for move in moves:
        for source in move.sources:
            lines.append(f"    {source.value} --> {(move.to or source).value}: {_label(move)}")
    return "\n".join(lines)


def charts() -> str:
    """Return the charts of all nouns in Markdown. Verbs that no state limits are in a list."""
    parts = []
    for noun, moves in nouns():
        parts.append(f"### {noun.__name__}\n")
        if drawn := [move for move in moves if move.sources]:
            parts.append(f"```mermaid\n{chart(drawn)}\n```\n")
        if free := [move for move in moves if not move.sources]:
            parts.append("".join(f"- {_label(move)}: {move.emits.label}\n" for move in free if move.emits))
    return "\n".join(parts).strip()
