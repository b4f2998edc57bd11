"""Roles in organisations are ended and kept. Every query on who acts for whom says if ended ones count."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import civtech
from civtech.core.guards import GUARDS

SOURCE = Path(civtech.__file__).parent
ABOUT_THE_PAST = {
    "organisations/personal/exporting.py:memberships",
    "organisations/personal/keeping.py:acts_for_a_public_body",
}
"""Functions that read ended memberships on purpose."""
HELD = "until IS NULL"


def readers(file: Path) -> Iterator[tuple[str, str]]:
    """Each function that names a column of `Membership`, and each such statement outside one, with its source."""
    text = file.read_text()
    for node in ast.parse(text).body:
        named = any(
            isinstance(part, ast.Attribute)
            and isinstance(part.value, ast.Name)
            and part.value.id == "Membership"
            and part.attr in {"user_id", "organisation_id", "role"}
            for part in ast.walk(node)
        )
        if named:
            yield getattr(node, "name", "a statement"), ast.get_source_segment(text, node) or ""


def test_every_query_of_memberships_says_whether_ended_ones_count():
    silent = {
        f"{file.relative_to(SOURCE)}:{name}"
        for file in SOURCE.rglob("*.py")
        for name, source in readers(file)
        if "is_held()" not in source and not source.startswith(("stays(", "withheld(", "decides("))
    }
    assert silent == ABOUT_THE_PAST


def test_every_guard_asks_the_views_and_says_whether_ended_roles_count():
    tables = r"(FROM|JOIN) (membership|role_grant)\b"
    own = {"role_grant_is_not_doubled_on_insert", "role_grant_is_not_doubled_on_update"}
    assert {guard.name for guard in GUARDS.values() if re.search(tables, guard.condition)} == own
    reading = {guard.name: guard.condition for guard in GUARDS.values() if "acting_for" in guard.condition}
    assert {name for name, condition in reading.items() if HELD not in condition} == set()


def test_no_guard_on_a_membership_forgets_that_it_can_end():
    own = {guard.name for guard in GUARDS.values() if guard.table == "membership" and guard.on != "INSERT"}
    assert {name for name in own if "until" not in GUARDS[name].condition} == {"membership_never_goes"}
