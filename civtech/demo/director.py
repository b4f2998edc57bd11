"""Plays many stories on one timeline."""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import inspect

from civtech.core import clock
from civtech.core.db import Model, db

Story = Iterator[datetime]
STRIDE = 75_013  # microseconds between the fractions of two acts, so that few are the same


class Director:
    """Plays every act up to `until` at its own instant, and commits after every `batch` acts.

    With `batch` 1 each act is a transaction of its own, as a request would be. A larger batch gives the same rows,
    except that the audit log binds the rows of one commit together.
    """

    def __init__(self, *, until: datetime, batch: int) -> None:
        self.until = until
        self.batch = batch
        self.acts = 0
        self._today = datetime.min.replace(tzinfo=UTC)
        self._order = count()
        self._waiting: list[tuple[datetime, int, Story]] = []

    def begin(self, story: Story) -> None:
        """Let a story take part from its first instant."""
        self._wait_for(story)

    def play(self) -> None:
        """Play until nothing is left before `until`."""
        while self._waiting:
            instant, _number, story = heapq.heappop(self._waiting)
            instant = self._today = self._as_it_happens(instant)
            with clock.at(instant):
                self._wait_for(story)
            self.acts += 1
            if self.acts % self.batch == 0:
                db.session.commit()
        db.session.commit()

    def settle(self, *nouns: Model) -> None:
        """Flush pending rows. Call it first in an act whose guards check what earlier acts wrote.

        An act that depends on only a few nouns names them. If none of them is pending, nothing is sent.
        """
        if not nouns or any(inspect(noun).pending or inspect(noun).modified for noun in nouns):
            db.session.flush()

    def _as_it_happens(self, instant: datetime) -> datetime:
        """The instant with a fraction of a second, as people's acts have. Acts stay in their order."""
        exact = instant.replace(microsecond=self.acts * STRIDE % 10**6)
        return max(min(exact, self.until), self._today)

    def _wait_for(self, story: Story) -> None:
        instant = next(story, None)
        if instant is not None and instant <= self.until:
            heapq.heappush(self._waiting, (max(instant, self._today), next(self._order), story))
