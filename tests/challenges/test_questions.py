"""Asked by one, answered to everybody; who asked stays unknown."""

from datetime import timedelta

import pytest

from civtech.challenges import queries
from civtech.challenges.models import Question, QuestionState
from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import Visitor
from tests.challenges.conftest import Enter
from tests.factories.people import UserFactory
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.world import World


def only() -> Question:
    db.session.expire_all()
    return db.session.scalars(db.select(Question)).unique().one()


def test_a_question_is_seen_by_its_asker_and_the_sponsors_side_until_it_is_answered(
    world: World, client, signed_in: Enter
) -> None:
    slug = world.published().slug
    rival = UserFactory(name="Rita Rival", at=world.at)
    path = f"/challenges/{slug}"
    stranger = signed_in(world.stranger)
    sent = {**sheet(stranger.get(f"{path}/questions/new")), "text": "CANARY: are there data?"}
    assert stranger.post(f"{path}/questions/new", data=sent).status_code == 302
    assert "CANARY" in stranger.get(path).text
    for who in (client, signed_in(rival)):
        assert "CANARY" not in who.get(path).text
    for who in (world.author, world.staff, world.auditor):
        page = signed_in(who).get(f"{path}/questions").text
        assert "CANARY" in page
        assert "Stranger" not in page
        assert world.stranger.reference not in page
    only().give_answer(answer="Yes, since 1990.", by=world.author, at=world.at)
    db.session.commit()
    page = client.get(path).text
    assert "CANARY" in page
    assert "Yes, since 1990." in page
    assert "Stranger" not in page


def test_the_sponsor_sees_how_an_answer_reads_before_it_is_published(world: World, client, signed_in: Enter) -> None:
    challenge = world.published()
    question = world.asked(challenge)
    author = signed_in(world.author)
    assert (
        wording("%(num)s question is waiting for an answer. Everyone will see the answer.", num="1")
        in author.get("/home").text
    )
    path = f"/challenges/{challenge.slug}/questions/{question.reference}/answer"
    check = author.post(path, data={**sheet(author.get(path)), "answer": "Yes.\n\nSince 1990."})
    assert check.status_code == 200
    assert only().state is QuestionState.ASKED
    assert "Since 1990." not in client.get(f"/challenges/{challenge.slug}").text
    back = author.post(path, data={**sheet(check, path), "change": "1"})
    assert sheet(back)["answer"] == "Yes.\n\nSince 1990."
    assert author.post(path, data={**sheet(check, path), "confirm": "1"}).status_code == 302
    answered = only()
    assert (answered.answer, answered.answered_by_id) == ("Yes.\n\nSince 1990.", world.author.id)
    assert "Since 1990." in client.get(f"/challenges/{challenge.slug}").text


@pytest.mark.both_databases("locks")
def test_two_who_answer_at_once_the_second_keeps_the_words(world: World, signed_in: Enter) -> None:
    challenge = world.published()
    question = world.asked(challenge)
    path = f"/challenges/{challenge.slug}/questions/{question.reference}/answer"
    second = signed_in(world.drafter)
    sent = {**sheet(second.get(path)), "answer": "Mine", "confirm": "1"}
    only().give_answer(answer="First", by=world.author, at=world.at)
    db.session.commit()
    page = second.post(path, data=sent)
    assert page.status_code == 409
    assert "First" in page.text
    assert sheet(page)["answer"] == "Mine"
    assert only().answer == "First"


def test_a_late_answer_is_allowed_and_says_so(world: World, client, signed_in: Enter) -> None:
    challenge = world.published()
    question = world.asked(challenge)
    slug, late = challenge.slug, challenge.questions_close_at + timedelta(hours=1)
    path = f"/challenges/{slug}/questions/{question.reference}/answer"
    author = signed_in(world.author)
    with clock.at(late):
        page = author.get(path)
        assert wording("This answer is late") in page.text
        check = author.post(path, data={**sheet(page), "answer": "Here it is."})
        author.post(path, data={**sheet(check, path), "confirm": "1"})
        assert fragment("after questions closed") in client.get(f"/challenges/{slug}").text


def test_questions_that_come_too_late_are_refused_with_their_words(world: World, signed_in: Enter) -> None:
    challenge = world.published()
    path = f"/challenges/{challenge.slug}/questions/new"
    closes = challenge.questions_close_at
    stranger = signed_in(world.stranger)
    sent = {**sheet(stranger.get(path)), "text": "Just in time?"}
    with clock.at(closes):
        page = stranger.post(path, data=sent)
        assert page.status_code == 409
        assert sheet(page)["text"] == "Just in time?"
        assert wording("You cannot ask questions now") in stranger.get(path).text
    with clock.at(closes - timedelta(microseconds=1)):
        assert stranger.post(path, data=sent).status_code == 302


def test_questions_have_a_limit_that_is_said(world: World, signed_in: Enter) -> None:
    path = f"/challenges/{world.published().slug}/questions/new"
    stranger = signed_in(world.stranger)
    page = stranger.post(path, data={**sheet(stranger.get(path)), "text": "x" * 1501})
    assert page.status_code == 422
    assert (
        wording(
            "“%(field)s” must be %(most)s characters or fewer. You have used %(used)s.",
            field="Your question",
            most="1,500",
            used="1,501",
        )
        in page.text
    )
    assert sheet(page)["text"] == "x" * 1501


def test_who_acts_for_the_sponsor_does_not_ask(world: World, signed_in: Enter) -> None:
    slug = world.published().slug
    acceptor = signed_in(world.acceptor)
    assert acceptor.get(f"/challenges/{slug}/questions/new").status_code == 403
    assert wording("Ask a question") not in acceptor.get(f"/challenges/{slug}").text


def test_a_question_of_another_challenge_is_not_found(world: World, signed_in: Enter) -> None:
    question = world.asked(world.published())
    other = world.published(question="How can we mend nets?")
    path = f"/challenges/{other.slug}/questions/{question.reference}/answer"
    assert signed_in(world.author).get(path).status_code == 404


def test_the_query_itself_brings_no_waiting_question_to_others(world: World) -> None:
    challenge = world.published()
    waiting = world.asked(challenge, "Waiting?")
    answered = world.asked(challenge, "Answered?")
    answered.give_answer(answer="Yes.", by=world.author, at=world.at)
    rival = UserFactory(name="Rita Rival", at=world.at)
    seen = {
        who: {question.id for question in db.session.scalars(queries.questions_visible_to(actor))}
        for who, actor in (("visitor", Visitor()), ("rival", rival), ("asker", world.stranger))
    }
    assert seen == {"visitor": {answered.id}, "rival": {answered.id}, "asker": {waiting.id, answered.id}}
