"""A template line has at most 120 characters. A message stays in one piece, so that one search finds it."""

import re
from pathlib import Path

import pytest

import civtech

TEMPLATES = Path(civtech.__file__).parent / "templates"
WIDTH = 120
AROUND_A_MESSAGE = 80
MESSAGE = re.compile(r'"[^"\n]{40,}"')


def is_too_long(line: str) -> bool:
    """Whether to break the line: it is long, and not only because of one message."""
    return len(line) > WIDTH and len(MESSAGE.sub('""', line, count=1)) > AROUND_A_MESSAGE


def test_no_template_has_lines_that_are_too_long():
    """Break them between attributes, arguments or entries."""
    assert not [
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if is_too_long(line)
    ]


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
