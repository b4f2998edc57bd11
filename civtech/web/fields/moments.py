"""Days and instants: typed as day, month, year and a local time in the programme's zone, read as UTC."""

from datetime import date, datetime
from typing import Any

from govuk_frontend_wtf.gov_form_base import GovFormBase
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field

from civtech.core.digits import in_ordinary_digits
from civtech.web.display import zone
from civtech.web.fields.local_time import NOON, read_date, read_instant
from civtech.web.translation import Label, gettext

PARTS = ("day", "month", "year", "time")


class _Parts:
    """The inputs of one field, in the form that a WTForms field reads its values from."""

    def __init__(self, formdata: MultiDict[str, str], name: str) -> None:
        self.values = [(formdata.getlist(f"{name}-{part}") or [""])[0] for part in PARTS]

    def __contains__(self, _name: str) -> bool:
        return True

    def getlist(self, _name: str) -> list[str]:
        return self.values


class DayField(Field):
    """A day, typed in three inputs `<name>-day`, `-month` and `-year`; `data` is a date, or None if nothing was typed.

    `required` is the sentence shown when nothing is typed.
    """

    data: Any
    """WTForms has no types. Once the form is valid, the value of a required field is never None."""

    parts: tuple[str, ...] = PARTS[:3]
    is_unanswered = False
    """Whether a required value is missing. Its message already says which, so the field's name is not added."""

    def __init__(self, label: Label | None = None, *, required: Label | None = None, **options: object) -> None:
        options.setdefault("widget", _MomentInput())
        super().__init__(label, **options)
        self.required_message = required

    def process(self, formdata: MultiDict[str, str] | None, *rest: object, **named: object) -> None:
        super().process(None if formdata is None else _Parts(formdata, self.name), *rest, **named)

    def process_formdata(self, values: list[str]) -> None:
        self.data = None
        typed = [in_ordinary_digits(value).strip() for value in values[: len(self.parts)]]
        if not any(typed[:3]):
            if self.required_message:
                self.is_unanswered = True
                raise ValueError(self.required_message)
            return
        self.data = self.read(typed)

    def read(self, typed: list[str]) -> date:
        """The value of the typed parts. Raises `ValueError` with the sentence to show."""
        return read_date(*typed[:3])

    def shown(self) -> list[str]:
        """The values of the inputs: what was typed, or else the current value."""
        if self.raw_data:
            return [str(part) for part in self.raw_data]
        return [str(self.data.day), str(self.data.month), str(self.data.year)] if self.data else [""] * 3


class LocalInstantField(DayField):
    """A day with a local time in a fourth input `<name>-time`; `data` is an aware instant in UTC.

    An empty time is noon. Midnight is at the start of the day, as pages write it; 24:00 is at its end. A valid value is
    shown again as we understood it. When the clocks change, a local time that does not exist or exists twice is refused
    with a sentence that says what to do.
    """

    parts = PARTS

    def read(self, typed: list[str]) -> datetime:
        return read_instant(read_date(*typed[:3]), typed[3])

    def shown(self) -> list[str]:
        if self.raw_data and not self.data:
            return [str(part) for part in self.raw_data]
        if not self.data:
            return ["", "", "", NOON.strftime("%H:%M")]
        local: datetime = self.data.astimezone(zone())
        return [str(local.day), str(local.month), str(local.year), local.strftime("%H:%M")]


class _MomentInput(GovFormBase):
    """The inputs of a day (and time) in one fieldset. The error summary links to the first input."""

    template = "govuk_frontend_wtf/date.html"

    def __call__(self, field: DayField, **kwargs: object) -> Markup:
        kwargs.setdefault("id", field.id)
        rendered: Markup = super().__call__(field, **kwargs)
        return rendered

    def map_gov_params(self, field: DayField, **kwargs: object) -> dict[str, object]:
        params: dict[str, object] = super().map_gov_params(field, **kwargs)
        labels = (gettext("Day"), gettext("Month"), gettext("Year"), gettext("Time"))
        widths = (2, 2, 4, 5)
        wrong = " govuk-input--error" if field.errors else ""
        items = [
            {
                "label": label,
                "id": field.id if part == "day" else f"{field.id}-{part}",
                "name": f"{field.name}-{part}",
                "classes": f"govuk-input--width-{width}{wrong}",
                "value": value,
                "inputmode": "text" if part == "time" else "numeric",
            }
            for part, label, width, value in zip(field.parts, labels, widths, field.shown(), strict=False)
        ]
        params.setdefault("fieldset", {"legend": {"text": field.label.text}})
        return params | {"id": f"{field.id}-group", "items": items}
