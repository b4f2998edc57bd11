"""Words people type: one line or several, without signs that cannot be seen, never longer than what is stored."""

import unicodedata
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale, gettext
from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovTextInput
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

KEPT = frozenset("\n\t")
# Where GOV.UK Frontend's script puts the number, in a sentence that is translated before.
COUNT = "%{count}"
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
        said = gettext(
            "“%(field)s” must be %(most)s characters or fewer. You have used %(used)s.",
            field=field.label.text,
            most=format_decimal(most, locale=get_locale()),
            used=format_decimal(len(field.data), locale=get_locale()),
        )
        Length(max=most, message=said)(_form, field)

    return [DataRequired(required) if required else Optional(), not_too_long]


class LineField(StringField):
    """One line. `required` is the sentence shown when it is empty; without it the field may stay empty."""

    def __init__(self, label: Any = None, *, required: Any = None, most: int = 200, **options: Any) -> None:
        self.most = most
        options.setdefault("widget", GovTextInput())
        super().__init__(label, _checks(required, most), filters=[one_line], **options)


class WordsField(TextAreaField):
    """Several lines with a count of the characters left. What is pasted is never cut; too long is said, not hidden.

    With `breaks=False` the text is one line all the same, in a box that shows it whole.
    """

    def __init__(
        self,
        label: Any = None,
        *,
        required: Any = None,
        most: int = 4000,
        rows: int = 6,
        breaks: bool = True,
        **options: Any,
    ) -> None:
        self.most = most
        options.setdefault("widget", GovCharacterCount())
        options.setdefault("render_kw", {"params": {"rows": str(rows)}})
        filters = [several_lines if breaks else one_line]
        super().__init__(label, _checks(required, most), filters=filters, **options)

    def __call__(self, **options: Any) -> Any:
        """The field, counting in the reader's language."""
        own = (self.render_kw or {}).get("params", {})
        return super().__call__(**{**options, "params": {**counting(self.most), **own, **options.get("params", {})}})


def counting(most: int) -> dict[str, Any]:
    """What a field of at most `most` characters says: its limit without a script, with one what is left."""
    return {
        "maxlength": str(most),
        "textareaDescriptionText": gettext(
            "You can enter up to %(count)s characters", count=format_decimal(most, locale=get_locale())
        ),
        "charactersAtLimitText": gettext("You have no characters left"),
        "charactersUnderLimitText": {
            "one": gettext("You have %(count)s character left", count=COUNT),
            "other": gettext("You have %(count)s characters left", count=COUNT),
        },
        "charactersOverLimitText": {
            "one": gettext("You have %(count)s character too many", count=COUNT),
            "other": gettext("You have %(count)s characters too many", count=COUNT),
        },
    }
