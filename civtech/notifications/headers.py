"""How the headers of an email are written, so that every reader shows a subject with exactly the spaces that it has."""

from email.header import Header
from email.policy import EmailPolicy

SUBJECT = "Subject"
LINE = 78  # characters, with the name of the header


class Folding(EmailPolicy):
    """The usual policy, but a subject is either one line of ASCII or one run of encoded words.

    The usual way of folding breaks at spaces and mixes plain and encoded words. It can lose a space or begin with an
    empty line, and readers differ in what they then show.
    """

    def fold(self, name: str, value: str) -> str:
        if name != SUBJECT:
            return str(super().fold(name, value))
        plain = value.isascii() and len(f"{name}: {value}") <= LINE
        written = value if plain else Header(value, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {written}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        return super().fold_binary(name, value) if name != SUBJECT else self.fold(name, value).encode("ascii")


FOLDING = Folding()
