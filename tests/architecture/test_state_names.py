"""Pages and code ask a state which one it is. They never compare its saved value, its label or a translated text."""

import ast
import re
from pathlib import Path

import pytest

import civtech
from civtech.challenges.models import ChallengeState
from civtech.core.state import Kind

SOURCE = Path(civtech.__file__).parent
TEMPLATES = sorted((SOURCE / "templates").rglob("*.html"))
CODE = sorted(SOURCE.rglob("*.py"))
FACES = {"value", "label", "colour"}

ASKED = re.compile(r"\b(?:\w+\.)*(?:state|phase|kind|role|basis|scheme|step|cancelled_for|scope_kind)\.is_(\w+)")
TRANSLATED = r"(?:_|gettext|ngettext)\("
COMPARED = [
    # a state's value or label compared with a text: `state.value == "draft"`, `state.label in [...]`
    re.compile(r"\.(?:value|label|colour)(?:\.text)?(?:\|\w+)*\s*(?:==|!=|(?:not )?in\b)\s*[\[(]?\s*[\"'](?![\"'])"),
    re.compile(r"[\"']\s*(?:==|!=)\s*[\w.]+\.(?:value|label|colour)\b"),
    # a state compared with a text: `state == "draft"`
    re.compile(r"\b(?:state|phase)\s*(?:==|!=|(?:not )?in\b)\s*[\[(]?\s*[\"']"),
    # a filter's test of a value or a label: `selectattr("state.label", "equalto", ...)`
    re.compile(r"attr\(\s*[\"'][\w.]*(?:value|label|colour)[\"']\s*,"),
    # a translated text compared with anything
    re.compile(rf"(?:==|!=|\bin|equalto[\"'],)\s*[\[(]?\s*{TRANSLATED}"),
    re.compile(r"\|t\s*(?:==|!=)|(?:==|!=)\s*[\w.]+\|t\b"),
]


def compared_in_template(text: str) -> list[str]:
    """The expressions in a template that compare a value or label of a state, or a translated text."""
    inside = re.findall(r"{[{%].*?[%}]}", text, re.DOTALL)
    return [part for part in inside if any(rule.search(part) for rule in COMPARED)]


def is_translated(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "_l", "gettext", "ngettext", "N_"}


def is_face(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in FACES


def is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(is_text, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def compared_in_code(text: str) -> list[str]:
    """The comparisons in code of a state, its value or its label with a text, and of a translated text."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            stateful = any(is_face(side) or getattr(side, "attr", "") in {"state", "phase"} for side in sides)
            if any(map(is_translated, sides)) or (stateful and any(map(is_text, sides))):
                found.append(ast.unparse(node))
    return found


def kinds() -> set[type[Kind]]:
    """Every enumeration that templates can ask."""
    found, wanted = set(), [Kind]
    while wanted:
        below = wanted.pop().__subclasses__()
        found |= set(below)
        wanted += below
    return found


def test_no_template_compares_a_value_a_label_or_a_translated_text():
    assert {str(path): said for path in TEMPLATES if (said := compared_in_template(path.read_text()))} == {}


def test_no_code_compares_a_value_a_label_or_a_translated_text():
    assert {str(path): said for path in CODE if (said := compared_in_code(path.read_text()))} == {}


def test_templates_ask_for_members_that_exist(app):
    members = {name.lower() for kind in kinds() for name in kind.__members__}
    asked = {name for path in TEMPLATES for name in ASKED.findall(path.read_text())}
    assert len(asked) > 30
    assert asked - members == set()


@pytest.mark.parametrize(
    "expression",
    [
        '{% if challenge.state.value == "draft" %}',
        '{% if challenge.state.value in ["draft", "proposed"] %}',
        '{% if state == "draft" %}',
        "{{ 'x' if part.state.label == _('Written') }}",
        '{% set first = items|selectattr("state.label", "equalto", _("Not written yet"))|first %}',
        '{% set due = milestones|selectattr("state.value", "equalto", "due") %}',
        '{% if item.title == _("Title and summary") %}',
        "{% if state.label|t == word %}",
        '{% if "draft" == challenge.state.value %}',
        '{% if not ready and\n   phase.value != "open" %}',
    ],
)
def test_a_comparison_in_a_template_is_found(expression):
    assert compared_in_template(f"<p>{expression}</p>")


@pytest.mark.parametrize(
    "expression",
    [
        "{% if challenge.state.is_draft %}",
        "{% if state is sameas wanted %}",
        '<option value="{{ state.value }}">{{ state.label|t }}</option>',
        '{% if form.type == "MoneyField" %}{{ _("Money") }}',
        '{{ _("Open") if phase.is_open else _("Closed") }}',
        '{% if row.value == "" %}{% endif %}{% if name in ["draft"] %}',
    ],
)
def test_what_is_no_such_comparison_is_left_alone(expression):
    assert compared_in_template(expression) == []


@pytest.mark.parametrize(
    "code",
    [
        'challenge.state == "draft"',
        'challenge.state.value in ("draft", "proposed")',
        'challenge.state.label == "Draft"',
        'error == gettext("Draft")',
        'N_("Draft") != text',
    ],
)
def test_a_comparison_in_code_is_found(code):
    assert compared_in_code(code)


def test_a_state_answers_which_one_it_is_and_refuses_one_that_does_not_exist():
    assert ChallengeState.DRAFT.is_draft
    assert not ChallengeState.DRAFT.is_published
    for name in ("is_finished", "draft", "is_"):
        with pytest.raises(AttributeError, match="ChallengeState has no"):
            getattr(ChallengeState.DRAFT, name)


def test_a_template_that_asks_for_a_state_that_does_not_exist_fails(app):
    page = app.jinja_env.from_string("{% if state.is_finished %}x{% endif %}")
    with pytest.raises(Exception, match="is_finished"):
        page.render(state=ChallengeState.DRAFT)
