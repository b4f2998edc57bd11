"""B6: a total of 59.95 with a pass mark of 60 was shown as “60.0% Does not pass”."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from babel import Locale
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from civtech.judging.ranking import rank
from civtech.programmes.models import HIGHEST_POINTS, Criterion
from civtech.web import formats
from config import ROOT

TEMPLATES = ROOT / "civtech/templates"
BRITISH = Locale.parse("en_GB")


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(5995, 100), "59.9"),
        (Fraction(59999, 1000), "59.9"),
        (Fraction(60), "60.0"),
        (Fraction(179, 3), "59.6"),
        (Fraction(299, 100), "2.9"),
        (64.1, "64.1"),
        (0, "0.0"),
        (100, "100.0"),
    ],
)
def test_a_score_is_never_rounded_up(exact: Fraction | float, shown: str) -> None:
    assert formats.tenths(exact, BRITISH) == shown


@given(
    points=st.lists(st.lists(st.integers(0, HIGHEST_POINTS), min_size=3, max_size=3), min_size=1, max_size=7),
    weights=st.tuples(st.integers(1, 98), st.integers(1, 98)).filter(lambda pair: sum(pair) < 100),
    mark=st.integers(0, 100),
    threshold=st.integers(1, HIGHEST_POINTS),
)
def test_whatever_the_scores_the_total_and_the_average_agree_with_the_verdict(
    points: list[list[int]], weights: tuple[int, int], mark: int, threshold: int
) -> None:
    criteria = [
        Criterion(id=number, name=str(number), weight=weight, threshold=threshold)
        for number, weight in enumerate([*weights, 100 - sum(weights)])
    ]
    cards = {"team": [dict(enumerate(card)) for card in points]}
    (entry,) = rank(criteria, cards, pass_mark=mark, quorum=1)
    below_mark = float(formats.tenths(entry.total, BRITISH)) < mark
    below = [each.name for each in criteria if float(formats.tenths(entry.means[each.id], BRITISH)) < threshold]
    assert below == list(entry.below)
    assert entry.passes is (not below_mark and not below)


@pytest.mark.parametrize(
    ("share", "shown"), [(0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.996, "99%"), (0.9999, "99%"), (1, "100%")]
)
def test_only_all_of_it_is_a_hundred_per_cent(share: float, shown: str) -> None:
    assert formats.percent(share, BRITISH) == shown


def test_pages_show_scores_in_this_way_only(app: Flask) -> None:
    assert "tenths" in app.jinja_env.filters
    rounding = {
        (page.name, line.strip())
        for page in TEMPLATES.rglob("*.html")
        for line in page.read_text().splitlines()
        if re.search(r"%\.\d+f", line) and "spread" not in line
    }
    assert rounding == set()
    code = [path for path in Path(ROOT / "civtech/judging").rglob("*.py") if re.search(r":\.\d+f", path.read_text())]
    assert code == []
