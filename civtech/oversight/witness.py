"""The witness: signed lines kept outside the database. Without one, a rewritten end of the chain goes unnoticed."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from civtech.oversight.canonical import instant_text

MARK = "civtech-audit-1"


class Unsigned(ValueError):
    """A witness line that this platform did not sign; the message says which one."""


@dataclass(frozen=True)
class Checkpoint:
    """The end of the chain at one instant."""

    sequence: int
    hash: str
    at: str

    @classmethod
    def taken(cls, sequence: int, digest: str, at: datetime) -> "Checkpoint":
        """Make the checkpoint for an end of the chain at `at`."""
        return cls(sequence, digest, instant_text(at).replace(" ", "T") + "Z")

    def line(self, secret: str) -> str:
        """Return one witness line: mark, number, hash, instant, signature."""
        words = f"{MARK} {self.sequence} {self.hash} {self.at}"
        return f"{words} {_signature(words, secret)}"


def _signature(words: str, secret: str) -> str:
    key = hmac.digest(secret.encode(), b"audit checkpoint", hashlib.sha256)
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def read(lines: Iterable[str], secret: str) -> dict[int, str]:
    """Return the hashes by sequence that a witness kept, or raise `Unsigned`. Empty lines are skipped."""
    seen: dict[int, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        words, _space, signature = line.strip().rpartition(" ")
        if not hmac.compare_digest(_signature(words, secret).encode(), signature.encode()):
            raise Unsigned(f"Line {number} of the witness was not signed with this platform’s key.")
        mark, sequence, digest, _at = words.split(" ")
        if mark != MARK:
            raise Unsigned(f"Line {number} of the witness is of a kind this version does not know: {mark}.")
        if seen.setdefault(int(sequence), digest) != digest:
            raise Unsigned(f"The witness saw two different entries with the number {sequence}: the log was rewritten.")
    return seen
