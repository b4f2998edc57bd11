"""What a browser would send from a form on a page."""

from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.open = False
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
            self.open = True
        if not self.open:
            return
        values = self.forms[-1][1]
        name = given.get("name")
        if tag == "input" and name:
            chosen = given.get("type") not in {"radio", "checkbox"} or "checked" in given
            if chosen:
                values[name] = given.get("value", "")
        elif tag == "textarea" and name:
            values[name] = ""
            self.area = name
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in values):
            values[self.select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][1][self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = False
        elif tag == "textarea":
            if self.area:
                values = self.forms[-1][1]
                values[self.area] = values[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None


def sheet(page: Any, action: str = "") -> dict[str, str]:
    """What a form on `page` would send now: the form whose address ends in `action`, or the last one without."""
    reader = _Reader()
    reader.feed(page.text)
    found = [values for address, values in reader.forms if address.endswith(action) and (action or not address)]
    if not found:
        raise AssertionError(f"No form to {action or 'the page itself'} among {[a for a, _ in reader.forms]}.")
    return found[-1]
