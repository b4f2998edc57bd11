"""The background worker: runs jobs as they arrive, and sweeps the outbox every few seconds in case the queue fails."""

import threading

from flask import Flask

from civtech.core.jobs import HOURLY
from civtech.notifications.delivery import deliver_due
from civtech.notifications.queue import queue_of
from civtech.web.logs import log

PAUSE = 3.0  # seconds between two sweeps
GRACE = 15.0  # seconds to finish work in progress when told to stop


def sweep(app: Flask, stop: threading.Event, pause: float = PAUSE) -> None:
    """Do the hourly jobs once, then send what is due until `stop`. If the database is away, try again."""
    for name, job in HOURLY.items():
        try:
            with app.app_context():
                job()
        except Exception as error:  # noqa: BLE001 - it is tried again within the hour
            log.error("job_failed", job=name, error=type(error).__name__, exc_info=error)
    while not stop.is_set():
        try:
            with app.app_context():
                deliver_due()
        except Exception as error:  # noqa: BLE001 - the sweeper must survive every failure
            log.error("sweep_failed", error=type(error).__name__, exc_info=error)
        stop.wait(pause)


def run(app: Flask) -> None:
    """Work until SIGTERM or Ctrl-C."""
    stop = threading.Event()
    sweeper = threading.Thread(target=sweep, args=(app, stop), name="outbox-sweeper", daemon=True)
    sweeper.start()
    consumer = queue_of(app).create_consumer(
        workers=1, periodic=True, max_delay=1.0, shutdown_timeout=GRACE, graceful_signal="TERM"
    )
    try:
        consumer.run()
    finally:
        stop.set()
        sweeper.join(GRACE)
