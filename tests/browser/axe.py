"""The rules of accessibility, as axe looks for breaches of them on a page."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

_AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


def broken_rules(page: Page) -> dict[str, list[str]]:
    """Breaches of WCAG 2.1 AA on the whole page, by rule."""
    page.evaluate(_AXE.read_text())
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
    )
    return {
        breach["id"]: [node["html"][:300] for node in breach["nodes"]]
        for breach in found["violations"]
    }
