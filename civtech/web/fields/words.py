"""Words people type: one line or several, without signs that cannot be seen, never longer than what is stored."""

import unicodedata
from typing import Any

from flask_babel import gettext
from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovTextInput
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

KEPT = frozenset("\n\t")
TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def visible(text: str) -> str:
    """`text` with line ends as one sign and without control characters, which no database and no reader wants.

    Signs that turn the reading direction of what follows go too: with them words can pose as others.
    The marks U+200E and U+200F, which turn nothing but themselves, stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign in KEPT or not (sign in TURNING or _controls(sign)))


def _controls(sign: str) -> bool:
    """Whether `sign` is a control character or half a character."""
    return unicodedata.category(sign) in {"Cc", "Cs"}


def one_line(text: str | None) -> str:
    """`text` on one line, spaces single."""
    return " ".join(visible(text or "").split())


def several_lines(text: str | None) -> str:
    """`text` without empty space around it."""
    return visible(text or "").strip()


def _checks(required: Any, most: int) -> list[Any]:
    def not_too_long(_form: Any, field: Any) -> None:
        said = gettext("Use at most %(most)s characters. You have used %(used)s.", most=most, used=len(field.data))
        Length(max=most, message=said)(_form, field)

    return [DataRequired(required) if required else Optional(), not_too_long]


class LineField(StringField):
    """One line. `required` is the sentence shown when it is empty; without it the field may stay empty."""

    def __init__(self, label: Any = None, *, required: Any = None, most: int = 200, **options: Any) -> None:
        options.setdefault("widget", GovTextInput())
        super().__init__(label, _checks(required, most), filters=[one_line], **options)


class WordsField(TextAreaField):
    """Several lines with a count of the characters left. What is pasted is never cut; too long is said, not hidden."""

    def __init__(
        self, label: Any = None, *, required: Any = None, most: int = 4000, rows: int = 6, **options: Any
    ) -> None:
        params = {"maxlength": str(most), "threshold": "75", "rows": str(rows)}
        options.setdefault("widget", GovCharacterCount())
        options.setdefault("render_kw", {"params": params})
        super().__init__(label, _checks(required, most), filters=[several_lines], **options)

    def __call__(self, **options: Any) -> Any:
        """The field, counting in the reader's language."""
        own = (self.render_kw or {}).get("params", {})
        return super().__call__(**{**options, "params": {**counting(), **own, **options.get("params", {})}})


def counting() -> dict[str, Any]:
    """What a field says while it counts characters."""
    return {
        "textareaDescriptionText": gettext("You can use up to %%{count} characters"),
        "charactersAtLimitText": gettext("You have no characters left"),
        "charactersUnderLimitText": {
            "one": gettext("You have %%{count} character left"),
            "other": gettext("You have %%{count} characters left"),
        },
        "charactersOverLimitText": {
            "one": gettext("You have %%{count} character too many"),
            "other": gettext("You have %%{count} characters too many"),
        },
    }
