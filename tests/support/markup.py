"""A parser for valid pages, faster than html5lib, which `architecture/test_pages` uses."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside, f"</{tag}> closes nothing."
        assert self.inside[-1] == tag, f"</{tag}> comes before </{self.inside[-1]}>, in line {self.getpos()[0]}."
        self.builder.end(self.inside.pop())

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def parsed(page: str) -> Element:
    """The page as a tree. Every element must be closed."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.builder.close()
