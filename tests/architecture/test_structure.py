"""The structure stays as planned."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from civtech.web import registries

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "civtech"
FORBIDDEN = {"utils", "helpers", "services", "repositories", "common", "misc"}
LONGEST = 320
FILES = sorted(path for path in SOURCE.rglob("*.py"))


def test_nothing_is_called_by_a_name_that_says_nothing():
    assert [path for path in FILES if FORBIDDEN & set(path.with_suffix("").parts[len(ROOT.parts) :])] == []


def test_no_file_eats_the_code_base():
    assert [(str(path), count) for path in FILES if (count := len(path.read_text().splitlines())) > LONGEST] == []


@pytest.mark.parametrize("pattern", [r"datetime\.now\(", r"datetime\.utcnow", r"date\.today\(", r"time\.time\("])
def test_only_the_clock_asks_for_the_time(pattern):
    asking = [path.name for path in FILES if re.search(pattern, path.read_text())]
    assert [name for name in asking if name != "clock.py"] == []


def test_only_three_places_commit():
    committing = {str(path.relative_to(SOURCE)) for path in FILES if "session.commit(" in path.read_text()}
    assert committing <= {"core/db.py", "web/transaction.py", "demo/director.py"}


def test_pages_ask_for_panels_where_a_package_adds_some_and_only_there(app):
    templates = (path.read_text() for path in (SOURCE / "templates").rglob("*.html"))
    asking = {page for text in templates for page in re.findall(r'panels\("([^"]+)"', text)}
    assert asking == {page for page, blocks in registries._panels.items() if list(blocks)}


def test_every_module_says_what_it_is_for():
    assert [
        name for path, name in ((path, path.name) for path in FILES) if not path.read_text().startswith('"""')
    ] == []


def test_what_model_and_guard_both_say_is_written_once():
    """A sentence written twice will differ one day, so the guard takes it from the model."""
    said: dict[str, set[str]] = defaultdict(set)
    for file in SOURCE.glob("*/models/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_" and len(node.args) == 1:
                said[ast.literal_eval(node.args[0])].add(file.name)
    twice = {words for words, files in said.items() if len(files) > 1 and any("guards" in name for name in files)}
    assert twice == set()


@pytest.mark.parametrize("module", ["civtech", "civtech.people.models", "civtech.proposals.queries"])
def test_whatever_is_imported_first_finds_every_class_that_a_person_names(module):
    """`people` names memberships and grants in strings, because their packages come later."""
    program = f"import {module}; from sqlalchemy.orm import configure_mappers; configure_mappers()"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_rule_for_buttons_has_one_spelling():
    """`may(policy, verb, noun)` asks what the button's request will ask: whether it is allowed, and possible now."""
    by_hand = re.compile(r"can\([^()]*\) and (\w+\.)?possible\(")
    asking = [str(path.relative_to(SOURCE)) for path in FILES if by_hand.search(path.read_text())]
    assert asking == ["web/display.py"]
