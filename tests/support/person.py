"""People who use the pages as people do: they follow links, fill fields by their labels and select buttons.

They find everything in one way: by its role and by how its name begins.

Each story runs twice: with a client that reads HTML and has no JavaScript, and in Chromium.
"""

import re
from collections.abc import Iterator
from typing import Literal, Protocol
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from playwright.sync_api import Locator, Page

from tests.support.markup import parsed


class Person(Protocol):
    """What a person can do, and what they see."""

    def go(self, path: str) -> None: ...

    def follow(self, link: str) -> None: ...

    def fill(self, label: str, value: str) -> None: ...

    def choose(self, label: str) -> None: ...

    def press(self, button: str) -> None: ...

    def sees(self, words: str) -> bool: ...

    def words(self) -> str: ...

    @property
    def status(self) -> int: ...

    @property
    def path(self) -> str: ...


WITHIN = " / "  # "Challenge opens / Day" is the field “Day” in the group “Challenge opens”


def flat(words: str) -> str:
    """Text as people read it: white space and soft hyphens do not count."""
    return re.sub(r"\s+", " ", words.replace("\u00ad", "").replace("\u2060", "")).strip()


class Reader:
    """A person without JavaScript: reads the HTML and sends the forms as a plain browser would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.status = 0
        self.path = ""
        self.document: Element = Element("html")
        self.typed: dict[int, str] = {}
        self.ticked: dict[int, bool] = {}

    def go(self, path: str) -> None:
        self._open(path)

    def follow(self, link: str) -> None:
        for element in self.document.iter("a"):
            if element.get("href") and self._named(element, link):
                self._open(urljoin(self.path, element.get("href")))
                return
        raise AssertionError(f"No link “{link}” on {self.path}:\n{self.words()}")

    def fill(self, label: str, value: str) -> None:
        field = self._field(label, "input", "textarea", "select")
        if field.tag == "select":
            options = {flat("".join(option.itertext())): option.get("value", "") for option in field.iter("option")}
            value = next((key for words, key in options.items() if words.startswith(value)), value)
        self.typed[id(field)] = value

    def choose(self, label: str) -> None:
        field = self._field(label, "input")
        if field.get("type") == "radio":
            for other in self.document.iter("input"):
                if other.get("type") == "radio" and other.get("name") == field.get("name"):
                    self.ticked[id(other)] = False
        self.ticked[id(field)] = True

    def press(self, button: str) -> None:
        for form in self.document.iter("form"):
            for element in form.iter("button"):
                if self._named(element, button):
                    self._send(form, element)
                    return
        raise AssertionError(f"No button “{button}” on {self.path}:\n{self.words()}")

    def sees(self, words: str) -> bool:
        return flat(words) in self.words()

    def words(self) -> str:
        """The text of the page's main part."""
        return flat(" ".join(text for text in self._texts(self.document)))

    def _texts(self, element: Element) -> Iterator[str]:
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "head"}:
            return
        if element.get("type") == "hidden":
            return
        if element.tag in {"textarea", "input"}:
            yield element.get("value") or element.text or ""
        elif element.text:
            yield element.text
        for child in element:
            yield from self._texts(child)
            if child.tail:
                yield child.tail

    def _named(self, element: Element, name: str) -> bool:
        said = element.get("aria-label") or "".join(element.itertext())
        return flat(said).startswith(name)

    def _field(self, label: str, *tags: str) -> Element:
        scope = self.document
        if WITHIN in label:
            group, label = label.split(WITHIN)
            scope = next(
                fieldset
                for fieldset in self.document.iter("fieldset")
                if any(self._named(legend, group) for legend in fieldset.iter("legend"))
            )
        for element in scope.iter("label"):
            if self._named(element, label):
                wanted = element.get("for")
                for tag in tags:
                    for field in self.document.iter(tag):
                        if wanted and field.get("id") == wanted:
                            return field
        for tag in tags:
            for field in scope.iter(tag):
                if field.get("aria-label") == label:
                    return field
        raise AssertionError(f"No field “{label}” on {self.path}:\n{self.words()}")

    def _send(self, form: Element, button: Element) -> None:
        values: list[tuple[str, str]] = []
        for field in form.iter():
            name = field.get("name") if isinstance(field.tag, str) else None
            if not name or field.tag == "button" or field.get("disabled") is not None:
                continue
            if field.tag == "input" and field.get("type") in {"checkbox", "radio"}:
                if self.ticked.get(id(field), field.get("checked") is not None):
                    values.append((name, field.get("value", "on")))
            elif field.tag == "select":
                options = list(field.iter("option"))
                chosen = next((option for option in options if option.get("selected") is not None), options[0])
                values.append((name, self.typed.get(id(field), chosen.get("value", ""))))
            elif field.tag in {"input", "textarea"}:
                stands = field.get("value") or "" if field.tag == "input" else (field.text or "").removeprefix("\n")
                values.append((name, self.typed.get(id(field), stands)))
        if button.get("name"):
            values.append((button.get("name", ""), button.get("value", "")))
        target = urljoin(self.path, button.get("formaction") or form.get("action") or self.path)
        body: dict[str, list[str]] = {}
        for name, value in values:
            body.setdefault(name, []).append(value)
        if (form.get("method") or "get").lower() == "get":
            self._open(target, query_string=body)
        else:
            self._open(target, method="POST", data=body, headers={"Origin": "http://localhost"})

    def _open(self, path: str, **options: object) -> None:
        response = self.client.open(path, **options)
        hops = 0
        while response.status_code in {301, 302, 303, 307, 308} and hops < 5:
            address = urlsplit(urljoin(f"http://localhost{path}", response.location))
            path = address.path + (f"?{address.query}" if address.query else "")
            response = self.client.get(path)
            hops += 1
        self.status, self.path = response.status_code, path
        self.document = parsed(response.text)
        self.typed, self.ticked = {}, {}


class Watcher:
    """A person using Chromium."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.status = 0
        page.on("response", self._note)

    def _note(self, response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status

    @property
    def path(self) -> str:
        address = urlsplit(self.page.url)
        return address.path + (f"?{address.query}" if address.query else "")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def follow(self, link: str) -> None:
        # A link that looks like a button is a button to people who hear the page.
        looks_so = self._called("button", link).and_(self.page.locator("a[href]"))
        self._click(self._called("link", link).or_(looks_so))

    def fill(self, label: str, value: str) -> None:
        field = self._labelled(label)
        if field.evaluate("field => field.tagName") == "SELECT":
            options = field.locator("option").all_inner_texts()
            field.select_option(label=next(option for option in options if flat(option).startswith(value)))
        else:
            field.fill(value)

    def choose(self, label: str) -> None:
        self._labelled(label).check()

    def press(self, button: str) -> None:
        self._click(self._called("button", button))

    def _called(self, role: Literal["link", "button"], name: str) -> Locator:
        """What has this role and name, whether collapsed or not."""
        return self.page.get_by_role(role, name=starting(name), include_hidden=True)

    def _labelled(self, label: str) -> Locator:
        scope: Page | Locator = self.page
        if WITHIN in label:
            group, label = label.split(WITHIN)
            scope = self.page.get_by_role("group", name=starting(group), include_hidden=True).last
        field = scope.get_by_label(starting(label)).first
        self._unfold(field)
        return field

    def _unfold(self, locator: Locator) -> None:
        locator.evaluate(
            """element => {
              for (let at = element; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
            }"""
        )

    def _click(self, locator: Locator) -> None:
        self._unfold(locator.first)
        with self.page.expect_navigation():
            locator.first.click()

    def sees(self, words: str) -> bool:
        fields = self.page.eval_on_selector_all("input, textarea", "all => all.map(field => field.value).join(' ')")
        return flat(words) in self.words() + " " + flat(fields)

    def words(self) -> str:
        """The text of the page as it is shown."""
        return flat(self.page.inner_text("body"))


def starting(name: str) -> re.Pattern[str]:
    """Matches what begins with `name`."""
    return re.compile(r"^\s*" + re.escape(name))
