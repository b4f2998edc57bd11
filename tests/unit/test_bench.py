"""The measurements: that they run, on very few rows, and that their tables can be written into a document."""

from pathlib import Path

import pytest

from config import ROOT
from tests.bench.__main__ import PARTS, main
from tests.bench.growing import Growing, opened
from tests.bench.tables import against, markdown, printed, written


def test_each_part_has_a_place_in_the_document() -> None:
    text = (ROOT / "docs" / "performance.md").read_text()
    for name in PARTS:
        assert f"<!-- {name} -->" in text
        assert f"<!-- end of {name} -->" in text


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no such part: nothing" in capsys.readouterr().err


def test_a_figure_is_marked_if_it_is_larger_than_it_may_be() -> None:
    assert [against(2.0, 2.0), against(2.1, 2.0), against(1234, 2, digits=0)] == ["2.0", "2.1 !", "1,234 !"]


def test_a_table_is_printed_and_replaces_the_old_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "performance.md"
    document.write_text("Before.\n<!-- pages -->\n<!-- end of pages -->\nAfter.\n")
    rows = list(printed(("page", "ms"), [("Lists",), ("one", "1.0")]))
    written("pages", "old", document)
    written("pages", markdown(("page", "ms"), rows), document)
    assert capsys.readouterr().out.split() == ["page", "ms", "Lists", "one", "1.0"]
    assert document.read_text() == (
        "Before.\n<!-- pages -->\n| page | ms |\n| --- | --: |\n| **Lists** |  |\n| one | 1.0 |\n"
        "<!-- end of pages -->\nAfter.\n"
    )
    with pytest.raises(ValueError, match="no place for the table 'memory'"):
        written("memory", "", document)


def test_copies_belong_to_copies(demonstration_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "grown.db"
    path.write_bytes(demonstration_file.read_bytes())
    with opened(path) as connection:
        growing = Growing(connection)
        before = {table: growing.rows(table) for table in ("challenge", "proposal", "person")}
        growing.copy(2, "challenge", "challenge_round", "proposal")
        after = {table: growing.rows(table) for table in before}
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute(
            "SELECT count(DISTINCT challenge_id) FROM proposal WHERE challenge_id > ?", (before["challenge"],)
        ).fetchone() != (0,)
    assert after == {
        "challenge": 3 * before["challenge"],
        "proposal": 3 * before["proposal"],
        "person": before["person"],
    }
