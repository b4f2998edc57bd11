"""`Any` switches the type checker off, so it is only where a library or the language leaves no other choice."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import civtech

SOURCE = Path(civtech.__file__).parent

ALLOWED = {
    "The library has no types, or takes anything under any name": {
        "oversight/queries.py:_Showing.create_row_processor",
        "people/sign_in/gated_views.py:View",
        "people/sign_in/gated_views.py:_checked.checked",
        "people/sign_in/pages.py:render",
        "people/sign_in/passwords.py:Passwords.validate",
        "people/sign_in/people.py:People.create_user",
        "people/sign_in/second_factor.py:person_behind",
        "web/fields/moments.py:DayField",
        "web/application.py:Application.__init__",
        "web/application.py:Application.url_for",
        "web/limits.py:init",
        "web/tasks.py:brief",
        "web/templates.py:Translating.get_template",
        "web/navigation.py:_Declared",
        "web/navigation.py:navigate",
    },
    "JSON or TOML, which has no types until something reads it": {
        "demo/words.py:Words",
        "demo/words.py:_read",
        "notifications/models.py:OutboxMessage",
        "people/sign_in/single_sign_on/client.py:Client",
        "people/sign_in/single_sign_on/client.py:Client.claims",
        "people/sign_in/single_sign_on/client.py:Client.load_server_metadata",
        "programmes/models/pathway.py:Pathway",
        "proposals/models/submission.py:Submission",
    },
    "SQLAlchemy does not know which rows a condition leaves out": {
        "core/personal.py:Engagement",
    },
    "It stands for anything that a statement can be asked about": {
        "core/statements.py:_Asked.filled",
        "core/statements.py:_Constant.__init__",
        "core/statements.py:_StandIn.__add__",
        "core/statements.py:_StandIn.__call__",
        "core/statements.py:_StandIn.__eq__",
        "core/statements.py:_StandIn.__getattr__",
        "core/statements.py:_StandIn.__init__",
        "core/statements.py:_StandIn.__sub__",
        "core/statements.py:_all",
        "core/statements.py:_ask",
        "core/statements.py:_with_constants",
    },
    "One registry or rule serves nouns of many classes": {
        "core/events.py:_subscribers",
        "proposals/forms.py:DraftForm",
        "proposals/forms.py:DraftForm.__init__",
        "web/registries.py:Subject",
    },
}


def places(source: str) -> Iterator[str]:
    """The class, function or variable around each `Any` in `source`, also where an annotation is a string."""
    yield from _places(ast.parse(source), ())


def _places(node: ast.AST, where: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        where = (*where, node.name)
    elif not where and isinstance(node, ast.Assign | ast.AnnAssign):
        where = (ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target),)
    if (isinstance(node, ast.Name) and node.id == "Any") or (isinstance(node, ast.Attribute) and node.attr == "Any"):
        yield ".".join(where)
    for child in ast.iter_child_nodes(_read_if_quoted(node)):
        yield from _places(child, where)


def _read_if_quoted(node: ast.AST) -> ast.AST:
    """The expression in a string that is one, such as `"Sequence[Any]"`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "Any" in node.value:
        try:
            return ast.parse(node.value, mode="eval")
        except SyntaxError:
            return node
    return node


def test_any_is_only_where_nothing_else_is_possible():
    """Use the real type, `object`, a Protocol or a TypedDict. Remove a place from `ALLOWED` when it has a type."""
    found = {
        f"{file.relative_to(SOURCE)}:{place}" for file in SOURCE.rglob("*.py") for place in places(file.read_text())
    }
    allowed = set().union(*ALLOWED.values())
    assert sorted(found - allowed) == []
    assert sorted(allowed - found) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(noun: Any) -> None: ...", ["f"]),
        ("class Form:\n    noun: Any\n    def say(self) -> dict[str, Any]: ...", ["Form", "Form.say"]),
        ("def f():\n    def g(noun: typing.Any): ...", ["f.g"]),
        ("Step = Callable[[Any], int]", ["Step"]),
        ('Read: TypeAlias = "Callable[[Any], Rows]"', ["Read"]),
        ('def f() -> None:\n    """Any input gives a value."""\n    cast("list[Any]", [])', ["f"]),
        ("def f(noun: object) -> None: ...", []),
    ],
)
def test_every_way_to_write_it_is_found(source, found):
    assert list(places(source)) == found
