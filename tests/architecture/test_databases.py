"""Tests that test the database itself have a mark, and run on both databases."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests

FOLDER = Path(tests.__file__).parent
TRIES = r"\bIntegrityError\b|\bin_threads\(|\bin_processes\("
"""What guards refuse, and races. The helpers from `tests.support.sql` are added."""
SQL = "tests.support.sql"
ELSEWHERE = {
    "architecture": "looks at the texts of guards, or at SQLite's own way to replace rows",
    "core/test_turns.py": "SQLite's turns",
    "unit": "has no database",
}


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def plain_sql(tree: ast.Module) -> set[str]:
    """The helpers for plain SQL that a file has imported."""
    found = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == SQL]
    return {alias.name for node in found for alias in node.names} - {"moment", "without"}


def is_marked(marks: list[ast.expr]) -> bool:
    return any("both_databases" in ast.unparse(mark) for mark in marks)


def unmarked(source: str) -> Iterator[str]:
    """The tests in a file without the mark that test the database, themselves or through a function in the file."""
    tree = ast.parse(source)
    if any(
        isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark" and is_marked([node.value])
        for node in tree.body
    ):
        return
    beside = functions(tree)
    tries = re.compile("|".join([TRIES, *(rf"\b{name}\(" for name in plain_sql(tree))]))
    trying = {name for name, node in beside.items() if tries.search(ast.unparse(node))}
    while more := {
        name
        for name, node in beside.items()
        if name not in trying and trying & {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}
    }:
        trying |= more
    for name in sorted(trying):
        if name.startswith("test_") and not is_marked(beside[name].decorator_list):
            yield name


def test_who_tries_the_database_is_marked_for_both() -> None:
    files = sorted(FOLDER.rglob("test_*.py"))
    found = {
        str(file.relative_to(FOLDER)): names
        for file in files
        if not str(file.relative_to(FOLDER)).startswith(tuple(ELSEWHERE))
        and (names := list(unmarked(file.read_text())))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("mark", "named"),
    [("", ["test_it"]), ('@pytest.mark.both_databases("guards")\n', []), ("@pytest.mark.journey\n", ["test_it"])],
)
def test_a_test_without_the_mark_is_named(mark: str, named: list[str]) -> None:
    beside = f"from {SQL} import refused\n\n\ndef move(world):\n    return refused('UPDATE x')\n\n\n"
    assert list(unmarked(f"{beside}{mark}def test_it(world):\n    assert 'stays' in move(world)\n")) == named
