"""Checkpoints: signed lines that say where the log ended. Without one, a rewritten end of the log goes unnoticed.

    civtech-audit-2 <number of the last entry> <its hash> <when> <key> <signature>

The signature covers everything before the last space. Anyone can check it with the public key (docs/auditors.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from civtech.oversight import signing
from civtech.oversight.canonical import instant_text

MARK = "civtech-audit-2"
PARTS = 5  # before the signature

Keys = Mapping[str, Ed25519PublicKey]
"""Public keys by the name that a line gives them."""


class Unsigned(ValueError):
    """A line that none of the keys signed, or that contradicts another. The message says which one."""


@dataclass(frozen=True)
class Head:
    """The end of the log at one instant."""

    sequence: int
    hash: str
    at: datetime

    def words(self, key: str) -> str:
        """Return what is signed."""
        return f"{MARK} {self.sequence} {self.hash} {instant_text(self.at).replace(' ', 'T')}Z {key}"

    def line(self, key: Ed25519PrivateKey) -> str:
        """Return the line for a witness."""
        words = self.words(signing.id_of(key.public_key()))
        return f"{words} {signing.sign(words, key)}"


def read(lines: Iterable[str], keys: Keys) -> dict[int, str]:
    """Return the hashes by number that a witness kept, or raise `Unsigned`. Empty lines are skipped."""
    seen: dict[int, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        words, _space, signature = line.strip().rpartition(" ")
        parts = words.split(" ")
        if len(parts) != PARTS or parts[0] != MARK or not parts[1].isdecimal():
            raise Unsigned(f"Line {number} of the witness is not a checkpoint of this version.")
        _mark, sequence, digest, _at, name = parts
        key = keys.get(name)
        if key is None:
            raise Unsigned(f"Line {number} of the witness was signed with a key that is not known: {name}.")
        if not signing.is_signed(words, signature, key):
            raise Unsigned(f"Line {number} of the witness was not signed with this platform’s key.")
        if seen.setdefault(int(sequence), digest) != digest:
            raise Unsigned(f"The witness saw two different entries with the number {sequence}: the log was rewritten.")
    return seen
