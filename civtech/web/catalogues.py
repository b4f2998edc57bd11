"""The catalogue of the platform's texts: extracted from the code and compared with the template in the repository."""

import os
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from civtech.core.policy import POLICIES

SOURCE = Path(__file__).parent.parent
TEMPLATE = SOURCE / "translations" / "messages.pot"
METHODS = [
    ("translations/**", "ignore"),
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "_l": None, "public": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
OPTIONS = {"templates/**.html": {"trimmed": "true"}, "templates/**.txt": {"trimmed": "true"}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|<[^>]+>|&\w+;")
ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")


def extract() -> Catalog:
    """Every marked text in code and templates, and every rule. Leaves out their places, which change too often."""
    catalogue = Catalog(project="civtech", charset="utf-8")
    texts = extract_from_dir(os.fspath(SOURCE), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("NOTE:",))
    for _file, _line, message, comments, context in texts:
        catalogue.add(message, None, auto_comments=comments, context=context)
    for policy in POLICIES.values():
        catalogue.add(policy.sentence)
    return catalogue


def messages_of(catalogue: Iterable[object]) -> set[object]:
    """The messages in a catalogue, without its header."""
    return {message.id for message in catalogue if message.id}  # type: ignore[attr-defined]


def keep(catalogue: Catalog) -> None:
    """Write the template that translators start from."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    written = BytesIO()
    write_po(written, catalogue, omit_header=True, sort_output=True, width=120)
    TEMPLATE.write_bytes(written.getvalue())


def kept() -> Catalog:
    """The template in the repository."""
    if not TEMPLATE.exists():
        return Catalog()
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def texts() -> set[str]:
    """Every text in the template, singular and plural."""
    ids = [message.id for message in kept() if message.id]
    return {text for message in ids for text in ([message] if isinstance(message, str) else message)}


def pseudo(words: str) -> str:
    """`words` in a pseudo-language: longer, accented, and in brackets that show what was translated."""
    pieces = PLACEHOLDER.split(words)
    marks = PLACEHOLDER.findall(words)
    longer = [piece.translate(ACCENTS) for piece in pieces]
    return "⟦" + "".join(part for pair in zip(longer, [*marks, ""], strict=True) for part in pair) + "⟧"


def write_pseudo(folder: Path, locale: str = "en_XA") -> None:
    """Write a compiled catalogue of the pseudo-language below `folder`, where Flask-Babel finds it."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for message in extract():
        if isinstance(message.id, str) and message.id:
            catalogue.add(message.id, pseudo(message.id), context=message.context)
        elif message.id:
            catalogue.add(message.id, tuple(pseudo(form) for form in message.id), context=message.context)
    messages = folder / locale / "LC_MESSAGES"
    messages.mkdir(parents=True)
    with (messages / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
