"""The job queue at QUEUE_URL. It may lose a job, so jobs only say "look now"; the database knows what to do."""

from flask import Flask, current_app, has_app_context
from huey import Huey, MemoryHuey, PostgresHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

import config
from civtech.core.jobs import HOURLY, Job
from civtech.notifications.delivery import deliver_due
from civtech.notifications.outbox import NUDGE, TOLD
from civtech.web.logs import log

NAME = "civtech"
PATIENCE = 2  # seconds a request may wait to leave a nudge


def connect(app: Flask) -> Huey:
    """Connect to the queue at QUEUE_URL, or raise `ValueError` if that names none."""
    url: str = app.config["QUEUE_URL"]
    kind = url.partition(":")[0].partition("+")[0]
    options: dict[str, object] = {
        "results": False,
        "serializer": SignedSerializer(secret=app.config["SECRET_KEY"], salt="job queue"),
    }
    if kind == "memory":
        return MemoryHuey(NAME, **options)
    if kind == "sqlite":
        file = config.ROOT / url.removeprefix("sqlite:///")
        file.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(file), timeout=PATIENCE, fsync=False, **options)
    if kind in {"postgres", "postgresql"}:
        return PostgresHuey(NAME, dsn=url.replace("+psycopg", "", 1), connect_timeout=PATIENCE, **options)
    raise ValueError("QUEUE_URL must begin with sqlite:///, postgresql:// or memory://.")


def queue_of(app: Flask) -> Huey:
    """Return the application's queue with its jobs, connected at its first use."""
    if "queue" not in app.extensions:
        queue = connect(app)

        @queue.task(name="deliver_mail")
        def deliver_mail() -> None:
            with app.app_context():
                deliver_due()

        for name, job in HOURLY.items():
            queue.periodic_task(crontab(minute="11"), name=name)(_run_in(app, job))
        app.extensions["queue"] = queue
        app.extensions["deliver_mail"] = deliver_mail
    connected: Huey = app.extensions["queue"]
    return connected


def _run_in(app: Flask, job: Job) -> Job:
    """Give the job its application."""

    def run() -> None:
        with app.app_context():
            job()

    return run


def _nudge(session: Session) -> None:
    """Tell the worker to look for emails. If the queue is away, the sweeper finds them a few seconds later."""
    session.info.pop(TOLD, None)
    if not session.info.pop(NUDGE, False) or not has_app_context():
        return
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        queue_of(app)
        app.extensions["deliver_mail"]()
    except Exception as error:  # noqa: BLE001 - the change is committed: nothing here may look like a failure
        log.warning("queue_away", why=type(error).__name__)


def _forget(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop(NUDGE, None)
        session.info.pop(TOLD, None)


event.listen(Session, "after_commit", _nudge)
event.listen(Session, "after_soft_rollback", _forget)
