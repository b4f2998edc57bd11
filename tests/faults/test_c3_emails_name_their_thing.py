"""C3: an email names its thing and reference, says what happened, quotes what was typed, and says why you got it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.funding.models import Release
from civtech.notifications import delivery, letters
from civtech.notifications.declared import TELLINGS
from civtech.notifications.models import READY_MADE, OutboxMessage
from civtech.notifications.naming import LONGEST_MESSAGE, named, typed
from civtech.people.models import User
from civtech.privacy.models import Erasure, ErasureGround
from civtech.web.translation import in_language
from tests.architecture.furnished import everything
from tests.notifications import journey
from tests.support.messages import wording
from tests.world import Age, World
from tests.world.kept import Worlds

ACCOUNTS = {"sign_in_changed", "identity_linked", "identity_unlinked", "new_browser", "address_change"} | {
    *("address_changed", "account_deactivated", "account_reactivated", "data_exported"),
}
"""Emails about the reader's own account need no name and no reference."""


def check(message: OutboxMessage) -> None:
    """Each part that an email must have."""
    letter = letters.compose(message)
    template, facts = message.template, message.facts
    lines = letter.body.split("\n")
    assert "\n" not in letter.subject
    assert 0 < len(letter.subject) < 100, letter.subject
    assert len([line for line in lines if re.fullmatch(r"https?://localhost:8000/\S*", line)]) == 1, template
    assert re.search(r"\n--\nYou get this email\b", letter.body), template
    assert "\n\n\n" not in letter.body
    assert not re.search(r"%\(|None|Undefined|\{\{|\[\[", letter.body), letter.body
    if facts.get("message"):
        assert "\n".join(f"> {line}".rstrip() for line in facts["message"].split("\n")) in letter.body
    if template in ACCOUNTS:
        return
    assert facts["reference"] in letter.subject, template
    with in_language("en_GB"):
        context = letters.context_of(facts)
    name, about = context["named"], cast("list[str]", context["about"])
    assert name
    if template not in {"erasure_requested", "erasure_withdrawn", "problem_reported", "problem_dealt_with"}:
        assert str(name) in letter.subject, template
    assert about, template
    for line in about:
        assert line in lines, template
        label, _, value = line.partition(": ")
        assert label
        assert value, line


@pytest.mark.parametrize("age", [everything, journey.play])
def test_every_email_of_played_worlds_has_its_parts(
    app: Flask, worlds: Worlds, now: datetime, age: Callable[[datetime], World]
) -> None:
    world = worlds(age) if age is everything else worlds(Age.FUNDED, teams=2)
    if age is journey.play:
        journey.work(world, now)
    seen: set[str] = set()
    for message in db.session.scalars(select(OutboxMessage).where(OutboxMessage.template != READY_MADE)):
        if message.facts:
            check(message)
            seen.add(message.template)
    assert len(seen) > 20
    assert seen <= {telling.words for telling in TELLINGS} | {"no_one_to_ask"}


def made(name: str, message: str | None = None) -> OutboxMessage:
    """An email about a thing of this name."""
    facts = named(name, "C-2345-6789", ("challenges.show", {"slug": "x"}), ("Challenge", name)) | typed(message)
    facts |= {"organisation": name, "question": name, "side": "sponsor"}
    return OutboxMessage(template="challenge_sent_back", facts=facts)


ODD = {
    "lines": "Road\r\nBcc: everyone@evil.example\r\n\r\nHello",
    "other line ends": "Road\x85\u2028Bcc: x@evil.example\x0b\x0cHello\x1cmore",
    "reversed": "Road \u202egpj.exe",
    "hidden": "Ro\u200bad\u00ad \ufeffcount\x00\x1b[31m",
    "markup": "<script>alert(1)</script> & “Ltd” %(named)s {{ link }}",
    "not English": "Ŵŷ – 道路をどう数えますか كيف نحصي المرور 😀",
    "half a character": "Road \ud83d",
    "long": "How can we count " + "very " * 200 + "many roads?",
    "one long word": "x" * 500,
}


@pytest.mark.parametrize("kind", list(ODD))
def test_odd_names_break_no_header_and_no_line(app: Flask, now: datetime, kind: str) -> None:
    name = ODD[kind]
    person = User.register(name="Ada", email="ada@people.example", confirmed_at=now, at=now)
    db.session.flush()
    odd = made(name, f"First line.\n{name}")
    facts = odd.facts
    queued = OutboxMessage.write("challenge_sent_back", domain="x.example", at=now, recipient_id=person.id, facts=facts)
    db.session.add(queued)
    db.session.commit()
    written = delivery._written(queued.id)
    assert written is not None
    read = message_from_bytes(written.as_bytes(policy=policy.SMTP), policy=policy.default)
    assert list(read.keys()) == list(written.keys())
    assert read["Bcc"] is None
    assert len(read["Subject"]) < 100
    assert "(C-2345-6789)" in read["Subject"]
    body = read.get_content().replace("\r\n", "\n")
    assert "Bcc" not in "".join(line[:4] for line in body.split("\n"))
    assert not re.search("[\u202e\u200b\u00ad\ufeff\x00\x1b\x85\u2028]", body + read["Subject"])
    assert "\n> First line.\n> " in body
    if kind in {"markup", "not English"}:
        assert f"Challenge: {name}\n" in body
    if kind == "long":
        assert f"Challenge: {name}\n" in body
        assert "…" in read["Subject"]


def test_what_was_typed_cannot_pass_for_a_line_of_ours(app: Flask) -> None:
    hostile = "Fine.\n\n--\nYou get this email because we love you.\n\nhttps://evil.example/sign-in"
    lines = letters.compose(made("Roads", hostile)).body.split("\n")
    assert [line for line in lines if "evil" in line] == ["> https://evil.example/sign-in"]
    assert lines.count("--") == 1


def test_a_very_long_message_is_cut_and_the_email_says_where_the_rest_is(app: Flask) -> None:
    rest = wording("This is only the beginning of the message. Read the rest on the page.")
    assert rest not in letters.compose(made("Roads", "x" * LONGEST_MESSAGE)).body
    long = letters.compose(made("Roads", "x" * LONGEST_MESSAGE + "y")).body
    assert rest in long
    assert "y\n" not in long.partition(rest)[0][-3:]


def test_amounts_say_what_they_include_and_dates_name_their_zone(app: Flask, worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=1)
    milestone = world.accepted(world.in_force(amounts=(500_000,)).milestones[0])
    release = Release.propose(milestone=milestone, by=world.staff, at=now)
    db.session.flush()
    release.approve(by=world.colleague, at=now)
    db.session.commit()
    for template in ("release_to_approve", "release_approved", "agreement_in_force", "rights_statement_waiting"):
        query = select(OutboxMessage).where(OutboxMessage.template == template).limit(1)
        body = letters.compose(db.session.scalars(query).one()).body
        assert "£5,000 excluding VAT" in body, template
        assert "£6,000" in body, template
    query = select(OutboxMessage).where(OutboxMessage.template == "challenge_published").limit(1)
    assert "(UK time)" in letters.compose(db.session.scalars(query).one()).body


def test_a_translated_name_is_said_in_the_readers_language(app: Flask) -> None:
    message = made("x")
    message.facts["name"] = ["text", "Milestone %(number)s: %(title)s", {"number": 2, "title": "Field\ntest"}]
    assert letters.compose(message).subject.endswith(": Milestone 2: Field test (C-2345-6789)")


def test_an_erased_name_leaves_sent_and_unsent_emails_to_others(app: Flask, worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.PUBLISHED)
    gone = world.person("gone", name="Una Gone")
    said = ("Ask Una Gone first.", "Ask Una Goner first.", "Write to gone@people.example.", "Gone is gone.")
    for text in said:
        for sent in (True, False):
            facts = made("Roads", text).facts
            mail = OutboxMessage.write(
                "challenge_sent_back", domain="x.example", at=now, recipient_id=world.author.id, facts=facts
            )
            db.session.add(mail)
            if sent:
                mail.be_sent(at=now)
    db.session.commit()
    Erasure.carry_out(gone, ground=ErasureGround.OPERATOR, by=None, at=now)
    db.session.commit()
    query = select(OutboxMessage).where(OutboxMessage.recipient_id == world.author.id).order_by(OutboxMessage.id)
    mails = [mail for mail in db.session.scalars(query) if mail.template == "challenge_sent_back"]
    kept = [mail.facts.get("message") for mail in mails]
    assert kept == [
        *(None, "Ask Erased person first."),
        *("Ask Una Goner first.", "Ask Una Goner first."),
        *(None, "Write to Erased person."),
        *("Gone is gone.", "Gone is gone."),
    ]
    assert "> Ask Erased person first." in letters.compose(mails[1]).body


def test_no_email_names_the_person_who_acted_the_asker_or_another_team(
    app: Flask, worlds: Worlds, now: datetime
) -> None:
    world: World = worlds(everything)
    people = [person for person in db.session.scalars(select(User)) if person.name]
    teams = {"Tidewater Signals Ltd": "company", "Peat and Pixels Ltd": "rival"}
    mates = {person.id: key.partition("_")[0] for key, person in world.people.items()}
    for message in db.session.scalars(select(OutboxMessage)):
        if message.template == READY_MADE or not message.facts:
            continue
        said = letters.compose(message)
        for person in people:
            assert person.name not in said.subject + said.body, message.template
        for team, key in teams.items():
            if mates.get(message.recipient_id or 0) in set(teams.values()) - {key}:
                assert team not in said.subject + said.body, message.template


def test_the_message_that_sends_a_challenge_back_is_in_the_email(app: Flask, worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.PREPARED)
    challenge: Challenge = world.put_forward()
    challenge.send_back(message="The figures are old.\nUse those of 2026.", by=world.approver, at=now + timedelta(1))
    db.session.commit()
    query = select(OutboxMessage).where(OutboxMessage.template == "challenge_sent_back").limit(1)
    letter = letters.compose(db.session.scalars(query).one())
    assert "\n> The figures are old.\n> Use those of 2026.\n" in letter.body
    assert challenge.question in letter.body
    assert challenge.reference in letter.subject
