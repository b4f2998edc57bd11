"""The text of an email, written at delivery: what happened, what was typed, the facts, one link, and why you got it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from civtech.core.facts import Fact
from civtech.notifications.models import READY_MADE, OutboxMessage
from civtech.web.display import instant, said
from civtech.web.translation import gettext, in_language

LONGEST_NAME = 48  # characters of a name in a subject


@dataclass(frozen=True)
class Letter:
    """The subject and body of an email."""

    subject: str
    body: str


def address_of(endpoint: str, values: Mapping[str, object]) -> str:
    """Return the full address of a page, on the host the operator has set. It works without a request."""
    scheme = "https" if current_app.config["HTTPS"] else "http"
    adapter = current_app.url_map.bind(current_app.config["PUBLIC_ADDRESS"], url_scheme=scheme)
    return adapter.build(endpoint, dict(values), force_external=True)


def _is_harmless(letter: str) -> bool:
    """Whether a character shows itself. Others could hide text, turn it round or end a line."""
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or letter == "\u200d"


def one_line(text: str) -> str:
    """Return a name or another short text as one line without characters that do not show themselves."""
    return " ".join("".join(filter(_is_harmless, " ".join(text.split()))).split())


def shortened(text: str) -> str:
    """Return a name short enough for a subject, cut between words."""
    if len(text) <= LONGEST_NAME:
        return text
    whole = text[: LONGEST_NAME - 1]
    return (whole.rpartition(" ")[0] or whole).rstrip(" ,;:–-") + "…"


def quoted(text: str) -> str:
    """Return what someone typed as a quotation: each line marked, so that it cannot pass for a line of ours."""
    return "\n".join(f"> {one_line(line)}".rstrip() for line in text.split("\n"))


def _unpacked(value: object) -> str:
    """Return a packed value as the email shows it, on one line."""
    match value:
        case ["instant", str(when)]:
            return instant(datetime.fromisoformat(when))
        case ["text", str(message), dict(parameters)]:
            return gettext(message, **{name: _unpacked(each) for name, each in parameters.items()})
        case str():
            return one_line(value)
    return said(Fact.unpacked(["", ["text", "", {}], value]).value)


def _value(name: str, value: object) -> object:
    """Restore a fact: names of instants end in `_at`, and a text that is one line stays one."""
    if name.endswith("_at") and isinstance(value, str) and value:
        return datetime.fromisoformat(value)
    return one_line(value) if isinstance(value, str) else value


def _about(lines: list[tuple[object, object]]) -> Iterator[str]:
    for label, value in lines:
        yield f"{gettext(label) if isinstance(label, str) else _unpacked(label)}: {_unpacked(value)}"


def context_of(facts: Mapping[str, object]) -> dict[str, object]:
    """Return what a template reads: the facts, and name, lines, quotation and link ready to be shown."""
    endpoint, values = cast("tuple[str, Mapping[str, object]]", facts["link"])
    name = _unpacked(facts.get("name", ""))
    return {key: _value(key, value) for key, value in facts.items()} | {
        "name": name,
        "named": shortened(name),
        "about": list(_about(cast("list[tuple[object, object]]", facts.get("about", [])))),
        "quotation": quoted(str(facts["message"])) if facts.get("message") else "",
        "earlier": quoted(str(facts.get("earlier", ""))),
        "goes_on": bool(facts.get("message_goes_on")),
        "link": address_of(endpoint, values),
    }


def compose(message: OutboxMessage) -> Letter:
    """Write the subject and body of a queued email."""
    if message.template == READY_MADE:
        return Letter(message.subject or "", message.body or "")
    with in_language(current_app.config["BABEL_DEFAULT_LOCALE"]):
        template = current_app.jinja_env.get_template(f"mail/{message.template}.txt")
        context = template.new_context(context_of(message.facts))
        subject = one_line("".join(template.blocks["subject"](context)))
        body = re.sub(r"\n{3,}", "\n\n", "".join(template.root_render_func(context)).strip()) + "\n"
    return Letter(subject, body)
