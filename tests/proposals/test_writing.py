"""Writing together: limits said and never cut, nobody's words overwritten, nothing typed lost."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import NotFound, RuleViolation
from civtech.oversight.models import AuditEntry
from civtech.proposals.models import digest_of
from civtech.proposals.models.limits import words_in
from tests.support.messages import wording
from tests.world import World

HOSTILE = "<script>alert(1)</script> \"'&{{ 7*7 }} %(x)s \u202eevil"


def version_of(**words: str) -> str:
    return digest_of(words)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t\u00a0\u3000\ufeff ", 0),
        ("one", 1),
        ("two words", 2),
        ("dùn Èideann’s nan Eilean", 4),
        ("non\u00a0breaking and\u2028line", 4),
        ("كيف يمكننا عدّ حركة", 4),
        ("\x1cis no space for JavaScript\x85", 5),
    ],
)
def test_words_are_counted_as_the_browser_counts_them(text: str, count: int):
    assert words_in(text) == count


@given(st.lists(st.text(alphabet="abcé’ع", min_size=1), max_size=30))
def test_any_words_between_spaces_are_that_many(words: list[str]):
    assert words_in("  \n ".join(words)) == len(words)


def too_many(count: int) -> str:
    return wording(
        "You have used %(count)s words and the limit is %(limit)s. Remove at least %(over)s, then save again. "
        "Nothing you wrote is lost.",
        count=count,
        limit=400,
        over=count - 400,
    )


def test_the_limit_itself_is_allowed_and_one_more_is_not(world: World):
    proposal = world.started()
    proposal.write(key="idea", body="word " * 400, by=world.company_owner, at=world.at)
    with pytest.raises(RuleViolation, match=re.escape(too_many(401))):
        proposal.write(key="idea", body="word " * 401, by=world.company_owner, at=world.at)
    with pytest.raises(RuleViolation, match="8001 characters"):
        proposal.write(key="idea", body="字" * 8001, by=world.company_owner, at=world.at)
    with pytest.raises(NotFound):
        proposal.write(key="nothing", body="Words.", by=world.company_owner, at=world.at)


def test_too_many_words_come_back_whole(world: World, signed_in):
    proposal = world.started()
    client = signed_in(world.company_editor)
    text = " ".join(f"word{number}" for number in range(500))
    answer = client.post(
        f"/proposals/{proposal.reference}/sections/idea", data={"seen": version_of(body=""), "body": text}
    )
    assert answer.status_code == 422
    assert text in answer.text
    assert too_many(500) in answer.text
    assert "<title>Error: " in answer.text
    db.session.expire_all()
    assert proposal.section("idea").body == ""


def test_saving_goes_to_the_next_part_or_back_to_the_list(world: World, signed_in):
    proposal = world.started()
    client = signed_in(world.company_owner)
    keys = [section.key for section in proposal.sections]
    base = f"/proposals/{proposal.reference}"
    summary = {"title": "Cables that listen", "summary": "Short.", "go": "next"}
    answer = client.post(
        f"{base}/summary", data={"seen": version_of(title=proposal.draft_title, summary=""), **summary}
    )
    assert answer.location == f"{base}/sections/{keys[0]}"
    for key, following in zip(keys, [*(f"{base}/sections/{key}" for key in keys[1:]), f"{base}/check"], strict=True):
        answer = client.post(
            f"{base}/sections/{key}", data={"seen": version_of(body=""), "body": f"On {key}.", "go": "next"}
        )
        assert (answer.status_code, answer.location) == (302, following)
    answer = client.post(
        f"{base}/sections/idea", data={"seen": version_of(body="On idea."), "body": "New.", "go": "list"}
    )
    assert answer.location == base
    db.session.expire_all()
    assert proposal.missing() == []
    assert proposal.section("idea").written_by_id == world.company_owner.id


def test_two_people_in_one_section_see_both_texts_and_lose_none(world: World, signed_in):
    proposal = world.started()
    address = f"/proposals/{proposal.reference}/sections/idea"
    opened = version_of(body="")
    first = signed_in(world.company_editor).post(address, data={"seen": opened, "body": "The editor’s words"})
    assert first.status_code == 302
    second = signed_in(world.company_owner).post(address, data={"seen": opened, "body": "The owner’s words"})
    assert second.status_code == 409
    assert "The editor’s words" in second.text
    assert second.text.count("The owner’s words") == 2
    assert "Company Editor" in second.text
    db.session.expire_all()
    assert proposal.section("idea").body == "The editor’s words"
    now_known = version_of(body="The editor’s words")
    assert now_known in second.text
    third = signed_in(world.company_owner).post(address, data={"seen": now_known, "body": "Both words"})
    assert third.status_code == 302
    db.session.expire_all()
    assert proposal.section("idea").body == "Both words"


def test_two_people_in_the_summary_see_both_texts(world: World, signed_in):
    proposal = world.started()
    address = f"/proposals/{proposal.reference}/summary"
    opened = version_of(title=proposal.draft_title, summary="")
    words = {"title": "Cables that listen", "summary": "First."}
    assert signed_in(world.company_editor).post(address, data={"seen": opened, **words}).status_code == 302
    answer = signed_in(world.company_owner).post(address, data={"seen": opened, **words, "summary": "Second."})
    assert answer.status_code == 409
    assert "First." in answer.text
    assert answer.text.count("Second.") == 2
    same = signed_in(world.company_owner).post(address, data={"seen": opened, **words})
    assert same.status_code == 302


def test_two_sections_do_not_get_in_each_others_way(world: World, signed_in):
    proposal = world.started()
    for person, key in (("company_owner", "idea"), ("company_editor", "new")):
        answer = signed_in(world.people[person]).post(
            f"/proposals/{proposal.reference}/sections/{key}", data={"seen": version_of(body=""), "body": "Words."}
        )
        assert answer.status_code == 302


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("", wording("Enter a title for your proposal.")),
        (
            "x" * 121,
            wording(
                "You have used %(count)s characters and the limit is %(limit)s. Shorten the text, then save again. "
                "Nothing you wrote is lost.",
                count=121,
                limit=120,
            ),
        ),
    ],
)
def test_a_bad_title_comes_back_with_everything_typed(world: World, signed_in, title: str, message: str):
    proposal = world.started()
    answer = signed_in(world.company_owner).post(
        f"/proposals/{proposal.reference}/summary",
        data={"seen": version_of(title=proposal.draft_title, summary=""), "title": title, "summary": "Kept."},
    )
    assert answer.status_code == 422
    assert message in answer.text
    assert "Kept." in answer.text
    assert title in answer.text


def test_whatever_is_typed_stays_text(world: World, signed_in):
    proposal = world.started()
    address = f"/proposals/{proposal.reference}"
    client = signed_in(world.company_owner)
    answer = client.post(
        f"{address}/sections/idea",
        data={"seen": version_of(body=""), "body": f"{HOSTILE}\x00\r\nnext", "go": "list"},
    )
    assert answer.status_code == 302
    db.session.expire_all()
    assert proposal.section("idea").body == f"{HOSTILE}\nnext".replace("\u202e", "")
    for page in (f"{address}/sections/idea", f"{address}/check"):
        shown = client.get(page).text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown
        assert "49" not in shown.split("<main")[1].split("evil")[0].rsplit("&lt;script", 1)[1]


@pytest.mark.parametrize("data", [{}, {"body": ["a", "b"]}, {"seen": "\x00", "body": "é"}, {"seen": "x" * 5000}])
def test_no_input_breaks_the_page(world: World, signed_in, data):
    proposal = world.started()
    client = signed_in(world.company_owner)
    for page in ("summary", "sections/idea", "submission"):
        assert client.post(f"/proposals/{proposal.reference}/{page}", data=data).status_code in {302, 409, 422}


def test_a_viewer_reads_and_does_not_write(world: World, signed_in):
    proposal = world.written(words="Readable")
    client = signed_in(world.company_viewer)
    page = client.get(f"/proposals/{proposal.reference}/sections/idea")
    assert "Readable" in page.text
    assert "<textarea" not in page.text
    assert client.post(f"/proposals/{proposal.reference}/sections/idea", data={"body": "Mine"}).status_code == 403
    check = client.get(f"/proposals/{proposal.reference}/check").text
    assert 'action="/proposals' not in check


def test_the_audit_log_says_that_a_section_was_written_and_not_what(world: World, signed_in):
    proposal = world.started()
    signed_in(world.company_owner).post(
        f"/proposals/{proposal.reference}/sections/idea", data={"seen": version_of(body=""), "body": "CANARY"}
    )
    entries = db.session.query(AuditEntry).filter_by(event="SectionWritten").all()
    assert [(entry.subject, entry.facts) for entry in entries] == [(proposal.reference, {"section": "idea"})]


def test_after_the_deadline_the_parts_can_be_read_and_not_written(world: World, signed_in):
    proposal = world.written(words="Still here")
    client = signed_in(world.company_owner)
    with clock.at(world.closes_at):
        for page in ("", "/summary", "/sections/idea", "/check", "/withdrawal"):
            answer = client.get(f"/proposals/{proposal.reference}{page}")
            assert answer.status_code == 200
            assert "<textarea" not in answer.text
            assert '<form class="form"' not in answer.text


def test_the_pages_tell_the_time_by_the_one_clock(world: World, signed_in, monkeypatch):
    """A page that asks another clock calls a challenge unopened that has been open for days."""
    proposal = world.written()
    client = signed_in(world.company_owner)
    address = f"/proposals/{proposal.reference}/check"
    for instant, words in (
        (world.challenge.opens_at - timedelta(hours=2), "Opens"),
        (world.challenge.opens_at + timedelta(hours=22), "Closes"),
        (world.closes_at + timedelta(hours=2), "Closed"),
    ):
        monkeypatch.setattr(clock, "now", lambda instant=instant: instant)
        page = client.get(address).text
        assert f'<span class="closing__what">{words}</span>' in page
