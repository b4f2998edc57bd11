"""Proposals sent to the platform as it is served: what arrived in time counts, and each is stored once."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from civtech.core.db import db
from civtech.proposals.models import Proposal, Submission
from tests.deadline import many_at_once
from tests.load import Form, Sent, platform, ready_to_submit
from tests.support.server import NO_NGINX, Server, behind_nginx, environment, find_nginx, served
from tests.world import Age, build

BUSY = 1.5  # seconds
LATE_SIDE = 0.2  # seconds by which an instant may be later than the sending
FORGED = "X-Request-Start: t={:.3f}\r\n"


class Served:
    """The platform, how it is reached, and proposals that are ready to be submitted to it."""

    def __init__(self, server: Server, port: int, forms: list[Form]) -> None:
        self.server, self.port, self.forms = server, port, forms

    def received(self, form: Form) -> float:
        """The instant on the receipt of what this form submitted."""
        db.session.rollback()
        reference = form.path.split("/")[2]
        query = select(Submission.received_at).join(Proposal, Proposal.id == Submission.proposal_id)
        return db.session.scalars(query.where(Proposal.reference == reference)).one().timestamp()


@pytest.fixture(scope="module", params=["directly", "behind nginx"])
def platform_as_served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    proxy = request.param == "behind nginx"
    if proxy and find_nginx() is None:
        pytest.skip(NO_NGINX)
    proxied = {"TRUSTED_PROXIES": "1", "REQUEST_START_HEADER": "X-Request-Start"} if proxy else {}
    settings = environment(f"sqlite:///{folder}/served.db", folder, **proxied)
    with platform(settings) as app, ExitStack() as opened:
        forms = ready_to_submit(app, build(Age.PUBLISHED, datetime.now(UTC)), 2)
        server = opened.enter_context(served(settings))
        port = opened.enter_context(behind_nginx(server.port)) if proxy else server.port
        yield Served(server, port, forms)


def test_a_proposal_counts_from_its_arrival_and_not_from_when_a_thread_was_free(platform_as_served: Served):
    here, answers = platform_as_served, list[Sent]()
    form = here.forms[0]
    with here.server.busy():
        sending = Thread(target=lambda: answers.append(form.send(here.port)))
        sending.start()
        time.sleep(BUSY)
    sending.join()
    (answer,) = answers
    assert answer.status == 302
    assert answer.took >= BUSY - LATE_SIDE
    assert answer.begun - 0.001 <= here.received(form) <= answer.complete + LATE_SIDE


def test_a_time_of_arrival_that_a_client_claims_counts_for_nothing(platform_as_served: Served):
    here = platform_as_served
    form = here.forms[1]
    forged = replace(form.sender, cookie=f"{form.sender.cookie}\r\n{FORGED.format(time.time() - 30).strip()}")
    answer = replace(form, sender=forged).send(here.port)
    assert answer.status == 302
    assert answer.begun - 0.001 <= here.received(form)


@pytest.mark.takes(40, "It starts the platform and submits a hundred proposals to it.")
def test_many_writers_in_two_processes_on_sqlite_lose_nothing_and_are_never_refused(tmp_path: Path):
    assert len(many_at_once(tmp_path, writers=16, submissions=96)) == 96
