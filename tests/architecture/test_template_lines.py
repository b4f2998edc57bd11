"""A template line has at most 120 characters. A message stays in one piece, so that one search finds it."""

import re
from pathlib import Path

import pytest

import civtech

TEMPLATES = Path(civtech.__file__).parent / "templates"
EXEMPT = Path(__file__).parent / "long_templates.txt"
WIDTH = 120
AROUND_A_MESSAGE = 80
MESSAGE = re.compile(r'"[^"\n]{40,}"')


def is_too_long(line: str) -> bool:
    """Whether to break the line: it is long, and not only because of one message."""
    return len(line) > WIDTH and len(MESSAGE.sub('""', line, count=1)) > AROUND_A_MESSAGE


def long_templates() -> set[str]:
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if any(map(is_too_long, path.read_text().splitlines()))
    }


def test_no_template_has_lines_that_are_too_long_but_those_named():
    """Remove a template from `long_templates.txt` when its lines are broken. Do not add any."""
    assert long_templates() == set(EXEMPT.read_text().split())


@pytest.mark.parametrize(
    ("line", "too_long"),
    [
        ("x" * 120, False),
        ("x" * 121, True),
        (f'  {{{{ _("{"A long sentence. " * 10}") }}}}', False),
        (f'  {{{{ _("{"A long sentence. " * 10}") }}}}' + " x" * 40, True),
        (f'{{{{ _("{"One sentence. " * 5}") }}}}{{{{ _("{"Another sentence. " * 5}") }}}}', True),
    ],
)
def test_a_line_is_too_long_unless_one_message_makes_it_so(line, too_long):
    assert is_too_long(line) is too_long
