"""Text that people type: one line or several, without invisible characters, no longer than the column allows."""

import re
from collections.abc import Callable, Mapping

from babel.numbers import format_decimal
from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovTextInput
from markupsafe import Markup
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from civtech.core.blank import is_blank
from civtech.core.signs import HIDDEN, unprintable
from civtech.web.translation import Label, gettext, language

# GOV.UK Frontend's script puts the number here, in a sentence that is already translated.
COUNT = "%{count}"
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Every character that ends a line, a page, a paragraph or a record. Word and PDF files have them."""
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters that separate nothing, halves of characters (surrogates), and signs that turn the text around."""
UNIT_SEPARATOR = "\x1f"


def visible(text: str) -> str:
    """`text` with uniform line ends and without control characters, which neither databases nor readers can use.

    Characters that change the direction of the text after them go too, because they can make it look like other text.
    The marks U+200E and U+200F stay: they affect only themselves.
    """
    return INVISIBLE.sub("", LINE_END.sub("\n", text).replace(UNIT_SEPARATOR, " "))


def one_line(text: str | None) -> str:
    """`text` on one line, with single spaces. Empty if it has nothing that people can see."""
    return "" if is_blank(text) else " ".join(visible(text or "").split())


def several_lines(text: str | None) -> str:
    """`text` without white space around it. Empty if it has nothing that people can see."""
    return "" if is_blank(text) else visible(text or "").strip()


def _checks(required: Label | None, most: int) -> list[Callable[[Form, Field], None]]:
    def not_too_long(_form: Form, field: Field) -> None:
        message = gettext(
            "“%(field)s” must be %(most)s characters or fewer. You have used %(used)s.",
            field=field.label.text,
            most=format_decimal(most, locale=language().locale),
            used=format_decimal(len(field.data), locale=language().locale),
        )
        Length(max=most, message=message)(_form, field)

    return [DataRequired(required) if required else Optional(), not_too_long]


def nothing_hidden(_form: Form, field: Field) -> None:
    """Check that a title has no invisible characters: two titles could look the same."""
    if unprintable(field.data or ""):
        raise ValidationError(gettext(HIDDEN))


class LineField(StringField):
    """One line of text. `required` is the sentence shown when it is empty; without it, the field may be empty."""

    def __init__(
        self, label: Label | None = None, *, required: Label | None = None, most: int = 200, **options: object
    ) -> None:
        self.most = most
        options.setdefault("widget", GovTextInput())
        super().__init__(label, [*_checks(required, most), nothing_hidden], filters=[one_line], **options)


class WordsField(TextAreaField):
    """Several lines of text, with a count of characters left. Too long a text is refused, never cut, even when pasted.

    With `breaks=False`, the text becomes one line, shown in a box large enough to read it.
    """

    def __init__(
        self,
        label: Label | None = None,
        *,
        required: Label | None = None,
        most: int = 4000,
        rows: int = 6,
        breaks: bool = True,
        **options: object,
    ) -> None:
        self.most = most
        options.setdefault("widget", GovCharacterCount())
        options.setdefault("render_kw", {"params": {"rows": str(rows)}})
        filters = [several_lines if breaks else one_line]
        checks = _checks(required, most) if breaks else [*_checks(required, most), nothing_hidden]
        super().__init__(label, checks, filters=filters, **options)

    def __call__(self, *, params: Mapping[str, object] | None = None, **options: object) -> Markup:
        """The field, with its count in the reader's language."""
        own = (self.render_kw or {}).get("params", {})
        rendered: Markup = super().__call__(**options, params={**counting(self.most), **own, **(params or {})})
        return rendered


def counting(most: int) -> dict[str, object]:
    """The texts of a field of up to `most` characters: the limit without JavaScript, the characters left with it."""
    return {
        "maxlength": str(most),
        "textareaDescriptionText": gettext(
            "You can enter up to %(count)s characters", count=format_decimal(most, locale=language().locale)
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
