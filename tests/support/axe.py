"""Run axe on the pages that a browser's context opens, and list what it finds."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# axe describes only what is wrong. Describing what is right took a third of the time.
VIOLATIONS = """async options => {
  const {violations} = await axe.run({...options, resultTypes: ['violations'], selectors: false});
  return violations.map(violation => [violation.id, violation.nodes[0].html.slice(0, 160)]);
}"""


def lay_in(context: BrowserContext) -> None:
    """Add axe to every page that the context opens from now on."""
    context.add_init_script(AXE_SCRIPT)


def violations(page: Page, *tags: str) -> list[tuple[str, str]]:
    """The rules with these tags that the page breaks, with an element each. Without tags, axe's own choice of rules."""
    return [(rule, element) for rule, element in page.evaluate(VIOLATIONS, {"runOnly": tags} if tags else {})]
