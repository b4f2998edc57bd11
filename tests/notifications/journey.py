"""`make emails`: plays one journey, from a draft challenge to paid money, and prints its emails in order.

Everything happens at fixed instants. References, addresses and checksums differ each time, so they are numbered.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import joinedload

import config
from civtech.challenges.models import Question
from civtech.core import clock
from civtech.core.db import Model, db
from civtech.funding.models import Release
from civtech.notifications import letters
from civtech.notifications.models import OutboxMessage
from civtech.web.display import instant
from civtech.web.translation import in_language
from tests.factories.verbs import DAY
from tests.support.client import application
from tests.world import Age, World, build

PLACE = config.ROOT / "docs" / "emails-of-a-journey.md"
NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)

BEGINNING = """# The emails of one journey

A public body asks how to count traffic. Two companies answer, both are chosen, and one does its work and is paid.
These are all the emails that people get on the way, in order. An email with the same words is shown once, with
everyone who gets it.

`make emails` plays the journey again and renews this page. A test fails if it is out of date. References and
addresses are examples. [Emails](emails.md) lists every event and who is told about it.
"""

WHO = {
    "staff": "a member of programme staff",
    "colleague": "another member of programme staff",
    "finance": "a finance approver",
    "head": "the owner of the public body",
    "author": "an author of the public body",
    "drafter": "another author of the public body",
    "approver": "an approver of the public body",
    "acceptor": "an acceptor of the public body",
    "company_owner": "the owner of the company",
    "company_editor": "an editor of the company",
    "rival_owner": "the owner of the other company",
    "rival_editor": "an editor of the other company",
    "stranger": "a person who asked a question",
    "judge_one": "a judge",
    "judge_two": "another judge",
}


def play(now: datetime) -> World:
    """The whole journey: the world up to the funded stage, then its work and its money."""
    return work(build(Age.FUNDED, now, teams=2), now)


def work(world: World, now: datetime) -> World:
    """The rest of the journey, in a world whose teams are funded."""
    opened = world.challenge.opens_at + DAY
    question = Question.ask(challenge=world.challenge, text="Are there maps?", by=world.stranger, at=opened)
    db.session.flush()
    question.give_answer(answer="Yes. They are on our website.", by=world.author, at=opened + DAY)
    agreement = world.in_force(amounts=(500_000,))
    milestone = agreement.milestones[0]
    owner, begun = world.company_owner, now - 20 * DAY
    milestone.deliver(evidence="We counted.", link=None, by=owner, at=begun)
    milestone.send_back(reason="The counts of Sunday are missing.", by=world.acceptor, at=begun + DAY)
    milestone.deliver(evidence="We counted on Sunday too.", link=None, by=owner, at=begun + 2 * DAY)
    milestone.accept(by=world.acceptor, at=begun + 3 * DAY)
    db.session.flush()
    refused = Release.propose(milestone=milestone, by=world.staff, at=begun + 4 * DAY)
    db.session.flush()
    refused.refuse(reason="Check the payee’s number first.", by=world.finance, at=begun + 5 * DAY)
    db.session.flush()
    release = Release.propose(milestone=milestone, by=world.staff, at=begun + 6 * DAY)
    db.session.flush()
    release.approve(by=world.colleague, at=begun + 7 * DAY)
    db.session.flush()
    release.pay(bank_reference="BACS-2027-000118", by=world.finance, at=begun + 8 * DAY)
    db.session.flush()
    world.decide("exploration", world.proposals[:1], now)
    db.session.commit()
    return world


class Numbered:
    """Replaces what differs each time by numbers, in the order in which they appear."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}

    def _reference(self, found: re.Match[str]) -> str:
        kind = found[0][0]
        number = sum(each.startswith(kind) for each in self.seen) + 1
        return self.seen.setdefault(found[0], f"{kind}-{number:04}")

    def __call__(self, text: str) -> str:
        text = re.sub(r"\b[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}\b", self._reference, text)
        text = re.sub(r"\b[0-9a-f]{64}\b", "3f7a…", text)
        return re.sub(r"(/challenges/[a-z-]+?)-[0-9a-z]{4}(?=[/\s]|$)", r"\1", text, flags=re.MULTILINE)


def _letters(world: World) -> Iterator[tuple[datetime, letters.Letter, str]]:
    keys = {person.id: key for key, person in world.people.items()}
    query = select(OutboxMessage).options(joinedload(OutboxMessage.recipient))
    for queued in db.session.scalars(query.order_by(OutboxMessage.queued_at, OutboxMessage.id)).unique():
        yield queued.queued_at, letters.compose(queued), WHO[keys[queued.recipient_id]]


def written(world: World) -> str:
    """The document."""
    with in_language("en_GB"):
        return _written(world)


def _written(world: World) -> str:
    plain, parts = Numbered(), [BEGINNING]
    for number, ((at, letter), group) in enumerate(groupby(_letters(world), key=lambda each: each[:2]), start=1):
        people = ", ".join(dict.fromkeys(person for _at, _letter, person in group))
        parts.append(
            f"## {number}. {plain(letter.subject)}\n\n"
            f"Sent at {instant(at)} to {people}.\n\n```text\n{plain(letter.body).rstrip()}\n```\n"
        )
    return "\n".join(parts)


def main() -> None:
    with TemporaryDirectory(prefix="civtech-emails-") as folder:
        app = application(f"sqlite:///{folder}/emails.db", Path(folder))
        with app.app_context(), clock.at(NOW):
            Model.metadata.create_all(db.engine)
            PLACE.write_text(written(play(NOW)))


if __name__ == "__main__":
    main()
