"""A pathway file with a mistake is refused with file, place and reason, and nothing changes."""

import copy
import os
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from civtech.core.db import db
from civtech.oversight.models import AuditEntry
from civtech.programmes import presets
from civtech.programmes.models import BadPathway, Pathway, SectionTemplate, Stage
from civtech.programmes.models.document import problems_in

SHIPPED = sorted(presets.FOLDER.glob("*.toml"))
PRIZE = (presets.FOLDER / "prize.toml").read_text()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that ship, to change them."""
    for path in SHIPPED:
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(presets, "FOLDER", tmp_path)
    return tmp_path


def load(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["pathways", "load"])


def pathways() -> int:
    db.session.rollback()
    return db.session.query(Pathway).count()


def refused(app: Flask, *said: str) -> None:
    result = load(app)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    for words in said:
        assert words in result.output
    assert "Nothing has changed." in result.output
    assert (pathways(), db.session.query(AuditEntry).count()) == (0, 0)


def changed(**places: Any) -> dict[str, Any]:
    """The prize challenge with other values, like `stages__0__kind="vote"`; `...` takes one away."""
    document = tomllib.loads(PRIZE)
    for place, value in places.items():
        *way, last = (int(step) if step.isdigit() else step for step in place.split("__"))
        inner = document
        for step in way:
            inner = inner[step]
        if value is ...:
            del inner[last]
        else:
            inner[last] = value
    return document


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_pathways_that_ship_have_no_problem(path: Path) -> None:
    assert problems_in(tomllib.loads(path.read_text())) == []


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (
            "words = 800",
            "pages = 4",
            "prize.toml: sections[0].pages: is not known here. Use key, title, guidance, words, required.",
        ),
        ("words = 800", "pages = 4", "prize.toml: sections[0].words: is missing."),
        ("words = 800", "wrods = 800", "sections[0].wrods: is not known here. Did you mean words?"),
        ('kind = "sift"', 'kind = "vote"', "stages[0].kind: must be one of sift, interview, funded, not 'vote'."),
        ('kind = "sift"', 'kind = "Sift"', "Did you mean sift?"),
        (
            "threshold = 3",
            "threshold = 7",
            "stages[0].criteria[0].threshold: must be a whole number from 0 to 5, not 7.",
        ),
        ("weight = 60", "weight = 90", "stages[0].criteria: have weights that add up to 130. They must add up to 100."),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_place_and_changes_nothing(
    app: Flask, files: Path, before: str, after: str, place: str
) -> None:
    assert before in PRIZE
    (files / "prize.toml").write_text(PRIZE.replace(before, after, 1))
    refused(app, place)


@pytest.mark.both_databases("locks")
def test_every_mistake_in_every_file_is_listed_at_once(app: Flask, files: Path) -> None:
    (files / "prize.toml").write_text(PRIZE.replace("words", "pages").replace("weight = 60", "weight = 90"))
    (files / "sbri.toml").write_text("name = ")
    refused(
        app,
        "prize.toml: stages[0].criteria: have weights",
        "prize.toml: sections[0].pages",
        "prize.toml: sections[1].pages",
        "sbri.toml: This is not TOML: Invalid value (at end of document).",
    )


def test_a_file_that_is_corrected_is_loaded(app: Flask, files: Path) -> None:
    (files / "prize.toml").write_text(PRIZE.replace("words = 800", "pages = 4"))
    refused(app, "pages")
    (files / "prize.toml").write_text(PRIZE)
    assert load(app).exit_code == 0
    assert pathways() == 4


def test_a_mistake_in_a_new_version_leaves_the_old_version_the_newest(app: Flask, files: Path) -> None:
    load(app)
    (files / "prize.toml").write_text(PRIZE.replace("words = 800", "words = 0"))
    (files / "sbri.toml").write_text((files / "sbri.toml").read_text().replace("weeks = 17", "weeks = 18"))
    assert "sections[0].words" in load(app).output
    assert pathways() == 4


@pytest.mark.takes(12, "One of the files is as large as a file may be.")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b" \n\n", "This file is empty."),
        (b'name = "A"\nname = "B"\nx = 1', "Cannot overwrite a value (at line 2"),
        (b'name = "A"\n\nx = [1,', "This is not TOML"),
        (b'name = "A"\n# caf\xe9\n', "line 2: this is not UTF-8 text."),
        (PRIZE.encode("utf-16"), "this is not UTF-8 text"),
        (b"\xef\xbb\xbf" + PRIZE.encode(), "This is not TOML"),
        (b"#" * 300_000, "This file is larger than 200,000 bytes."),
        (b"a = " + b"[" * 90_000, "too large"),
        (b"a = 1" + b"0" * 9_000, "too large"),
        (PRIZE.replace("words = 800", "words = 0x" + "f" * 9_000).encode(), "not a number as large as this"),
        (PRIZE.replace("words = 800", ".".join(["words"] * 9_000) + " = 1").encode(), "sections[0].words: must be"),
        (b"".join(b"a%d = 1\n" % number for number in range(15_000)), "14980 more names that are not known here"),
        (b"a = 2027-01-01", "a: is not known here."),
        (b"\0", "This is not TOML"),
    ],
)
def test_a_file_that_is_no_pathway_is_refused_in_words(app: Flask, files: Path, content: bytes, said: str) -> None:
    (files / "odd.toml").write_bytes(content)
    refused(app, "odd.toml: ", said)


def test_what_is_no_file_is_refused_in_words(app: Flask, files: Path) -> None:
    (files / "folder.toml").mkdir()
    (files / "nowhere.toml").symlink_to(files / "missing")
    (files / "endless.toml").symlink_to("/dev/zero")
    os.mkfifo(files / "pipe.toml")
    names = ("folder", "nowhere", "endless", "pipe")
    refused(app, *(f"{name}.toml: This is not a file." for name in names))


@pytest.mark.parametrize("name", ["Prize", "a b", "-a", "a--b", "a" * 41, "é"])
def test_a_file_whose_name_is_no_key_is_refused(app: Flask, files: Path, name: str) -> None:
    (files / f"{name}.toml").write_text(PRIZE)
    refused(app, "the name of the file: must be at most 40 letters")


def test_a_file_with_the_line_ends_of_windows_is_taken(app: Flask, files: Path) -> None:
    (files / "prize.toml").write_bytes(PRIZE.replace("\n", "\r\n").encode())
    assert load(app).exit_code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "name: is empty."),
        ({"name": ...}, "name: is missing."),
        ({"name": 4}, "name: must be text in quotation marks, not 4."),
        ({"name": "x" * 101}, "name: can have at most 100 characters. It has 101."),
        ({"name": "Two\nlines"}, "name: holds a control character"),
        ({"legal_basis": "A\x07"}, "legal_basis: holds a control character"),
        ({"stages": []}, "stages: must have from 1 to 20 entries. It has 0."),
        ({"stages": {}}, "stages: must be a list, not a table."),
        ({"stages": ["sift"]}, "stages[0]: must hold key, name, kind, purpose, not 'sift'."),
        ({"sections": ...}, "sections: is missing."),
        ({"sections__1__key": "entry"}, "sections[1].key: is the same as in sections[0]: 'entry'."),
        ({"sections__1__title": "YOUR  entry"}, "sections[1].title: is the same as in sections[0]"),
        ({"sections__0__key": "your/entry"}, "sections[0].key: must be at most 40 letters"),
        ({"sections__0__words": True}, "sections[0].words: must be a whole number from 1 to 5000, not true."),
        ({"sections__0__words": 800.0}, "sections[0].words: must be a whole number from 1 to 5000, not 800.0."),
        ({"sections__0__words": "800"}, "sections[0].words: must be a whole number from 1 to 5000, not '800'."),
        ({"stages__1__key": "judging"}, "stages[1].key: is the same as in stages[0]"),
        ({"stages__0__criteria__1__name": "answers the Question"}, "stages[0].criteria[1].name: is the same as in"),
        ({"stages__0__criteria__0__weight": True}, "stages[0].criteria[0].weight: must be a whole number"),
        ({"stages__0__criteria__0__weight": 0}, "stages[0].criteria[0].weight: must be a whole number from 1 to 100"),
        ({"stages__0__criteria": ...}, "stages[0].criteria: are missing. Only the last stage can go without"),
        ({"stages__0__amount": 5}, "stages[0].amount: is only for funded stages."),
        ({"stages__0__vat": "including"}, "stages[0].vat: is only for funded stages."),
        ({"stages__0__quorum": 0}, "stages[0].quorum: must be a whole number from 1 to 50, not 0."),
        ({"stages__0__pass_mark": 101}, "stages[0].pass_mark: must be a whole number from 0 to 100, not 101."),
        ({"stages__0__kind": []}, "stages[0].kind: must be one of sift, interview, funded, not a list."),
        ({"stages__0__kind": "funded", "stages__0__amount": 5}, "stages[0].kind: cannot be funded in the first stage"),
        ({"stages__1__amount": ...}, "stages[1].amount: is missing. A funded stage needs it."),
        ({"stages__1__amount": 0}, "stages[1].amount: must be a whole number from 1 to"),
        ({"stages__1__up_to": "yes"}, "stages[1].up_to: must be true or false, not 'yes'."),
        ({"stages__1__vat": "plus"}, "stages[1].vat: must be one of excluding, including, not 'plus'."),
        (
            {"stages__1__kind": "interview", "stages__1__amount": ...},
            "stages[1].criteria: are missing. A stage that is",
        ),
        ({"stages__1__teams": 0}, "stages[1].teams: must be a whole number from 1 to 1000, not 0."),
        ({"stages__1__weeks": 600}, "stages[1].weeks: must be a whole number from 1 to 520, not 600."),
    ],
)
def test_what_no_round_could_follow_is_refused_wherever_it_comes_from(
    app: Flask, now: Any, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadPathway) as refusal:
        Pathway.publish(key="prize", number=1, document=changed(**change), by=None, at=now)
    assert said in str(refusal.value)
    assert pathways() == 0


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**6000),
    st.floats(),
    st.text(max_size=20),
    st.dates(),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for step, found in inner for place in _places(found, (*way, step)))]


def _spoil(document: dict[str, Any], way: tuple[Any, ...], how: str, odd: Any) -> Any:
    if not way:
        return odd
    inner: Any = document
    for step in way[:-1]:
        inner = inner[step]
    if how == "remove":
        del inner[way[-1]]
    elif how == "double" and isinstance(inner, list):
        inner.append(copy.deepcopy(inner[way[-1]]))
    elif how == "rename" and isinstance(inner, dict):
        inner[f"{way[-1]}s"] = inner.pop(way[-1])
    else:
        inner[way[-1]] = odd
    return document


@settings(max_examples=400)
@given(st.data())
def test_a_spoilt_document_is_taken_or_refused_with_a_place_and_never_breaks(data: st.DataObject) -> None:
    document: Any = tomllib.loads(data.draw(st.sampled_from(SHIPPED)).read_text())
    for _ in range(data.draw(st.integers(1, 3))):
        if isinstance(document, dict):
            way = data.draw(st.sampled_from(_places(document)))
            how = data.draw(st.sampled_from(["replace", "remove", "double", "rename"]))
            document = _spoil(document, way, how, data.draw(ODD))
    problems = problems_in(document)
    for problem in problems:
        assert problem.reason
        assert problem.where or not isinstance(document, dict)
    if not problems:
        assert [Stage.from_template(stage, position=1).key for stage in document["stages"]]
        assert [SectionTemplate(**section).words for section in document["sections"]]


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda words: words.encode(errors="replace"))))
@example(b'"" = 1')
def test_whatever_is_in_a_file_is_answered_in_words(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "whatever.toml"
    path.write_bytes(content)
    _document, problems = presets.read(path)
    assert problems
    assert all(problem.reason for problem in problems)
