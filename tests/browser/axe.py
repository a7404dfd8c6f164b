"""The rules of accessibility, as axe looks for breaches of them on a page."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    # What keeps the rules is not described, which would take longer than looking for it.
    "resultTypes": ["violations"],
    "selectors": False,
}
_BREACHES = """async options => {
    const found = await axe.run(document, options);
    const nodes = breach => breach.nodes.map(node => node.html.slice(0, 300));
    return Object.fromEntries(found.violations.map(one => [one.id, nodes(one)]));
}"""


def broken_rules(page: Page) -> dict[str, list[str]]:
    """Breaches of WCAG 2.1 AA on the whole page, by rule."""
    if page.evaluate("!window.axe"):
        page.evaluate(_AXE)
    return page.evaluate(_BREACHES, _OPTIONS)
